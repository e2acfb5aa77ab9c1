import { change, type Draft } from "../draft/draft";

/** A text of one's own, or one that Twilio makes of a template. What was written for the other is kept, and not sent. */
export function Kind({ value }: { value: Draft }) {
  const choices: [id: string, label: string, isTemplate: boolean][] = [["kind-text", "A text", false], ["kind-template", "A Twilio template", true]];
  return (
    <fieldset class="row">
      <legend>What is sent</legend>
      {choices.map(([id, label, isTemplate]) => (
        <p class="tick" key={id}>
          <input id={id} type="radio" name="kind" checked={value.usesTemplate === isTemplate} onChange={() => change({ usesTemplate: isTemplate })} />
          <label for={id}>{label}</label>
        </p>
      ))}
    </fieldset>
  );
}
