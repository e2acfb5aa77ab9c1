import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { time } from "../format";
import { errorsAt, sentenceOf } from "../text/problems";
import { sourceWords } from "../text/words";
import type { OptOut } from "../types";
import { CountryOptions } from "./Countries";
import { Field } from "./Field";
import { Notice } from "./Notice";

/** Whether one number is on the list. */
export function FindOptOut({ onRemove }: { onRemove: (phone: string) => void }) {
  const [phone, setPhone] = useState("");
  const [region, setRegion] = useState("");
  const [found, setFound] = useState<OptOut | "none" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function search(event: Event): Promise<void> {
    event.preventDefault();
    const answer = await api.lookUp(phone.trim(), region);
    const isNone = !answer.ok && answer.problem.status === 404;
    setFound(answer.ok ? answer.body : isNone ? "none" : null);
    setProblem(answer.ok || isNone ? null : answer.problem);
  }

  const errors = problem === null ? [] : [...errorsAt(problem, "phone"), ...errorsAt(problem, "defaultRegion")];
  return (
    <form onSubmit={(event) => void search(event)} class="box" noValidate>
      <h2>Is a number on the list?</h2>
      <div class="row">
        <Field id="find" label="Number" errors={problem === null ? [] : errors.length > 0 ? errors.map((error) => `The number ${error}.`) : [sentenceOf(problem)]}>
          {(control) => <input {...control} type="tel" autocomplete="off" value={phone} onInput={(event) => setPhone(event.currentTarget.value)} />}
        </Field>
        <Field id="find-region" label="Country, if it has no +">
          {(control) => <select {...control} value={region} onChange={(event) => setRegion(event.currentTarget.value)}><CountryOptions none="–" /></select>}
        </Field>
      </div>
      <button disabled={phone.trim() === ""}>Search</button>
      {found === "none" && <Notice kind="info">It is not on the list.</Notice>}
      {found !== null && found !== "none" && (
        <Notice kind="info">
          <p>{found.phone} is on the list since {time(found.since)}: {sourceWords[found.source] ?? found.source}.</p>
          <button type="button" onClick={() => { setFound(null); onRemove(found.phone); }}>Take it off</button>
        </Notice>
      )}
    </form>
  );
}
