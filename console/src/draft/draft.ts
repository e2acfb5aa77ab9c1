// The broadcast that is being written. It survives a reload, and owns its Idempotency-Key: however often it is sent, it is one broadcast.
import type { Problem } from "../api";
import { store, type Store } from "../store";
import { onSignOut } from "../session";
import { fileOf, forgetFile, keepFile } from "./fileStore";

export interface DraftFile {
  name: string;
  size: number;
  /** The names of its columns; null where the browser does not read such a file. */
  columns: string[] | null;
  /** How many rows; null where the browser does not read them: a workbook's. */
  rows: number | null;
  /** Its first rows, as texts by column. */
  sample: string[][];
}

/** A variable of a content template: its value may be a placeholder. */
export interface Variable { name: string; value: string }

export interface Draft {
  key: string;
  /** It was sent, and what came of it is not known: it is not changed before that is known. */
  isSent: boolean;
  message: string;
  /** Whether a content template is sent in place of the text; what was written for the other is not sent. */
  usesTemplate: boolean;
  contentSid: string;
  variables: Variable[];
  /** Addresses of media, one a line. */
  mediaUrls: string;
  shortenUrls: boolean;
  pasted: string;
  file: DraftFile | null;
  numberColumn: string;
  region: string;
  skipsInvalid: boolean;
  skipsKnownBad: boolean;
  /** Whether two people on one phone get each their own text. */
  textsEach: boolean;
  hiddenRows: "" | "skip" | "include";
  /** Who sends it; empty: the profile "default". */
  profile: string;
  sendAt: string;
  /** An ISO 8601 duration; empty: all at once. */
  sendOver: string;
  /** A share and a duration; empty: all are sent to. */
  canary: string;
  expiresAt: string;
  quietFrom: string;
  quietTo: string;
  quietZone: string;
  maxCost: string;
  smartEncoding: boolean;
  isUrgent: boolean;
  literal: boolean;
}

const name = "bulksms.draft";

export const emptyDraft = (): Draft => ({
  key: crypto.randomUUID(), isSent: false, message: "", usesTemplate: false, contentSid: "", variables: [], mediaUrls: "", shortenUrls: false, pasted: "", file: null, numberColumn: "", region: "", skipsInvalid: false, skipsKnownBad: false, textsEach: false, hiddenRows: "", profile: "", sendAt: "", sendOver: "", canary: "", expiresAt: "",
  quietFrom: "", quietTo: "", quietZone: Intl.DateTimeFormat().resolvedOptions().timeZone, maxCost: "", smartEncoding: false, isUrgent: false, literal: false,
});

function restored(): Draft {
  try {
    return { ...emptyDraft(), ...JSON.parse(sessionStorage.getItem(name) ?? "{}") as Partial<Draft> };
  } catch {
    return emptyDraft();
  }
}

export const draft: Store<Draft> = store(restored());
export const draftIsKept = store(true);

/** What the last check found wrong with the draft as it is: its fields show it. */
export const draftProblem: Store<Problem | null> = store<Problem | null>(null);

function keep(value: Draft): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
    draftIsKept.set(true);
  } catch {
    draftIsKept.set(false); // the browser's storage is full, or closed to pages: a reload loses it
  }
}

export function change(values: Partial<Draft>): void {
  if (draft.get().isSent && values.isSent !== false) {
    return; // it may be on its way as it is
  }

  draftProblem.set(null);
  draft.set({ ...draft.get(), ...values });
  keep(draft.get());
}

interface Contents { message: string; contentSid?: string; contentVariables?: Record<string, string>; mediaUrls?: string[]; shortenUrls?: boolean; profile?: string }

/** What another broadcast is made of, as a draft. */
export const copyOf = ({ message, contentSid = "", contentVariables = {}, mediaUrls = [], shortenUrls = false, profile = "" }: Contents): Partial<Draft> => ({
  message, usesTemplate: contentSid !== "", contentSid, variables: Object.entries(contentVariables).map(([name, value]) => ({ name, value })), mediaUrls: mediaUrls.join("\n"), shortenUrls, profile,
});

/** Begins anew, with what is given. */
export function beginDraft(values: Partial<Draft> = {}): void {
  void forgetFile(draft.get().key);
  draftProblem.set(null);
  draft.set({ ...emptyDraft(), ...values });
  keep(draft.get());
}

/** Takes a new key: what is sent then is another broadcast. */
export async function renewDraft(): Promise<void> {
  const { key, ...rest } = draft.get();
  const file = await fileOf(key);
  if (draft.get().key !== key) {
    return; // meanwhile it was begun anew, or signed out from
  }

  beginDraft({ ...rest, key: crypto.randomUUID(), isSent: false });
  if (file) {
    await keepFile(draft.get().key, file);
  }
}

export const isEmpty = ({ message, contentSid, variables, mediaUrls, pasted, file }: Draft): boolean => message === "" && contentSid === "" && variables.length === 0 && mediaUrls === "" && pasted === "" && file === null;

keep(draft.get()); // its key must be the same after a reload
onSignOut(() => {
  void forgetFile(draft.get().key);
  draftProblem.set(null);
  draft.set(emptyDraft());
});
