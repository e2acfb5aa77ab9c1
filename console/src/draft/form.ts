// A draft as the API takes it: a form, its file last.
import { fileOf } from "./fileStore";
import type { Draft, Variable } from "./draft";
import type { List } from "./useList";
import { asLines, hasHeader } from "../list/pasted";

/** A field's text as it is: a form would make two characters of each line break. */
const exactly = (text: string): Blob => new Blob([text], { type: "text/plain;charset=utf-8" });

/** A time that was chosen by this browser's clock. */
export const asTime = (local: string): string => (local === "" ? "" : new Date(local).toISOString());

/** @param more Fields besides those of the draft. */
export async function formOf(draft: Draft, more: [string, string][] = []): Promise<FormData | null> {
  const list = draft.file ? await fileOf(draft.key) : pastedList(draft.pasted);
  if (list === null) {
    return null; // the browser has forgotten the file
  }

  const form = new FormData();
  appendText(form, draft);
  for (const [name, value] of [...fields(draft), ...more]) {
    if (value !== "") {
      form.append(name, value);
    }
  }

  form.append("recipients", list, list.name);
  return form;
}

/** The text of the first row, to one phone, now. A file that the browser does not read goes as a whole: BulkSms takes its first row. */
export async function testForm(draft: Draft, list: List | null, to: string): Promise<FormData | null> {
  const { profile, region, smartEncoding, literal } = draft;
  if (draft.file !== null && list === null) {
    return formOf({ ...draft, sendAt: "", sendOver: "", canary: "", expiresAt: "", quietFrom: "", maxCost: "" }, [["testTo", to]]);
  }

  const data = Object.fromEntries((list?.columns ?? []).map((column, index) => [column, list?.sample[0]?.[index] ?? ""]).filter(([column]) => column !== ""));
  const form = new FormData();
  appendText(form, draft);
  for (const [name, value] of [["testTo", to], ["profile", profile], ["defaultRegion", region], ["smartEncoding", smartEncoding ? "true" : ""], ["literal", literal ? "true" : ""]] as const) {
    if (value !== "") {
      form.append(name, value);
    }
  }

  form.append("recipients", new File([JSON.stringify({ to, data })], "test.ndjson", { type: "application/x-ndjson" }));
  return form;
}

// Media may go without a text. A template has its own text and media.
function appendText(form: FormData, { message, usesTemplate, contentSid, variables, mediaUrls, shortenUrls }: Draft): void {
  const media = usesTemplate ? "" : mediaUrls.trim();
  if (usesTemplate) {
    form.append("contentSid", contentSid);
    if (variables.length > 0) {
      form.append("contentVariables", asObject(variables));
    }
  } else if (message !== "" || media === "") {
    form.append("message", exactly(message));
  }

  if (media !== "") {
    form.append("mediaUrls", media);
  }

  if (shortenUrls) {
    form.append("shortenUrls", "true");
  }
}

// Written out, so that a name that is given twice is refused, and neither value is taken for the other.
const asObject = (variables: Variable[]): string => `{${variables.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;

function fields(draft: Draft): [string, string][] {
  const quiet = draft.quietFrom && draft.quietTo ? `${draft.quietFrom}-${draft.quietTo}${draft.quietZone ? ` ${draft.quietZone}` : ""}` : "";
  const ofTable = draft.file !== null || hasHeader(draft.pasted);
  return [
    ["profile", draft.profile],
    ["sendAt", asTime(draft.sendAt)],
    ["sendOver", draft.sendOver],
    ["canary", draft.canary],
    ["expiresAt", asTime(draft.expiresAt)],
    ["quietHours", quiet],
    ["defaultRegion", draft.region],
    ["maxCost", draft.maxCost],
    ["onInvalid", draft.skipsInvalid ? "skip" : ""],
    ["skipKnownBad", draft.skipsKnownBad ? "true" : ""],
    ["onDuplicate", draft.textsEach ? "each" : ""],
    ["priority", draft.isUrgent ? "high" : ""],
    ["smartEncoding", draft.smartEncoding ? "true" : ""],
    ["literal", draft.literal ? "true" : ""],
    ["numberColumn", ofTable ? draft.numberColumn : ""],
    ["hiddenRows", ofTable ? draft.hiddenRows : ""],
  ];
}

// A pasted table is a file as it stands. Numbers alone have no header: each becomes a line of JSON, so that an error's line is the number's place.
export const pastedList = (pasted: string): File => (hasHeader(pasted) ? new File([pasted], "pasted.csv", { type: "text/csv;charset=utf-8" }) : asNumbersFile(asLines(pasted)));
export const asNumbersFile = (numbers: string[]): File => new File([numbers.map((number) => JSON.stringify(number)).join("\n")], "pasted.ndjson", { type: "application/x-ndjson" });
