import { change, type Draft } from "../draft/draft";
import type { Problem } from "../api";
import { count, counted } from "../format";
import { saveCsv } from "../list/save";
import { asLines, hasHeader } from "../list/pasted";
import { isField, nameOf } from "../text/places";
import { inConsoleWords } from "../text/problems";
import { Proposals } from "./Proposals";
import { Table } from "./Table";

interface Row { place: string; value: string; error: string }

/** The errors of a check: those of the broadcast as sentences, those of its list as rows, which may be left out. */
export function Entries({ problem, value }: { problem: Problem; value: Draft }) {
  const all = Object.entries(problem.errors ?? {}).flatMap(([place, errors]) => errors.map((error): Row => ({ place, value: "", error: inConsoleWords(error) })));
  const whole = all.filter(({ place }) => isField(place));
  const rows = all.filter((row) => !whole.includes(row)).map((row) => ({ ...row, value: entryAt(row.place, value) }));
  const columns = [{ name: "Where", of: (row: Row) => row.place }, ...(rows.some((row) => row.value) ? [{ name: "Entry", of: (row: Row) => row.value }] : []), { name: "What is wrong", of: (row: Row) => row.error }];
  return (
    <>
      <Proposals errors={Object.values(problem.errors ?? {}).flat()} />
      {whole.length > 0 && <ul class="errors">{whole.map(({ place, error }) => <li key={place + error}><strong>{nameOf(place)}</strong> {error}</li>)}</ul>}
      {rows.length > 0 && (
        <section aria-label="Entries with errors">
          <h2>{counted((problem.errorCount ?? all.length) - whole.length, "entry", "entries")} with an error</h2>
          {(problem.errorCount ?? 0) > all.length && <p>The first {count(all.length)} are shown.</p>}
          <div class="actions">
            {whole.length === 0 && <button type="button" class="main" onClick={() => change({ skipsInvalid: true })}>Leave them out and go on</button>}
            <a class="button" href="#/new">Change the list</a>
            <button type="button" onClick={() => saveCsv("errors.csv", ["where", "entry", "error"], rows.map((row) => [row.place, row.value, row.error]))}>Save them as a file</button>
          </div>
          <Table caption="Entries with errors" columns={columns} rows={rows} keyOf={(row) => row.place + row.error} />
        </section>
      )}
    </>
  );
}

// Pasted numbers were sent one a line, so that a line is an entry.
function entryAt(place: string, { pasted, file }: Draft): string {
  const line = /^line (\d+)/.exec(place)?.[1];
  return line && file === null && !hasHeader(pasted) ? asLines(pasted)[Number(line) - 1] ?? "" : "";
}
