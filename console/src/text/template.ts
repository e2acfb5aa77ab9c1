// Placeholders, as BulkSms/Messages reads them: for the text as a phone shows it. The check on the server decides.
const placeholder = /\{\{[ \u00a0]*([\p{L}\p{M}\p{Nd}_.-](?:[\p{L}\p{M}\p{Nd}_.'’()/&#:\u0020\u00a0-]{0,62}[\p{L}\p{M}\p{Nd}_.'’()/&#:-])?)[ \u00a0]*(?:\|([^{}]*))?\}\}/gu;

/** Names are compared without case, blanks, underscores, hyphens and dots. */
export const nameKey = (name: string): string => name.normalize("NFKC").replace(/[\s_.\u00a0-]/g, "").toLocaleLowerCase("en");

export const namesIn = (message: string): string[] => [...message.matchAll(placeholder)].map((match) => match[1]!);

/** The text for one row. */
export function filled(message: string, columns: string[], row: string[]): string {
  const values = new Map(columns.map((column, index) => [nameKey(column), (row[index] ?? "").trim()]));
  return message.replace(placeholder, (whole, name: string, other?: string) => values.get(nameKey(name)) || (other?.trim() ?? whole));
}

/** An id of a content template. */
export const isContentSid = (text: string): boolean => /^HX[0-9a-fA-F]{32}$/.test(text);

export const asPlaceholder = (column: string): string => `{{${column}}}`;
