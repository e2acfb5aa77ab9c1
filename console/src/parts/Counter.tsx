import { useEffect, useState } from "preact/hooks";
import { api } from "../api";
import { change } from "../draft/draft";
import { count, counted } from "../format";
import { countOf } from "../text/segments";
import type { Replacement } from "../types";

const typingPause = 400;
const shown = 20;
const anyNumber = "+12015550123"; // never sent to: a preview asks nothing of it

/** Characters, segments and encoding of the text while it is typed; and what makes it dearer, with what can stand for it. */
export function Counter({ written, text, isSmart }: { written: string; text: string; isSmart: boolean }) {
  const { encoding, segments, units, room, outside } = countOf(text);
  const replacements = useReplacements(isSmart ? "" : outside.slice(0, shown).join(""));
  return (
    <div class="counter">
      <p id="count" data-encoding={encoding} data-segments={segments} data-units={units}>
        {counted(units, "character")}, {counted(segments, "segment")}{segments > 0 && <> ({encoding}, room for {count(room)} more)</>}
      </p>
      {outside.length > 0 && (
        <div class="dear">
          <p>These characters make the text {encoding}: a segment then holds 70 characters, not 160.</p>
          <ul>
            {outside.slice(0, shown).map((each) => <li key={each}><Character value={each} replacement={replacements.find(({ written: from }) => from === each)} message={written} /></li>)}
          </ul>
          {isSmart && <p>Those that can be replaced are replaced when it is sent: the check shows the finished text.</p>}
        </div>
      )}
    </div>
  );
}

function Character({ value, replacement, message }: { value: string; replacement: Replacement | undefined; message: string }) {
  const code = `U+${value.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  return replacement === undefined || !message.includes(value) ? <><code>{value}</code> {code}</> : (
    <>
      <code>{value}</code> {code}{" "}
      <button type="button" class="small" onClick={() => change({ message: message.replaceAll(value, replacement.becomes) })}>
        Replace by <code>{replacement.becomes}</code>
      </button>
    </>
  );
}

// What stands for what is the server's to say. It is asked when typing pauses, and told the characters alone.
function useReplacements(characters: string): Replacement[] {
  const [known, setKnown] = useState<Replacement[]>([]);
  useEffect(() => {
    if (characters === "") {
      return;
    }

    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await api.previewText({ message: characters, recipients: [anyNumber], literal: true, smartEncoding: true }, stop.signal);
      if (answer.ok) {
        setKnown(answer.body.smartEncoding?.replacements ?? []);
      }
    }, typingPause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [characters]);
  return known;
}
