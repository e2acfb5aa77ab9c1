import { change, type Draft } from "../draft/draft";
import type { Problem } from "../api";
import { count, counted } from "../format";
import { saveCsv } from "../list/save";
import { asLines, hasHeader } from "../list/pasted";
import { inConsoleWords } from "../text/problems";
import { Proposals } from "./Proposals";
import { Table } from "./Table";

interface Row { place: string; value: string; error: string }

const fieldNames: Record<string, string> = {
  message: "The text", contentSid: "The content SID", contentVariables: "The variables", mediaUrls: "The pictures or files", profile: "The profile", recipients: "The list", sendAt: "Send at", priority: "Send it before others", sendOver: "Spread over", canary: "Try it first on", expiresAt: "Send nothing after", quietHours: "The quiet hours", defaultRegion: "The country", maxCost: "Most it may cost",
  numberColumn: "The column of the numbers", sheet: "The sheet", hiddenRows: "Hidden rows",
};

/** The errors of a check: those of the broadcast as sentences, those of its list as rows, which may be left out. */
export function Entries({ problem, value }: { problem: Problem; value: Draft }) {
  const all = Object.entries(problem.errors ?? {}).flatMap(([place, errors]) => errors.map((error): Row => ({ place, value: "", error: inConsoleWords(error) })));
  const whole = all.filter(({ place }) => fieldOf(place) in fieldNames);
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

// A variable and a line of the pictures stand in their field.
const fieldOf = (place: string): string => place.replace("$.", "").replace(/^(mediaUrls)\[\d+\]$/, "$1").replace(/^(contentVariables)\..*$/, "$1");

function nameOf(place: string): string {
  const variable = /^(?:\$\.)?contentVariables\.(.*)$/.exec(place)?.[1];
  const line = /^(?:\$\.)?mediaUrls\[(\d+)\]$/.exec(place)?.[1];
  return variable !== undefined ? `Variable ${variable}` : fieldNames[fieldOf(place)]! + (line !== undefined ? `, line ${Number(line) + 1}` : "");
}

// Pasted numbers were sent one a line, so that a line is an entry.
function entryAt(place: string, { pasted, file }: Draft): string {
  const line = /^line (\d+)/.exec(place)?.[1];
  return line && file === null && !hasHeader(pasted) ? asLines(pasted)[Number(line) - 1] ?? "" : "";
}
