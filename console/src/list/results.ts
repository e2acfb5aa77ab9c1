// A file of results can be sent again as a list. BulkSms' own columns in it are no values for a text: BulkSms/Broadcasts/ResultColumns.cs has them.
const ours = ["to", "line", "written", "reference", "status", "providerStatus", "heldFor", "attempts", "sid", "code", "reason", "sentAt", "dueAt", "updatedAt"];
const later = "clicks"; // a file of before has none

/** The columns that hold values of the recipients. */
export function dataColumns(columns: string[]): string[] {
  const isAt = (name: string, at: number): boolean => [name, `sms:${name}`, ...(name === "line" ? ["index", "sms:index"] : [])].includes(columns[at] ?? "");
  return ours.every(isAt) ? columns.slice(ours.length + (isAt(later, ours.length) ? 1 : 0)) : columns;
}
