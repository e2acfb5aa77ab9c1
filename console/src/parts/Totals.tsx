import { change, type Draft } from "../draft/draft";
import { count, counted } from "../format";
import { nameOf } from "../text/places";
import { inConsoleWords } from "../text/problems";
import type { PreviewView, SkippedEntry, Warning } from "../types";
import { Notice } from "./Notice";
import { Skipped } from "./Skipped";

/** How many get it, and how many do not and why. */
export function Totals({ preview, value }: { preview: PreviewView; value: Draft }) {
  const knownBad = (preview as { knownBad?: number }).knownBad ?? 0;
  const left: [number, SkippedEntry["reason"], string, string][] = [
    [preview.invalid ?? 0, "invalid", "invalid", "Entries with an error are left out."],
    [preview.duplicatesRemoved, "duplicate", preview.duplicatesRemoved === 1 ? "duplicate" : "duplicates", "A number that is given again is texted once."],
    [preview.optedOut, "optedOut", "opted out", "People who do not want texts are not texted."],
  ];
  return (
    <section aria-label="Who gets it">
      <p class="total"><strong>{count(preview.recipientsCount)}</strong> will get it</p>
      <ul class="left">{left.map(([number, reason, name, hint]) => <Skipped key={reason} number={number} name={name} hint={hint} reason={reason} preview={preview} value={value} />)}</ul>
      {knownBad > 0 && (
        <Notice kind="warn">
          {value.skipsKnownBad ? <p>{counted(knownBad, "number")} that could not get a text before {knownBad === 1 ? "is" : "are"} left out.</p> : (
            <>
              <p>{counted(knownBad, "number")} could not get a text before, and will fail as before.</p>
              <button type="button" onClick={() => change({ skipsKnownBad: true })}>Leave them out</button>
            </>
          )}
        </Notice>
      )}
      {preview.smartEncoding && !preview.smartEncoding.enabled && (
        <Notice kind="info">
          <p>{preview.smartEncoding.hint ? inConsoleWords(preview.smartEncoding.hint) : "Some characters make the texts dearer, and can be replaced."}</p>
          <button type="button" onClick={() => change({ smartEncoding: true })}>Replace them</button>
        </Notice>
      )}
      {preview.warnings && <Warnings all={preview.warnings} />}
    </section>
  );
}

function Warnings({ all }: { all: Warning[] }) {
  return (
    <Notice kind="warn">
      <p>Look at {all.length === 1 ? "this" : `these ${count(all.length)}`} before you send:</p>
      <ul>{all.map(({ place, text }) => <li key={place + text}><strong>{nameOf(place)}</strong> {inConsoleWords(text)}</li>)}</ul>
    </Notice>
  );
}
