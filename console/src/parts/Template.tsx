import type { Problem } from "../api";
import { change, type Draft, type Variable } from "../draft/draft";
import { useList } from "../draft/useList";
import { dataColumns } from "../list/results";
import { inConsoleWords, sentencesAt } from "../text/problems";
import { asPlaceholder, filled } from "../text/template";
import { Field } from "./Field";
import { Variables } from "./Variables";

/** A content template in place of a text, and a value for each of its variables. */
export function Template({ value, errors, problem }: { value: Draft; errors: string[]; problem: Problem | null }) {
  const list = useList(value);
  const row = list?.sample[0];
  const columns = dataColumns(value.file?.columns ?? list?.columns ?? []).filter((column) => column !== "");
  const { variables } = value;
  const shown = variables.map(({ name, value: text }): [string, string] => [name, row ? filled(text, list.columns, row) : text]);
  const isWrong = sentencesAt(problem, "contentVariables");

  const set = (at: number, values: Partial<Variable>): void => change({ variables: variables.map((each, index) => (index === at ? { ...each, ...values } : each)) });
  return (
    <div class="beside">
      <div>
        <Field id="content-sid" label="Content SID" hint="HX and 32 digits or letters from A to F, as Twilio's console shows it." errors={errors.length > 0 ? errors : sentencesAt(problem, "contentSid")}>
          {(control) => <input {...control} autocomplete="off" spellcheck={false} value={value.contentSid} onInput={(event) => change({ contentSid: event.currentTarget.value.trim() })} />}
        </Field>
        {isWrong.length > 0 && <div class="error" role="alert">{isWrong.map((error) => <p key={error}>{error.replace(/^It /, "The variables ")}</p>)}</div>}
        {variables.map((variable, at) => <VariableRow key={at} at={at} variable={variable} columns={columns} problem={problem} onChange={(values) => set(at, values)} onRemove={() => change({ variables: variables.filter((_, index) => index !== at) })} />)}
        <button type="button" onClick={() => change({ variables: [...variables, { name: nextName(variables), value: "" }] })}>Add a variable</button>
      </div>
      <div>
        <p class="hint">Twilio makes the text: it is not known here, nor are its segments and its price.</p>
        {shown.length > 0 && <Variables all={shown} caption={row ? "The variables of the first row" : "The variables"} />}
      </div>
    </div>
  );
}

interface RowProps { at: number; variable: Variable; columns: string[]; problem: Problem | null; onChange: (values: Partial<Variable>) => void; onRemove: () => void }

function VariableRow({ at, variable: { name, value }, columns, problem, onChange, onRemove }: RowProps) {
  const errors = problem?.errors?.[`contentVariables.${name}`] ?? [];
  const sentences = (ofName: boolean): string[] => errors.filter((error) => error.startsWith("must have a name") === ofName).map((error) => `It ${inConsoleWords(error)}.`);
  return (
    <fieldset class="row">
      <legend>Variable {at + 1}</legend>
      <Field id={`variable-name-${at}`} label="Its name" errors={sentences(true)}>
        {(control) => <input {...control} autocomplete="off" maxLength={64} value={name} onInput={(event) => onChange({ name: event.currentTarget.value.trim() })} />}
      </Field>
      <Field id={`variable-value-${at}`} label="Value" errors={sentences(false)}>
        {(control) => <input {...control} autocomplete="off" value={value} onInput={(event) => onChange({ value: event.currentTarget.value })} />}
      </Field>
      {columns.length > 0 && (
        <Field id={`variable-column-${at}`} label="Or a column">
          {(control) => (
            <select {...control} value={columns.find((column) => asPlaceholder(column) === value) ?? ""} onChange={(event) => onChange({ value: event.currentTarget.value === "" ? "" : asPlaceholder(event.currentTarget.value) })}>
              <option value="">None</option>
              {columns.map((column) => <option key={column}>{column}</option>)}
            </select>
          )}
        </Field>
      )}
      <p><button type="button" class="small" onClick={onRemove}>Remove variable {at + 1}</button></p>
    </fieldset>
  );
}

// Twilio's templates count their variables, unless they are named.
function nextName(variables: Variable[]): string {
  let next = 1;
  while (variables.some(({ name }) => name === String(next))) {
    next++;
  }

  return String(next);
}
