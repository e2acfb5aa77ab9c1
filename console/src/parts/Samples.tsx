import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import type { Draft } from "../draft/draft";
import { formOf } from "../draft/form";
import { count } from "../format";
import { sentenceOf } from "../text/problems";
import type { Sample } from "../types";
import { Field } from "./Field";
import { Phone } from "./Phone";
import { Variables } from "./Variables";

/** Finished texts of a file that the browser does not read, a workbook say, and variables of a template: BulkSms reads the list and tells some, and those of any row. */
export function Samples({ value, chosen }: { value: Draft; chosen: Sample[] }) {
  const [row, setRow] = useState("");
  const [asked, setAsked] = useState<Sample[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function show(event: Event): Promise<void> {
    event.preventDefault();
    const form = await formOf(value);
    const answer = form === null ? null : await api.previewRow(form, Number(row));
    setAsked(answer?.ok ? answer.body.samples : []);
    setProblem(answer === null || answer.ok ? null : answer.problem);
  }

  const errors = problem === null ? [] : problem.errors?.["row"]?.map((error) => `The row ${error}.`) ?? [sentenceOf(problem)];
  return (
    <>
      <div class="phones">{[...asked, ...chosen].map((sample, at) => <Finished key={at} sample={sample} />)}</div>
      <form class="narrow" onSubmit={(event) => void show(event)} noValidate>
        <Field id="row" label={value.usesTemplate ? "Show the variables of row" : "Show the text of row"} errors={errors}>
          {(control) => <input {...control} inputMode="numeric" value={row} onInput={(event) => setRow(event.currentTarget.value.trim())} />}
        </Field>
        <button disabled={!/^\d+$/.test(row)}>Show it</button>
      </form>
    </>
  );
}

const Finished = ({ sample }: { sample: Sample }) => (sample.text === null ? <Variables all={Object.entries(sample.contentVariables ?? {})} caption={captionOf(sample)} /> : <Phone text={sample.text} caption={captionOf(sample)} />);

const words: Record<Sample["chosen"][number], string> = { row: "chosen", first: "the first", longest: "the longest", dearest: "the dearest" };
const captionOf = ({ line, index, chosen, to }: Sample): string => `Row ${count(line ?? (index ?? 0) + 1)}, ${chosen.map((why) => words[why]).join(", ")}: ${to}`;
