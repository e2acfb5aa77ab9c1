// A problem document as sentences.
import type { Problem } from "../api";
import { duration } from "../format";

const sentences: Record<string, string> = {
  "invalid-request": "Some of it is not right yet. Nothing was sent.",
  "cost-limit-exceeded": "It may cost more than you allow, or its cost is not known. Nothing was sent.",
  "budget-exceeded": "It may cost more than is left of your budget for this month, or its cost is not known. Nothing was sent.",
  "storage-unavailable": "BulkSms cannot reach its storage. Nothing was sent; try again.",
  "internal-error": "Something unexpected went wrong. Look under Broadcasts before you try again.",
  "outcome-unknown": "BulkSms could not tell whether it was accepted. Try again here: it will not be sent twice.",
  "idempotency-key-reused": "This draft was sent before, with other contents. Look under Broadcasts.",
  "idempotency-key-expired": "This draft is too old to be sent again. Look under Broadcasts whether it was sent.",
};

export function sentenceOf({ kind, title, detail, retryAfter }: Problem): string {
  if (kind === "rate-limited") {
    return `${title} Try again in ${duration(retryAfter ?? 60)}.`;
  }

  return sentences[kind] ?? inConsoleWords([title, detail].filter(Boolean).join(" "));
}

/** The errors of a field, in JSON or in a form. */
export const errorsAt = (problem: Problem | null, field: string): string[] => problem?.errors?.[field] ?? problem?.errors?.[`$.${field}`] ?? [];

/** The same as sentences: "must not be blank" → "It must not be blank." */
export const sentencesAt = (problem: Problem | null, field: string): string[] =>
  errorsAt(problem, field).map(inConsoleWords).map((error) => `It ${error}${/[.!?]$/.test(error) ? "" : "."}`);

/** Whether nothing came of the request for certain. */
export const isRefused = ({ kind, status }: Problem): boolean => (status >= 400 && status < 500) || kind === "storage-unavailable";

// Errors name fields of the API; here they have labels.
const labels: [field: RegExp, label: string][] = [
  [/name its country in defaultRegion/g, "choose the country of numbers without +"],
  [/\bdefaultRegion\b/g, "the country"],
  [/: onDuplicate=each sends both/g, ""],
  [/\bmaxCost\b/g, "the most it may cost"],
  [/\bsendAt\b/g, "the time to send at"],
  [/\bsendOver\b/g, "the time that it is spread over"],
  [/\bcanary\b/g, "the first part that it is tried on"],
  [/\bexpiresAt\b/g, "the time after which nothing is sent"],
  [/\bcontentSid\b/g, "the content SID"],
  [/\bcontentVariables\b/g, "variables"],
  [/\bnumberColumn\b/g, "the column of the numbers"],
  [/\. Set confirmRepeat to true to send it once more/g, ""],
  [/: it has none of the phrases of Broadcasts:\w+/g, ""],
  [/With smartEncoding set to true/g, "With such characters replaced"],
  [/set hiddenRows to skip to leave hidden rows out, or to include to text them(?: too)?/g, "choose what becomes of the rows that the sheet hides"],
  [/set literal to true to send it as it is/g, "tick the box that sends such values as they are"],
  [/\bquietHours(?:\.\w+)?/g, "the quiet hours"],
  [/\bmediaUrls\b/g, "the pictures or files"],
  [/\bshortenUrls\b/g, "short links"],
  [/\bonInvalid\b/g, "what becomes of entries with an error"],
  [/\bonDuplicate\b/g, "what becomes of a number that is given again"],
  [/\bskipKnownBad\b/g, "leaving out numbers that could not get a text before"],
  [/\bsmartEncoding\b/g, "replacing characters"],
  [/\bhiddenRows\b/g, "what becomes of hidden rows"],
  [/\bconfirmRepeat\b/g, "sending it once more"],
  [/\btestTo\b/g, "your own number"],
  [/GET \/api\/v1\/broadcasts lists the broadcasts/g, "Broadcasts lists them"],
  [/ \(GET \/api\/v1\/sending\)/g, ""],
];

export const inConsoleWords = (error: string): string => labels.reduce((text, [field, label]) => text.replace(field, label), error);
