// Reads a file beside the page, so that the page never waits for it. The rows stay here; a page of them is given at a time.
import { tableOf, type Table } from "./csv";
import { headerOf } from "./workbook";

export type Ask = { file: File } | { rows: { from: number; count: number }; id: number };
export type Told = { read: { columns: string[] | null; rows: number | null; sample: string[][] } } | { rows: string[][]; id: number };

const sampleRows = 20;
let table: Table | null = null;

const tell = (told: Told): void => (self as unknown as { postMessage(told: Told): void }).postMessage(told);

self.onmessage = async ({ data }: MessageEvent<Ask>) => {
  if ("rows" in data) {
    tell({ rows: table?.rows.slice(data.rows.from, data.rows.from + data.rows.count) ?? [], id: data.id });
    return;
  }

  let columns: string[] | null = null;
  try {
    const bytes = new Uint8Array(await data.file.arrayBuffer());
    const text = decoded(bytes);
    table = text === null ? null : tableOf(text);
    columns = table?.columns ?? (isZip(bytes) ? await headerOf(bytes) : null);
  } catch {
    table = null; // the server says what is wrong with it
  }

  tell({ read: table === null ? { columns, rows: null, sample: [] } : { columns: table.columns, rows: table.rows.length, sample: table.rows.slice(0, sampleRows) } });
};

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** A file of text; null: it is a workbook, or no list. */
function decoded(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return new TextDecoder("utf-16le").decode(bytes);
  }

  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return new TextDecoder("utf-16be").decode(bytes);
  }

  if (bytes.subarray(0, 4096).includes(0) || isZip(bytes)) {
    return null;
  }

  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
