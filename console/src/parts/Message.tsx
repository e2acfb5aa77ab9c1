import { useRef } from "preact/hooks";
import { change, type Draft } from "../draft/draft";
import { useList } from "../draft/useList";
import { counted } from "../format";
import { dataColumns } from "../list/results";
import { countOf } from "../text/segments";
import { asPlaceholder, filled } from "../text/template";
import { Counter } from "./Counter";
import { Field } from "./Field";
import { Phone } from "./Phone";

export function Message({ value, errors }: { value: Draft; errors: string[] }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useList(value);
  const columns = list?.columns ?? [];
  const row = list?.sample[0];
  const text = row ? filled(value.message, columns, row) : value.message;
  const chips = dataColumns(value.file?.columns ?? columns);

  function insert(column: string): void {
    const { selectionStart: from, selectionEnd: to } = area.current!;
    change({ message: value.message.slice(0, from) + asPlaceholder(column) + value.message.slice(to) });
    area.current!.focus();
  }

  return (
    <div class="beside">
      <div>
        <Field id="message" label="Text" errors={errors}>
          {(control) => <textarea {...control} ref={area} rows={6} value={value.message} onInput={(event) => change({ message: event.currentTarget.value })} />}
        </Field>
        {chips.length > 0 && (
          <div class="chips" role="group" aria-label="Put in a value of each recipient">
            {chips.map((column) => <button type="button" key={column} class="chip" onClick={() => insert(column)}>{column === "" ? "(no name)" : column}</button>)}
          </div>
        )}
        <Counter written={value.message} text={text} isSmart={value.smartEncoding} />
      </div>
      <Phone text={text} caption={row ? `The text of the first of ${counted(list?.rows ?? 0, "row")}` : "As a phone shows it"} marked={countOf(text).outside} />
    </div>
  );
}
