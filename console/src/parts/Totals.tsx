import { change } from "../draft/draft";
import { count } from "../format";
import { inConsoleWords } from "../text/problems";
import type { PreviewView, Warning } from "../types";
import { Notice } from "./Notice";

/** How many get it, and how many do not and why. */
export function Totals({ preview }: { preview: PreviewView }) {
  const left: [number, string, string][] = [
    [preview.invalid ?? 0, "invalid", "Entries with an error are left out."],
    [preview.duplicatesRemoved, "duplicates", "A number that is given again is texted once."],
    [preview.optedOut, "opted out", "People who do not want texts are not texted."],
  ];
  return (
    <section aria-label="Who gets it">
      <p class="total"><strong>{count(preview.recipientsCount)}</strong> will get it</p>
      <ul class="left">{left.map(([number, name, why]) => <li key={name} data-left={name}><strong>{count(number)}</strong> {name}{number > 0 && <span class="hint"> {why}</span>}</li>)}</ul>
      {preview.smartEncoding && !preview.smartEncoding.enabled && (
        <Notice kind="info">
          <p>{preview.smartEncoding.hint ?? "Some characters make the texts dearer, and can be replaced."}</p>
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
      <ul>{all.map(({ place, text }) => <li key={place + text}><strong>{place}</strong> {inConsoleWords(text)}</li>)}</ul>
    </Notice>
  );
}
