import { useEffect, useState } from "preact/hooks";
import type { Draft } from "../draft/draft";
import { fileOf } from "../draft/fileStore";
import { useList, type List } from "../draft/useList";
import { count, counted } from "../format";
import { isOpen, open } from "../list/reader";
import { finished } from "../text/finished";
import { filled, namesIn } from "../text/template";
import type { PreviewView, SkippedEntry } from "../types";
import { Phone } from "./Phone";
import { Samples } from "./Samples";
import { whyLeftOut } from "./Skipped";
import { Variables } from "./Variables";

const size = 5;

/** The finished texts, a few rows at a time; one text where all get the same. */
export function Texts({ value, preview }: { value: Draft; preview: PreviewView }) {
  return value.usesTemplate ? <TextsOfTemplate value={value} preview={preview} /> : <TextsOfMessage value={value} preview={preview} />;
}

// What BulkSms will give to Twilio, as its preview tells it.
function TextsOfTemplate({ value, preview }: { value: Draft; preview: PreviewView }) {
  const isPersonal = value.variables.some((variable) => namesIn(variable.value).length > 0);
  const same = Object.entries(preview.samples[0]?.contentVariables ?? {});
  return (
    <section aria-label="The text">
      <h2>The text</h2>
      <p>Twilio makes it from the template <code>{value.contentSid}</code>. The text, its segments and its price are not known here.</p>
      {value.shortenUrls && <p>Twilio replaces the links by short ones.</p>}
      {isPersonal ? <Samples value={value} chosen={preview.samples} /> : same.length > 0 ? <Variables all={same} caption="Each gets these variables" /> : value.variables.length === 0 && <p>No variables are given.</p>}
    </section>
  );
}

function TextsOfMessage({ value, preview }: { value: Draft; preview: PreviewView }) {
  const list = useList(value);
  const isPersonal = namesIn(value.message).length > 0;
  return (
    <section aria-label="The text">
      <h2>The text</h2>
      {value.mediaUrls.trim() !== "" && <p>With {counted(value.mediaUrls.trim().split(/\s+/).length, "picture or file", "pictures or files")}.</p>}
      {value.shortenUrls && <p>Twilio replaces the links by short ones.</p>}
      {!isPersonal ? <Phone text={finished(value.message, preview)} caption="Each gets this text" />
        : list ? <Rows value={value} list={list} preview={preview} />
        : <Samples value={value} chosen={preview.samples} />}
    </section>
  );
}

// The first row stands in line 2. A line break within a cell moves the lines: so the number must be in the row, too.
const leftOut = (row: string[], at: number, skipped: SkippedEntry[]): string | undefined => {
  const entry = skipped.find(({ line, written }) => line === at + 2 && row.some((cell) => cell.trim() === written.trim()));
  return entry && whyLeftOut(entry);
};

function Rows({ value, list, preview }: { value: Draft; list: List; preview: PreviewView }) {
  const [from, setFrom] = useState(0);
  const [rows, setRows] = useState<string[][]>([]);
  const { columns, rows: all } = list;
  useEffect(() => {
    void (async () => {
      const file = value.file === null || isOpen() ? null : await fileOf(value.key);
      if (file) {
        void open(file);
      }

      setRows(await list.page(from, size));
    })();
  }, [from, value.key]);
  return (
    <>
      <div class="phones">
        {rows.map((row, index) => {
          const [caption, why] = [`Entry ${count(from + index + 1)} of ${count(all)}`, leftOut(row, from + index, preview.skipped)];
          return why === undefined ? <Phone key={from + index} text={finished(filled(value.message, columns, row), preview)} caption={caption} /> : (
            <figure key={from + index} class="phone"><figcaption>{caption}</figcaption><p class="hint">Left out: {why}.</p></figure>
          );
        })}
      </div>
      {all > size && (
        <nav class="pager" aria-label="Pages of the texts">
          <button type="button" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - size))}>Previous</button>
          <button type="button" disabled={from + size >= all} onClick={() => setFrom(from + size)}>Next</button>
        </nav>
      )}
    </>
  );
}
