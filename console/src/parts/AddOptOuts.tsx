import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { counted } from "../format";
import { asNumbersFile } from "../draft/form";
import { asLines } from "../list/pasted";
import { sentenceOf } from "../text/problems";
import type { OptOutsAdded } from "../types";
import { CountryOptions } from "./Countries";
import { Field } from "./Field";
import { Notice } from "./Notice";

/** Adds numbers that were typed, or a file of them. With one error, none is added. */
export function AddOptOuts({ onDone }: { onDone: () => void }) {
  const [pasted, setPasted] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [region, setRegion] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [added, setAdded] = useState<OptOutsAdded | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const form = new FormData();
    if (region) {
      form.append("defaultRegion", region);
    }

    form.append("phones", file ?? asNumbersFile(asLines(pasted)));
    setBusy(true);
    const answer = await api.optOut(form);
    setBusy(false);
    setAdded(answer.ok ? answer.body : null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) {
      setPasted("");
      setFile(null);
      onDone();
    }
  }

  const errors = problem === null ? [] : [sentenceOf(problem).replace("Nothing was sent.", "None was added."), ...Object.entries(problem.errors ?? {}).slice(0, 20).flatMap(([place, all]) => all.map((each) => `${place}: ${each}`))];
  return (
    <details class="box">
      <summary>Add numbers</summary>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Field id="add" label="Numbers, one a line" errors={errors}>
          {(control) => <textarea {...control} rows={3} value={pasted} disabled={file !== null} onInput={(event) => setPasted(event.currentTarget.value)} />}
        </Field>
        <Field id="add-file" label="Or a file" hint="A spreadsheet or CSV file with a column of numbers.">
          {(control) => <input {...control} type="file" onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />}
        </Field>
        <Field id="add-region" label="Country of numbers without +">
          {(control) => <select {...control} value={region} onChange={(event) => setRegion(event.currentTarget.value)}><CountryOptions none="All have their country code" /></select>}
        </Field>
        <button class="main" disabled={isBusy || (file === null && pasted.trim() === "")}>{isBusy ? "Adding…" : "Add to the list"}</button>
      </form>
      {added && <Notice kind="good">{counted(added.added, "number")} added, {added.known} already known. {counted(added.messagesStopped, "waiting text")} will not be sent.</Notice>}
    </details>
  );
}
