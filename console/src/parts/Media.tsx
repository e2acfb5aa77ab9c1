import type { Problem } from "../api";
import { change, type Draft } from "../draft/draft";
import { inConsoleWords } from "../text/problems";
import { Field } from "./Field";

/** What a message has beside its text. */
export function Media({ value, problem }: { value: Draft; problem: Problem | null }) {
  const errors = Object.entries(problem?.errors ?? {}).filter(([place]) => place.startsWith("mediaUrls")).flatMap(([place, found]) => found.map((error) => `${placeOf(place)} ${inConsoleWords(error)}.`));
  return (
    <details class="box" open={(!value.usesTemplate && value.mediaUrls !== "") || value.shortenUrls || errors.length > 0}>
      <summary>Pictures and links</summary>
      {value.usesTemplate ? <p class="hint">The template has its own pictures.</p> : (
        <Field id="media" label="Addresses of pictures or files" hint="One a line, by https, at most ten: the message is an MMS, and its price is not known." errors={errors}>
          {(control) => <textarea {...control} rows={3} value={value.mediaUrls} onInput={(event) => change({ mediaUrls: event.currentTarget.value })} />}
        </Field>
      )}
      <p class="tick">
        <input id="shorten" type="checkbox" checked={value.shortenUrls} onChange={(event) => change({ shortenUrls: event.currentTarget.checked })} />
        <label for="shorten">Let Twilio shorten links and count who follows one</label>
      </p>
    </details>
  );
}

const placeOf = (place: string): string => (/\[\d+\]$/.test(place) ? `Line ${Number(/\[(\d+)\]$/.exec(place)?.[1]) + 1}` : "It");
