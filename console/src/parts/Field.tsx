import type { ComponentChildren } from "preact";

interface Props {
  id: string;
  label: string;
  hint?: ComponentChildren;
  errors?: string[];
  /** Gets what connects the control to its label, its hint and its errors. */
  children: (control: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ComponentChildren;
}

export function Field({ id, label, hint, errors = [], children }: Props) {
  const described = [hint ? `${id}-hint` : "", errors.length > 0 ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={errors.length > 0 ? "field wrong" : "field"}>
      <label for={id}>{label}</label>
      {hint && <div class="hint" id={`${id}-hint`}>{hint}</div>}
      {errors.length > 0 && <div class="error" id={`${id}-error`}>{errors.map((error) => <p key={error}>{error}</p>)}</div>}
      {children({ id, ...(described ? { "aria-describedby": described } : {}), ...(errors.length > 0 ? { "aria-invalid": true } : {}) })}
    </div>
  );
}
