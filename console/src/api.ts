// The API: every call of the console goes through here. What is expected to fail is a value.
import { accessToken, sessionEnded } from "./oidc";
import { key, onSignOut, signOut } from "./session";
import { store } from "./store";
import type * as T from "./types";

export interface Problem {
  /** The kind, without its prefix; "offline" when no answer came. */
  kind: string;
  title: string;
  status: number;
  detail?: string | undefined;
  errors?: Record<string, string[]> | undefined;
  errorCount?: number | undefined;
  requestId?: string | undefined;
  broadcastId?: string | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
}

export type Answer<B> = { ok: true; body: B; replayed: boolean } | { ok: false; problem: Problem };

/** Whether the last call got no answer. */
export const connectionLost = store(false);

interface Call {
  json?: unknown;
  form?: FormData;
  idempotencyKey?: string;
  signal?: AbortSignal | undefined;
  /** How the body of a good answer is read; JSON by default. */
  read?: (response: Response) => Promise<unknown>;
  /** Whether an answer that is no success is one here: readiness tells what is wrong by 503. */
  isGood?: (response: Response) => boolean;
}

// A person calls by a token, at an address of the console's own; a key has the API's.
const home = new URL(".", location.href);
const [ofKeys, ofTokens] = [new URL("../v1/", home), new URL("api/v1/", home)];

export async function call<B>(method: string, path: string, { json, form, idempotencyKey, signal, read, isGood }: Call = {}): Promise<Answer<B>> {
  const bearer = await accessToken();
  const headers: Record<string, string> = bearer === null ? { "x-functions-key": key.get() ?? "" } : { authorization: `Bearer ${bearer}` };
  if (bearer === null && key.get() === null) {
    return { ok: false, problem: { kind: "aborted", title: "Signed out.", status: 0 } };
  }

  if (json !== undefined) {
    headers["content-type"] = "application/json";
  }

  if (idempotencyKey !== undefined) {
    headers["idempotency-key"] = idempotencyKey;
  }

  const kept = method === "GET" ? answers.get(path) : undefined;
  if (kept !== undefined) {
    headers["if-none-match"] = kept.tag;
  }

  const body = json === undefined ? form : JSON.stringify(json);
  try {
    const response = await fetch(new URL(path, bearer === null ? ofKeys : ofTokens), { method, headers, ...(body === undefined ? {} : { body }), signal: signal ?? null, cache: "no-store", credentials: "omit", redirect: "error" });
    connectionLost.set(false);
    if (kept !== undefined && response.status === 304) {
      return { ok: true, body: kept.body as B, replayed: false };
    }

    const answer = await answerOf<B>(response, bearer !== null, read, isGood);
    keep(path, method, response, answer);
    return answer;
  } catch (error) {
    if (signal?.aborted) {
      return { ok: false, problem: { kind: "aborted", title: "Stopped.", status: 0 } };
    }

    connectionLost.set(true);
    return { ok: false, problem: { kind: "offline", title: "BulkSms does not answer.", status: 0, detail: "Check the connection and try again." } };
  }
}

// The last answers that have a tag: what is asked for again and has not changed is not sent again.
const answers = new Map<string, { tag: string; body: unknown }>();
const mostAnswers = 8;
onSignOut(() => answers.clear());

function keep(path: string, method: string, response: Response, answer: Answer<unknown>): void {
  const tag = response.headers.get("etag");
  answers.delete(path);
  if (method === "GET" && tag !== null && answer.ok) {
    answers.set(path, { tag, body: answer.body });
    [...answers.keys()].slice(0, -mostAnswers).forEach((oldest) => answers.delete(oldest));
  }
}

async function answerOf<B>(response: Response, isPerson: boolean, read: Call["read"], isGood: Call["isGood"]): Promise<Answer<B>> {
  if (response.ok || isGood?.(response)) {
    const body = read ? await read(response) : response.status === 204 ? undefined : await response.json();
    return { ok: true, body: body as B, replayed: response.headers.get("idempotency-replayed") === "true" };
  }

  if (response.status === 401) {
    signOut(isPerson ? sessionEnded : "The key was not accepted. Sign in again.");
  }

  return { ok: false, problem: await problemOf(response) };
}

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? NaN);
  const known = { status: response.status, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
  try {
    const { type = "", title = "The request failed.", ...rest } = await response.json();
    return { ...rest, ...known, kind: String(type).replace("urn:bulksms:problem:", ""), title: String(title) };
  } catch {
    return { ...known, kind: "unreadable", title: `The answer was ${response.status}, without a reason.` }; // a proxy's, or the Functions host's own
  }
}

const query = (values: Record<string, string | number | null | undefined>): string => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&")}`;
};

const one = (id: string): string => `broadcasts/${encodeURIComponent(id)}`;
const asBlob = (response: Response): Promise<Blob> => response.blob();

export const api = {
  broadcasts: (status: string, text: string, cursor: string | null, signal?: AbortSignal) =>
    call<T.BroadcastPage>("GET", `broadcasts${query({ status, text, limit: 25, cursor })}`, { signal }),
  broadcast: (id: string, signal?: AbortSignal) => call<T.BroadcastView>("GET", one(id), { signal }),
  recipients: (id: string, status: string, cursor: string | null, signal?: AbortSignal) =>
    call<T.RecipientPage>("GET", `${one(id)}/recipients${query({ status, limit: 50, cursor })}`, { signal }),
  findRecipient: (id: string, phone: string, defaultRegion: string) =>
    call<T.RecipientPage>("POST", `${one(id)}/recipients/lookup`, { json: { phone, ...(defaultRegion ? { defaultRegion } : {}) } }),
  skipped: (id: string, cursor: string | null, signal?: AbortSignal) => call<T.SkippedPage>("GET", `${one(id)}/skipped${query({ limit: 50, cursor })}`, { signal }),
  skippedFile: (id: string) => call<Blob>("GET", `${one(id)}/skipped.csv`, { read: asBlob }),
  results: (id: string, status: string) => call<Blob>("GET", `${one(id)}/results.csv${query({ status })}`, { read: asBlob }),
  preview: (form: FormData, signal?: AbortSignal) => call<T.PreviewView>("POST", "broadcasts/preview", { form, signal }),
  previewRow: (form: FormData, row: number) => call<T.PreviewView>("POST", `broadcasts/preview${query({ row })}`, { form }),
  previewSkipped: (form: FormData) => call<T.PreviewView>("POST", `broadcasts/preview${query({ skipped: 10_000 })}`, { form }),
  previewText: (json: T.PreviewText, signal?: AbortSignal) => call<T.PreviewView>("POST", "broadcasts/preview", { json, signal }),
  test: (form: FormData, idempotencyKey: string) => call<{ broadcastId: string }>("POST", "broadcasts/test", { form, idempotencyKey }),
  send: (form: FormData, idempotencyKey: string) => call<T.AcceptedView>("POST", "broadcasts", { form, idempotencyKey }),
  control: (id: string, what: "pause" | "resume" | "cancel", reason = "") => call<T.ControlView>("POST", `${one(id)}/${what}`, reason ? { json: { reason } } : {}),
  decideBroadcast: (id: string, what: "approve" | "reject", comment: string) => call<T.ControlView>("POST", `${one(id)}/${what}`, comment ? { json: { comment } } : {}),
  audit: (broadcastId: string, cursor: string | null, signal?: AbortSignal) => call<T.AuditPage>("GET", `audit${query({ broadcastId, limit: 25, cursor })}`, { signal }),
  sending: (signal?: AbortSignal) => call<T.SendingView>("GET", "sending", { signal }),
  suspend: (reason: string) => call<T.SendingView>("POST", "sending/suspend", reason ? { json: { reason } } : {}),
  resume: () => call<T.SendingView>("POST", "sending/resume"),
  profiles: (signal?: AbortSignal) => call<T.ProfileList>("GET", "profiles", { signal }),
  ready: (signal?: AbortSignal) => call<T.ReadyView>("GET", "../health/ready", { signal, isGood: ({ status }) => status === 503 }),
  doctor: (countries: string, profile: string) => call<T.DoctorView>("GET", `doctor${query({ countries, profile })}`),
  poison: (broadcast: string, cursor: string | null, signal?: AbortSignal) => call<T.PoisonPage>("GET", `poison${query({ broadcastId: broadcast, limit: 50, cursor })}`, { signal }),
  replay: (what: { ids: string[] } | { broadcastId: string; cursor?: string }) => call<T.ReplayView>("POST", "poison/replay", { json: what }),
  optOuts: (cursor: string | null, signal?: AbortSignal) => call<T.OptOutPage>("GET", `optouts${query({ limit: 50, cursor })}`, { signal }),
  lookUp: (phone: string, defaultRegion: string) => call<T.OptOut>("POST", "optouts/lookup", { json: { phone, ...(defaultRegion ? { defaultRegion } : {}) } }),
  optIn: (phone: string) => call<void>("POST", "optouts/remove", { json: { phone } }),
  optOut: (form: FormData) => call<T.OptOutsAdded>("POST", "optouts", { form }),
  exportOptOuts: () => call<Blob>("GET", "optouts/export", { read: asBlob }),
  replies: (signal?: AbortSignal) => call<T.ReplyPage>("GET", `replies${query({ limit: 50 })}`, { signal }),
  review: (cursor: string | null, signal?: AbortSignal) => call<T.ReviewPage>("GET", `optouts/review${query({ limit: 20, cursor })}`, { signal }),
  decide: (phone: string, decision: T.Decision, lastMessageSid: string | undefined) =>
    call<T.ReviewDecided>("POST", "optouts/review", { json: { phone, decision, ...(lastMessageSid ? { lastMessageSid } : {}) } }),
};
