import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { change, type Draft } from "../draft/draft";
import { formOf } from "../draft/form";
import { count, time } from "../format";
import { saveCsv } from "../list/save";
import { inConsoleWords } from "../text/problems";
import type { PreviewView, SkippedEntry } from "../types";
import { ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";
import { Table } from "./Table";

const pageSize = 20;

/** How many entries are left out for one reason; it unfolds to them. A check brings the first of them, the others are asked for when it unfolds. */
export function Skipped({ number, name, hint, reason, preview, value }: { number: number; name: string; hint: string; reason: SkippedEntry["reason"]; preview: PreviewView; value: Draft }) {
  const pages = usePages();
  const [loaded, setLoaded] = useState<{ of: PreviewView; entries: SkippedEntry[] } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isLoaded = loaded?.of === preview;
  const rows = (isLoaded ? loaded.entries : preview.skipped ?? []).filter((row) => row.reason === reason);
  const from = Number(pages.cursor ?? 0);

  async function load(): Promise<void> {
    const form = isLoaded || number <= rows.length ? null : await formOf(value);
    if (form === null) {
      return;
    }
    const answer = await api.previewSkipped(form);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) {
      setLoaded({ of: preview, entries: answer.body.skipped ?? [] });
    }
  }

  const line = <><strong>{count(number)}</strong> {name}{number > 0 && <span class="hint"> {hint}</span>}</>;
  return (
    <li data-left={name}>
      {number === 0 ? line : (
        <details onToggle={(event) => event.currentTarget.open && void load()}>
          <summary class="plain">{line}</summary>
          <ProblemNotice problem={problem} />
          {isLoaded && number > rows.length && <p class="hint">The first {count(rows.length)}. Once it is sent, its page lists all of them.</p>}
          <Table caption={`Entries: ${name}`} columns={columns} rows={rows.slice(from, from + pageSize)} keyOf={placeOf} />
          <Pager pages={pages} next={from + pageSize < rows.length ? String(from + pageSize) : null} what={`entries: ${name}`} />
          {rows.some(({ detail }) => detail?.includes("onDuplicate")) && <button type="button" onClick={() => change({ textsEach: true })}>Send each person their own text</button>}
          <button type="button" class="small" onClick={() => saveCsv(`${name}.csv`, ["place", "entry", "reference", "why"], rows.map((row) => [placeOf(row), row.written ?? "", row.reference ?? "", whyLeftOut(row)]))}>{number > rows.length ? `Save the first ${count(rows.length)} as a file` : "Save them as a file"}</button>
        </details>
      )}
    </li>
  );
}

export const columns = [
  { name: "Where", of: (row: SkippedEntry) => placeOf(row) },
  { name: "Entry", of: (row: SkippedEntry) => [row.written, row.reference].filter(Boolean).join(", ") },
  { name: "Why", of: (row: SkippedEntry) => whyLeftOut(row) },
];

// Pasted numbers are sent as lines too.
export const placeOf = ({ line, index }: SkippedEntry): string => `Line ${count(line ?? (index ?? 0) + 1)}`;

export const whyLeftOut = ({ detail, duplicateOf, since }: SkippedEntry): string =>
  detail !== undefined ? inConsoleWords(detail) : (duplicateOf !== undefined ? `the same phone as line ${count(duplicateOf)}` : since ? `opted out since ${time(since)}` : "");
