// The draft's list as far as the browser reads it: that of its file, or a pasted table.
import { useMemo } from "preact/hooks";
import { tableOf } from "../list/csv";
import { hasHeader } from "../list/pasted";
import { page as pageOfFile } from "../list/reader";
import type { Draft } from "./draft";

export interface List {
  columns: string[];
  /** How many rows; its first rows. */
  rows: number;
  sample: string[][];
  page: (from: number, count: number) => Promise<string[][]>;
}

/** The list; null: it has no columns, or the browser does not read the rows of such a file. */
export function useList({ file, pasted }: Draft): List | null {
  const table = useMemo(() => (file === null && hasHeader(pasted) ? tableOf(pasted) : null), [file, pasted]);
  return file?.columns != null && file.rows !== null ? { columns: file.columns, rows: file.rows, sample: file.sample, page: pageOfFile }
    : table ? { columns: table.columns, rows: table.rows.length, sample: table.rows.slice(0, 1), page: async (from, count) => table.rows.slice(from, from + count) }
    : null;
}
