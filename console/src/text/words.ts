// What each status means, in one plain sentence.
export const broadcastWords: Record<string, [name: string, meaning: string]> = {
  scheduled: ["Scheduled", "It has not begun yet."],
  awaitingApproval: ["Awaiting approval", "Another person has to approve it."],
  preparing: ["Preparing", "Its recipients are being written down."],
  sending: ["Sending", "Texts are on their way to Twilio."],
  paused: ["Paused", "Nothing is sent until it is resumed."],
  canceling: ["Canceling", "It was canceled, and calls that are under way finish."],
  finishing: ["Finishing", "Twilio has all texts, and some have no final word yet."],
  completed: ["Completed", "Each recipient has a final status."],
  canceled: ["Canceled", "It was canceled and has ended."],
};

export const recipientWords: Record<string, [name: string, meaning: string]> = {
  pending: ["Waiting", "The text waits to be sent."],
  sending: ["Being sent", "Twilio is being asked to take the text."],
  unconfirmed: ["Being looked up", "Twilio may have the text. Nothing is sent before that is known."],
  submitted: ["With Twilio", "Twilio has the text and has not said what became of it."],
  delivered: ["Delivered", "The text arrived."],
  undelivered: ["Not delivered", "The carrier could not deliver the text."],
  failed: ["Failed", "Twilio could not send the text."],
  rejected: ["Rejected", "Twilio did not take the text. See Problems."],
  optedOut: ["Opted out", "The person does not want texts."],
  canceled: ["Canceled", "The broadcast was canceled before the text was sent."],
  expired: ["Expired", "The text was not sent in time."],
  unknown: ["Unknown", "Twilio never said what became of the text."],
};

export const heldWords: Record<string, string> = {
  pause: "the broadcast is paused",
  suspended: "all sending is suspended",
  quietHours: "it is quiet hours there",
  optOutReview: "a reply waits for review under Problems",
  account: "the broadcast was accepted for another Twilio account",
};

export const nameOf = (words: Record<string, [string, string]>, status: string): string => words[status]?.[0] ?? status;
export const meaningOf = (words: Record<string, [string, string]>, status: string): string => words[status]?.[1] ?? "";

const finals = ["completed", "canceled"];
export const isFinal = (status: string): boolean => finals.includes(status);

export const stateWords: Record<string, [string, string]> = {
  running: ["Running", ""], suspended: ["Suspended", ""], up: ["Answers", ""], down: ["Does not answer", ""], ready: ["Ready", ""], notReady: ["Not ready", ""],
};

export const doctorStatusWords: Record<string, [string, string]> = { ok: ["In order", ""], warning: ["Warning", ""], failure: ["Failure", ""], unknown: ["Not known", ""] };

export const doctorWords: Record<string, string> = {
  credentials: "Credentials", account: "Account", balance: "Balance", messagingService: "Messaging Service", senders: "Senders", a2pCampaign: "Campaign for the United States",
  tollFreeVerification: "Verification of toll-free numbers", rate: "Rate", dailyLimit: "T-Mobile's limit of a day",
  geoPermissions: "Countries", inboundWebhook: "Inbound webhook", inboundRetries: "Repeats of the inbound webhook", fallbackUrl: "Fallback of the inbound webhook", clickCallback: "Clicks on short links", smartEncoding: "Smart encoding",
  validityPeriod: "Validity period", stickySender: "Sticky sender", webhookFailures: "Calls from Twilio", clock: "Clock", storage: "Storage", secrets: "Age of the secrets", version: "Version",
};

export const partWords: Record<string, string> = {
  tables: "Tables: broadcasts and recipients", queues: "Queues: what waits to be sent", blobs: "Blobs: uploaded lists", secrets: "Secrets: the credentials of Twilio", sending: "Sending",
};

// Each action that BulkSms records has its words here: a test compares them with BulkSms/Audit/AuditAction.cs.
export const actionWords: Record<string, string> = {
  createBroadcast: "sent it", testBroadcast: "sent a test", pauseBroadcast: "paused it", resumeBroadcast: "resumed it", cancelBroadcast: "canceled it", deleteBroadcast: "erased it",
  approveBroadcast: "approved it", rejectBroadcast: "rejected it", replayPoison: "sent failed texts again", suspendSending: "suspended all sending", resumeSending: "resumed all sending",
  addOptOuts: "added opt-outs", removeOptOut: "took off an opt-out", decideOptOutReview: "decided a reply", importPrices: "imported prices", putEventEndpoint: "set an event endpoint", deleteEventEndpoint: "deleted an event endpoint",
  rotateEventSecret: "changed an event endpoint's secret", testEventEndpoint: "tested an event endpoint", replayEventDeliveries: "sent events again", exportPerson: "exported a person's data",
  erasePerson: "erased a person's data",
};

export const sourceWords: Record<string, string> = {
  text: "the person texted STOP or the like", "twilio-21610": "Twilio refused the number", api: "added by hand", import: "from a file", review: "decided from the review", erased: "the person is erased",
};

export const skippedWords: Record<string, string> = {
  optedOut: "opted out meanwhile", movedOn: "got a text after all, or failed again", canceled: "of a canceled broadcast", notReplayable: "with nothing to replay", gone: "no longer there",
};
