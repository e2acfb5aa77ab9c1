import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Problem } from "../api";
import { errorsAt, sentenceOf } from "../text/problems";
import { CountryOptions } from "./Countries";
import { Field } from "./Field";

interface Props {
  /** Begins the ids of its fields. */
  id: string;
  title: string;
  /** The answer's problem, shown at the number. */
  problem: Problem | null;
  onSearch: (phone: string, region: string) => void;
  /** What was found. */
  children?: ComponentChildren;
}

/** A number to search for, with the country of one without +. */
export function PhoneSearch({ id, title, problem, onSearch, children }: Props) {
  const [phone, setPhone] = useState("");
  const [region, setRegion] = useState("");
  const errors = problem === null ? [] : [...errorsAt(problem, "phone"), ...errorsAt(problem, "defaultRegion")];

  function search(event: Event): void {
    event.preventDefault();
    onSearch(phone.trim(), region);
  }

  return (
    <form onSubmit={search} class="box" noValidate>
      <h2>{title}</h2>
      <div class="row">
        <Field id={id} label="Number" errors={problem === null ? [] : errors.length > 0 ? errors.map((error) => `The number ${error}.`) : [sentenceOf(problem)]}>
          {(control) => <input {...control} type="tel" autocomplete="off" value={phone} onInput={(event) => setPhone(event.currentTarget.value)} />}
        </Field>
        <Field id={`${id}-region`} label="Country, if it has no +">
          {(control) => <select {...control} value={region} onChange={(event) => setRegion(event.currentTarget.value)}><CountryOptions none="–" /></select>}
        </Field>
      </div>
      <button disabled={phone.trim() === ""}>Search</button>
      {children}
    </form>
  );
}
