// A file of results can be sent again as a list. BulkSms' own columns in it are no values for a text: BulkSms/Broadcasts/ResultColumns.cs has them.
const ours = ["to", "line", "written", "reference", "status", "providerStatus", "heldFor", "attempts", "sid", "code", "reason", "sentAt", "dueAt", "updatedAt"];

/** The columns that hold values of the recipients. */
export function dataColumns(columns: string[]): string[] {
  const isOurs = ours.every((name, at) => [name, `sms:${name}`, ...(name === "line" ? ["index", "sms:index"] : [])].includes(columns[at] ?? ""));
  return isOurs ? columns.slice(ours.length) : columns;
}
