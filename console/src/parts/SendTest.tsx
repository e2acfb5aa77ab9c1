import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import type { Draft } from "../draft/draft";
import { testForm } from "../draft/form";
import { useList } from "../draft/useList";
import { nameOf } from "../text/places";
import { inConsoleWords, sentenceOf, sentencesAt } from "../text/problems";
import { Field } from "./Field";
import { Notice } from "./Notice";

/** Sends the text of the first row to one's own phone, as a test: the list of broadcasts does not show it. */
export function SendTest({ value }: { value: Draft }) {
  const list = useList(value);
  const [to, setTo] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [sent, setSent] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setSent(null);
    const form = await testForm(value, list, to.trim());
    const answer = form === null ? null : await api.test(form, crypto.randomUUID());
    setBusy(false);
    setProblem(answer === null || answer.ok ? null : answer.problem);
    setSent(answer?.ok ? answer.body.broadcastId : null);
  }

  const errors = problem === null ? [] : errorsOf(problem);
  return (
    <details class="box">
      <summary>Send me a test</summary>
      <form onSubmit={(event) => void send(event)} noValidate>
        <Field id="test-to" label="Your own number" hint="You get the text of the first row, now. It costs one text." errors={errors}>
          {(control) => <input {...control} type="tel" autocomplete="tel" value={to} onInput={(event) => setTo(event.currentTarget.value)} />}
        </Field>
        <button disabled={isBusy || to.trim() === ""}>{isBusy ? "Sending…" : "Send the test"}</button>
        {sent && <Notice kind="good">The test is on its way. <a href={`#/broadcasts/${sent}`}>See how it goes</a></Notice>}
      </form>
    </details>
  );
}

// The number is sent as a recipient, too: what is wrong with it is told once.
function errorsOf(problem: Problem): string[] {
  const ofNumber = sentencesAt(problem, "testTo");
  return ofNumber.length > 0 ? ofNumber : [sentenceOf(problem), ...Object.entries(problem.errors ?? {}).flatMap(([place, errors]) => errors.map((error) => `${nameOf(place)}: ${inConsoleWords(error)}`))];
}
