import type { Problem } from "../api";
import { change, type Draft } from "../draft/draft";
import { useMay } from "../session";
import { canaries } from "../text/canary";
import { durationText } from "../text/duration";
import { sentencesAt } from "../text/problems";
import { Field } from "./Field";

const spreads = ["PT15M", "PT30M", "PT1H", "PT2H", "PT3H", "PT6H", "PT12H", "P1D"];
const zones = Intl.supportedValuesOf("timeZone");

/** When it is sent and what it may cost: all of it may be left as it is. */
export function Conditions({ value, problem }: { value: Draft; problem: Problem | null }) {
  const mayBeUrgent = useMay("SendHigh");
  const isSet = [value.sendAt, value.sendOver, value.canary, value.expiresAt, value.quietFrom, value.quietTo, value.maxCost].some((each) => each !== "") || value.smartEncoding || value.isUrgent || value.textsEach || value.literal;
  return (
    <details class="box" open={isSet}>
      <summary>When, and what it may cost</summary>
      <Field id="send-at" label="Send at" hint="By this computer's clock. Empty: now." errors={sentencesAt(problem, "sendAt")}>
        {(control) => <input {...control} type="datetime-local" value={value.sendAt} onInput={(event) => change({ sendAt: event.currentTarget.value })} />}
      </Field>
      <Field id="send-over" label="Spread over" hint="So that those who answer do not all call at once." errors={sentencesAt(problem, "sendOver")}>
        {(control) => (
          <select {...control} value={value.sendOver} onChange={(event) => change({ sendOver: event.currentTarget.value })}>
            <option value="">No time: all at once</option>
            {spreads.map((duration) => <option key={duration} value={duration}>{durationText(duration)}</option>)}
          </select>
        )}
      </Field>
      <Field id="canary" label="Try it first on" hint="Then it goes on by itself, or pauses when too many failed or opted out." errors={sentencesAt(problem, "canary")}>
        {(control) => (
          <select {...control} value={value.canary} onChange={(event) => change({ canary: event.currentTarget.value })}>
            <option value="">No part: all are texted</option>
            {canaries.map(([choice, label]) => <option key={choice} value={choice}>{label}</option>)}
          </select>
        )}
      </Field>
      <Field id="expires-at" label="Send nothing after" hint="Empty: a day after it is due." errors={sentencesAt(problem, "expiresAt")}>
        {(control) => <input {...control} type="datetime-local" value={value.expiresAt} onInput={(event) => change({ expiresAt: event.currentTarget.value })} />}
      </Field>
      <fieldset class="row">
        <legend>Quiet hours, by each recipient's clock</legend>
        <Field id="quiet-from" label="From" errors={sentencesAt(problem, "quietHours")}>
          {(control) => <input {...control} type="time" value={value.quietFrom} onInput={(event) => change({ quietFrom: event.currentTarget.value })} />}
        </Field>
        <Field id="quiet-to" label="To">
          {(control) => <input {...control} type="time" value={value.quietTo} onInput={(event) => change({ quietTo: event.currentTarget.value })} />}
        </Field>
        <Field id="quiet-zone" label="Time zone of numbers that tell none">
          {(control) => (
            <select {...control} value={value.quietZone} onChange={(event) => change({ quietZone: event.currentTarget.value })}>
              <option value="">None</option>
              {zones.map((zone) => <option key={zone}>{zone}</option>)}
            </select>
          )}
        </Field>
      </fieldset>
      <Field id="max-cost" label="Most it may cost, in US dollars" hint="It is refused when the estimate is higher, or is not known." errors={sentencesAt(problem, "maxCost")}>
        {(control) => <input {...control} inputMode="decimal" value={value.maxCost} onInput={(event) => change({ maxCost: event.currentTarget.value.trim() })} />}
      </Field>
      {mayBeUrgent && (
        <p class="tick">
          <input id="urgent" type="checkbox" checked={value.isUrgent} onChange={(event) => change({ isUrgent: event.currentTarget.checked })} />
          <label for="urgent">Send it before other broadcasts that wait</label>
        </p>
      )}
      <p class="tick">
        <input id="smart" type="checkbox" checked={value.smartEncoding} onChange={(event) => change({ smartEncoding: event.currentTarget.checked })} />
        <label for="smart">Replace curly quotes, dashes and the like, also in the recipients' values</label>
      </p>
      <p class="tick">
        <input id="each" type="checkbox" checked={value.textsEach} onChange={(event) => change({ textsEach: event.currentTarget.checked })} />
        <label for="each">Two people on one phone get each their own text</label>
      </p>
      <p class="tick">
        <input id="literal" type="checkbox" checked={value.literal} onChange={(event) => change({ literal: event.currentTarget.checked })} />
        <label for="literal">Send braces and values such as NULL as they are</label>
      </p>
    </details>
  );
}
