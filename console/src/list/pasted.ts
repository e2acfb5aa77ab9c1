// What was pasted as recipients: a table with a header, or numbers alone.

/** A number, however it is written, has no letters; a header has, and so has a table's name of a person. */
export function hasHeader(pasted: string): boolean {
  const lines = pasted.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return lines.length > 1 && /\p{L}/u.test(lines[0] ?? "") && !/\d{5}/.test((lines[0] ?? "").replace(/[\s().-]/g, ""));
}

/** Numbers alone, one a line or parted by commas, semicolons or tabs. */
export const asLines = (pasted: string): string[] => pasted.split(/\r\n|\r|\n|[,;\t|]/).map((part) => part.trim()).filter((part) => part !== "");
