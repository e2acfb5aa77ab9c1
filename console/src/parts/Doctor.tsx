import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { counted, time } from "../format";
import { errorsAt } from "../text/problems";
import { doctorStatusWords, doctorWords } from "../text/words";
import type { DoctorView } from "../types";
import { useLoaded } from "../useLoaded";
import { Field } from "./Field";
import { ProblemNotice } from "./Notice";
import { Status } from "./Status";
import { Table } from "./Table";

/** How Twilio and the app are set, asked when a person wants to know. */
export function Doctor() {
  const [countries, setCountries] = useState("");
  const [profile, setProfile] = useState("");
  const profiles = useLoaded((signal) => api.profiles(signal), []).body?.profiles ?? [];
  const [isBusy, setBusy] = useState(false);
  const [found, setFound] = useState<DoctorView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const errors = problem === null ? [] : errorsAt(problem, "countries");

  async function check(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await api.doctor(countries.replace(/\s/g, ""), profiles.length > 1 ? profile || profiles[0]!.profile : "");
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
        {profiles.length > 1 && (
          <Field id="doctor-profile" label="Profile">
            {(control) => (
              <select {...control} value={profile || profiles[0]!.profile} onChange={(event) => setProfile(event.currentTarget.value)}>
                {profiles.map((each) => <option key={each.profile} value={each.profile}>{each.profile}</option>)}
              </select>
            )}
          </Field>
        )}
        <button type="submit" disabled={isBusy}>{isBusy ? "Checking…" : "Check the set-up"}</button>
      </form>
      {errors.length === 0 && <ProblemNotice problem={problem} />}
      {found && <Found {...found} />}
    </section>
  );
}

function Found({ checkedAt, status, lines }: DoctorView) {
  const open = lines.filter((line) => line.status !== "ok");
  const done = lines.filter((line) => line.status === "ok");
  return (
    <>
      <p role="status">Checked {time(checkedAt)}: <Status words={doctorStatusWords} status={status} /></p>
      {open.length > 0 && (
        <Table
          caption="What to look at"
          rows={open}
          keyOf={({ id }) => id}
          columns={[
            what,
            { name: "Status", of: (line) => <Status words={doctorStatusWords} status={line.status} /> },
            foundColumn,
            { name: "What to do", of: ({ why, action }) => <>{action} <span class="hint">{why}</span></> },
          ]}
        />
      )}
      {done.length > 0 && (
        <details>
          <summary class="plain">{counted(done.length, "thing")} in order</summary>
          <Table caption="In order" rows={done} keyOf={({ id }) => id} columns={[what, foundColumn]} />
        </details>
      )}
    </>
  );
}

type Line = DoctorView["lines"][number];

const what = { name: "What", of: ({ id }: Line) => doctorWords[id] ?? id };
const foundColumn = { name: "Found", of: ({ found }: Line) => found };
