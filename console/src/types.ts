// What the API answers and takes: see docs/api.md.
export interface SegmentsView { encoding: "GSM-7" | "UCS-2"; perMessage: number; total: number }
export interface CostView { currency: string; total: number | null; known: number; unknownCountries: string[]; withinMaxCost?: boolean }
export interface QuietHours { from: string; to: string; timeZone?: string }
export interface Warning { place: string; text: string }

export interface BroadcastSummary {
  broadcastId: string; status: string; message: string; createdAt: string; recipientsCount: number; duplicatesRemoved: number; optedOut: number;
  segments: SegmentsView; counts?: Record<string, number>; statusUrl: string;
}

export interface BroadcastPage { broadcasts: BroadcastSummary[]; next: string | null }

export interface BroadcastView {
  broadcastId: string; status: string; heldFor?: string; pausedBecause?: string; message: string; createdAt: string; createdBy?: string; sendAt?: string; expiresAt: string;
  erasedAt?: string; quietHours?: QuietHours | string; recipientsCount: number; duplicatesRemoved: number; optedOut: number; segments: SegmentsView; counts: Record<string, number>;
  progress: { final: number; total: number; percent: number; poisoned: number; messagesPerSecond: number; estimatedCompletionAt?: string; heldFor?: Record<string, number> };
  costSoFar: CostView; errors: { code: number; meaning: string; recipients: number }[]; firstSentAt: string | null; lastSentAt: string | null;
}

export interface RecipientView {
  to: string; status: string; providerStatus: string | null; heldFor?: string; attempts: number; sid?: string; code?: number; reason?: string; sentAt?: string; dueAt?: string; updatedAt: string;
  line?: number; index?: number; written?: string; reference?: string;
}

export interface RecipientPage { recipients: RecipientView[]; next: string | null }

export interface Replacement { character: string; written: string; becomes: string; count: number }
export interface EncodedView { segments: SegmentsView; cost: CostView }

/** An entry of the list that is no recipient. */
export interface SkippedEntry { line?: number; index?: number; written?: string; reference?: string; reason: "invalid" | "duplicate" | "optedOut"; detail?: string; duplicateOf?: number; since?: string }

export interface SkippedPage { skipped: SkippedEntry[]; next: string | null }

export interface PreviewView {
  skipped?: SkippedEntry[];
  recipientsCount: number; duplicatesRemoved: number; optedOut: number; invalid?: number; segments: SegmentsView; ucs2Characters: string[];
  smartEncoding?: { enabled: boolean; replacements: Replacement[]; unchangedTexts: number; before: EncodedView; after: EncodedView; hint?: string };
  countries: { country: string; recipients: number; segments: number; pricePerSegment: number | null; cost: number | null }[];
  cost: CostView;
  drain: {
    segmentsPerSecond: number; seconds: number; dueAt: string; estimatedCompletionAt: string | null; expiresAt: string; fitsBeforeExpiry: boolean; expiring: number;
    twilioQueueSegments: number; fitsTwilioQueue: boolean;
  };
  warnings?: Warning[];
}

export interface PreviewText { message: string; recipients: string[]; literal?: boolean; smartEncoding?: boolean }
export interface AcceptedView { broadcastId: string; status: string; recipientsCount: number; warnings?: Warning[] }
export interface ControlView { broadcastId: string; status: string }

export interface SendingView {
  status: "running" | "suspended"; code?: number; reason?: string; since?: string; nextProbeAt?: string; pausedBroadcasts: string[]; segmentsPerSecond: number; callsInFlight: number;
  circuitBreaker: { status: "closed" | "open"; instances: number; since?: string; nextProbeAt?: string; reason?: string };
  reconciliation?: { status: "running" | "finished"; broadcastsDone: number; broadcastsTotal: number | null; recipientsSetAside: number };
}

export interface ReadyView { status: string; version: string; checks: { part: string; status: string; milliseconds: number }[] }

export interface PoisonMessage {
  id: string; queue: string; source: "bulkSms" | "host"; broadcastId?: string; to?: string; code?: number; meaning?: string; reason: string; attempts: number; at: string; replayedAt?: string;
}

export interface PoisonPage { messages: PoisonMessage[]; next: string | null }
export interface ReplayView { replayed: number; skipped: Record<string, number>; next: string | null }
export interface OptOut { phone: string; since: string; source: string }
export interface OptOutPage { optOuts: OptOut[]; next: string | null }
export interface OptOutsAdded { added: number; known: number; duplicatesRemoved: number; messagesStopped: number; warnings?: Warning[] }
export interface ReviewEntry { phone: string; reason: "unclear" | "start"; since: string; messages: { sid: string | null; at: string; text: string }[] }
export interface ReviewPage { entries: ReviewEntry[]; next: string | null }
export interface ReviewDecided { phone: string; decision: string; messagesStopped: number; messagesRequeued: number }
export type Decision = "optOut" | "dismiss" | "optIn";
