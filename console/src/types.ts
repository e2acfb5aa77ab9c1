// What the API answers and takes, by the names of its OpenAPI document: schema.d.ts is made from BulkSms/Api/openapi.json when the console is built.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SegmentsView = Schemas["Segments"];
export type CostView = Schemas["Cost"];
export type QuietHours = Schemas["QuietHours"];
export type Warning = Schemas["Warning"];
export type BroadcastSummary = Schemas["BroadcastSummary"];
export type BroadcastPage = Schemas["BroadcastPage"];
export type BroadcastView = Schemas["Broadcast"];
export type RecipientView = Schemas["Recipient"];
export type RecipientPage = Schemas["RecipientPage"];
export type SkippedPage = Schemas["SkippedPage"];
export type SkippedEntry = SkippedPage["skipped"][number];
export type PreviewView = Schemas["Preview"];
export type Sample = Schemas["Sample"];
export type PreviewText = Schemas["BroadcastRequest"];
export type Replacement = Schemas["Replacement"];
export type AcceptedView = Schemas["AcceptedBroadcast"];
export type ControlView = Schemas["ControlledBroadcast"];
export type SendingView = Schemas["Sending"];
export type ReadyView = Schemas["Ready"];
export type DoctorView = Schemas["Doctor"];
export type PoisonMessage = Schemas["PoisonMessage"];
export type PoisonPage = Schemas["PoisonPage"];
export type ReplayView = Schemas["Replay"];
export type OptOut = Schemas["OptOut"];
export type OptOutPage = Schemas["OptOutPage"];
export type OptOutsAdded = Schemas["OptOutsAdded"];
export type AuditEntry = Schemas["AuditEntry"];
export type AuditPage = Schemas["AuditPage"];
export type Reply = Schemas["Reply"];
export type ReplyPage = Schemas["ReplyPage"];
export type ReviewEntry = Schemas["ReviewEntry"];
export type ReviewPage = Schemas["ReviewPage"];
export type ReviewDecided = Schemas["ReviewDecided"];
export type Decision = Schemas["ReviewDecision"]["decision"];
