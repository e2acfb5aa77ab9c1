import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { time } from "../format";
import { errorsAt } from "../text/problems";
import { doctorStatusWords, doctorWords } from "../text/words";
import type { DoctorView } from "../types";
import { Field } from "./Field";
import { ProblemNotice } from "./Notice";
import { Status } from "./Status";
import { Table } from "./Table";

/** How Twilio and the app are set, asked when a person wants to know. */
export function Doctor() {
  const [countries, setCountries] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [found, setFound] = useState<DoctorView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const errors = problem === null ? [] : errorsAt(problem, "countries");

  async function check(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await api.doctor(countries.replace(/\s/g, ""));
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    setFound(answer.ok ? answer.body : null);
  }

  return (
    <section aria-label="Set-up">
      <h2>Set-up</h2>
      <p class="hint">Asks Twilio how the account is set and compares it with what BulkSms needs. Nothing is changed, and no text is sent.</p>
      <form class="row" onSubmit={(event) => void check(event)} noValidate>
        <Field id="doctor-countries" label="Countries to text, such as US, GB (optional)" errors={errors.map((error) => `Countries: ${error}.`)}>
          {(control) => <input {...control} autocomplete="off" value={countries} onInput={(event) => setCountries(event.currentTarget.value)} />}
        </Field>
        <button type="submit" disabled={isBusy}>{isBusy ? "Checking…" : "Check the set-up"}</button>
      </form>
      {errors.length === 0 && <ProblemNotice problem={problem} />}
      {found && (
        <>
          <p role="status">Checked {time(found.checkedAt)}: <Status words={doctorStatusWords} status={found.status} /></p>
          <Table
            caption="What was found"
            rows={found.lines}
            keyOf={({ id }) => id}
            columns={[
              { name: "What", of: ({ id }) => doctorWords[id] ?? id },
              { name: "Status", of: ({ status }) => <Status words={doctorStatusWords} status={status} /> },
              { name: "Found", of: ({ found }) => found },
              { name: "What to do", of: ({ status, why, action }) => (status === "ok" ? "Nothing" : <>{action} <span class="hint">{why}</span></>) },
            ]}
          />
        </>
      )}
    </section>
  );
}
