import { change } from "../draft/draft";
import { count, time } from "../format";
import { saveCsv } from "../list/save";
import { inConsoleWords } from "../text/problems";
import type { SkippedEntry } from "../types";
import { Table } from "./Table";

/** How many entries are left out for one reason; it unfolds to the first of them. */
export function Skipped({ number, name, hint, rows }: { number: number; name: string; hint: string; rows: SkippedEntry[] }) {
  const line = <><strong>{count(number)}</strong> {name}{number > 0 && <span class="hint"> {hint}</span>}</>;
  return (
    <li data-left={name}>
      {rows.length === 0 ? line : (
        <details>
          <summary class="plain">{line}</summary>
          {number > rows.length && <p class="hint">The first {count(rows.length)}. Once it is sent, its page lists all of them.</p>}
          <Table caption={`Entries: ${name}`} columns={columns} rows={rows} keyOf={placeOf} />
          {rows.some(({ detail }) => detail?.includes("onDuplicate")) && <button type="button" onClick={() => change({ textsEach: true })}>Send each person their own text</button>}
          <button type="button" class="small" onClick={() => saveCsv(`${name}.csv`, ["place", "entry", "reference", "why"], rows.map((row) => [placeOf(row), row.written ?? "", row.reference ?? "", why(row)]))}>{number > rows.length ? `Save the first ${count(rows.length)} as a file` : "Save them as a file"}</button>
        </details>
      )}
    </li>
  );
}

export const columns = [
  { name: "Where", of: (row: SkippedEntry) => placeOf(row) },
  { name: "Entry", of: (row: SkippedEntry) => [row.written, row.reference].filter(Boolean).join(", ") },
  { name: "Why", of: (row: SkippedEntry) => why(row) },
];

// Pasted numbers are sent as lines too.
export const placeOf = ({ line, index }: SkippedEntry): string => `Line ${count(line ?? (index ?? 0) + 1)}`;

const why = ({ detail, duplicateOf, since }: SkippedEntry): string =>
  detail !== undefined ? inConsoleWords(detail) : (duplicateOf !== undefined ? `the same phone as line ${count(duplicateOf)}` : since ? `opted out since ${time(since)}` : "");
