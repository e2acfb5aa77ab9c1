import { Field } from "./Field";

/** Why something is done, in the words of the one who does it; it may stay empty. */
export function Reason({ value, onInput, label = "Reason (others see it)" }: { value: string; onInput: (value: string) => void; label?: string }) {
  return (
    <Field id="reason" label={label}>
      {(control) => <input {...control} maxLength={200} autocomplete="off" value={value} onInput={(event) => onInput(event.currentTarget.value)} />}
    </Field>
  );
}
