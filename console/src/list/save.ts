// Files that the browser saves.
export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Saves rows; no cell is a formula to a spreadsheet. */
export function saveCsv(name: string, header: string[], rows: string[][]): void {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  saveBlob(name, new Blob(["\ufeff", ...[header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`)], { type: "text/csv;charset=utf-8" }));
}
