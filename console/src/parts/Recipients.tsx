import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api";
import { change, type Draft } from "../draft/draft";
import { fileOf } from "../draft/fileStore";
import { pastedList } from "../draft/form";
import { takeFile } from "../draft/takeFile";
import { count, counted } from "../format";
import { asLines, hasHeader } from "../list/pasted";
import { isOpen, open } from "../list/reader";
import { sentencesAt } from "../text/problems";
import { CountryOptions } from "./Countries";
import { Field } from "./Field";

/** A longer text that is pasted becomes a file: it is read beside the page, and no key that is pressed waits for it. */
const mostTyped = 20_000;

/** Recipients, pasted or as a file that is chosen or dropped. */
export function Recipients({ value, errors, problem }: { value: Draft; errors: string[]; problem: Problem | null }) {
  const [isOver, setOver] = useState(false);
  const [isReading, setReading] = useState(false);

  async function take(file: File | null | undefined): Promise<void> {
    if (!file) {
      return;
    }

    setReading(true);
    await takeFile(file);
    setReading(false);
  }

  function paste(text: string): void {
    if (text.length > mostTyped) {
      void take(pastedList(text));
    } else {
      change({ pasted: text });
    }
  }

  // After a reload the file is read anew, for its rows stand in the worker.
  useEffect(() => {
    if (value.file !== null && !isOpen()) {
      void fileOf(value.key).then((file) => (file ? void open(file) : change({ file: null })));
    }
  }, []);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer?.files[0]);
  }

  return (
    <fieldset class={isOver ? "drop over" : "drop"} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <legend>Recipients</legend>
      {isReading ? <p role="status">Reading the file…</p> : value.file ? <Chosen value={value} problem={problem} /> : (
        <>
          <Field id="pasted" label="Paste numbers, or a table with a header" hint={pastedHint(value.pasted)} errors={errors}>
            {(control) => <textarea {...control} rows={5} value={value.pasted} spellcheck={false} onInput={(event) => paste(event.currentTarget.value)} />}
          </Field>
          <Field id="file" label="Or choose a file, or drop it here" hint="A spreadsheet (.xlsx, .xls) or a CSV file. Its first line names the columns.">
            {(control) => <input {...control} type="file" onChange={(event) => void take(event.currentTarget.files?.[0])} />}
          </Field>
        </>
      )}
      <Field id="region" label="Country of numbers without +" hint="Only if the numbers are written without their country code." errors={sentencesAt(problem, "defaultRegion")}>
        {(control) => <select {...control} value={value.region} onChange={(event) => change({ region: event.currentTarget.value })}><CountryOptions none="All numbers have their country code" /></select>}
      </Field>
    </fieldset>
  );
}

function pastedHint(pasted: string): string {
  return pasted.trim() === "" ? "One number a line, such as +15551230001." : hasHeader(pasted) ? "Read as a table: its first line names the columns." : `${counted(asLines(pasted).length, "entry", "entries")}.`;
}

function Chosen({ value, problem }: { value: Draft; problem: Problem | null }) {
  const { name, size, columns, rows } = value.file!;
  return (
    <>
      <p class="chosen">
        <strong>{name}</strong> ({count(Math.ceil(size / 1024))} KB{rows !== null && `, ${counted(rows, "row")}`}){" "}
        <button type="button" onClick={() => change({ file: null, numberColumn: "", hiddenRows: "" })}>Take another list</button>
      </p>
      {columns === null ? (
        <Field id="number-column" label="Column of the numbers" hint="Only if the check cannot tell." errors={sentencesAt(problem, "numberColumn")}>
          {(control) => <input {...control} value={value.numberColumn} onInput={(event) => change({ numberColumn: event.currentTarget.value })} />}
        </Field>
      ) : (
        <Field id="number-column" label="Column of the numbers" errors={sentencesAt(problem, "numberColumn")}>
          {(control) => (
            <select {...control} value={value.numberColumn} onChange={(event) => change({ numberColumn: event.currentTarget.value })}>
              <option value="">Found by its name</option>
              {columns.filter((column) => column !== "").map((column) => <option key={column} value={column}>{column}</option>)}
            </select>
          )}
        </Field>
      )}
      {rows === null && (
        <Field id="hidden-rows" label="Rows that the sheet hides" errors={sentencesAt(problem, "hiddenRows")}>
          {(control) => (
            <select {...control} value={value.hiddenRows} onChange={(event) => change({ hiddenRows: event.currentTarget.value as Draft["hiddenRows"] })}>
              <option value="">Ask me if there are any</option>
              <option value="skip">Leave them out</option>
              <option value="include">Text them too</option>
            </select>
          )}
        </Field>
      )}
    </>
  );
}
