import { useEffect, useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { draft, draftProblem, isEmpty, type Draft } from "../draft/draft";
import { formOf } from "../draft/form";
import { Costs } from "../parts/Costs";
import { Entries } from "../parts/Entries";
import { Notice, ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { SendButton } from "../parts/SendButton";
import { SendTest } from "../parts/SendTest";
import { Texts } from "../parts/Texts";
import { Timing } from "../parts/Timing";
import { Totals } from "../parts/Totals";
import { useMay } from "../session";
import { useStore } from "../store";
import type { PreviewView } from "../types";

/** What would happen, before anything does. */
export function Check() {
  return useMay("Send") ? <CheckOfDraft /> : <Page title="Check"><Notice kind="info">Your role lets you see broadcasts, and send none.</Notice></Page>;
}

function CheckOfDraft() {
  const value = useStore(draft);
  const { preview, problem, isForgotten, again } = usePreview(value);
  if (isEmpty(value)) {
    return <Page title="Check"><p>There is nothing to check. <a href="#/new">Write a broadcast</a></p></Page>;
  }

  return (
    <Page title="Check" actions={value.isSent ? undefined : <a class="button" href="#/new">Change it</a>}>
      {value.isSent && <Notice kind="warn">It was sent, and no answer came. Send it again to know: it will not be sent twice.</Notice>}
      {isForgotten && <Notice kind="bad">The browser no longer has the file. <a href="#/new">Choose it again</a></Notice>}
      {preview === null && problem === null && !isForgotten && <p role="status">Checking…</p>}
      {problem !== null && (
        <>
          <ProblemNotice problem={problem}>{problem.status !== 400 && <button type="button" onClick={again}>Check again</button>}</ProblemNotice>
          <Entries problem={problem} value={value} />
        </>
      )}
      {preview !== null && (
        <>
          {preview.needsApproval && <Notice kind="info">Another person has to approve it before anything is sent.</Notice>}
          <Totals preview={preview} value={value} />
          <Texts value={value} preview={preview} />
          <Costs preview={preview} />
          <Timing preview={preview} value={value} />
          <SendTest value={value} />
        </>
      )}
      {(preview !== null || value.isSent) && <SendButton value={value} recipients={preview?.recipientsCount ?? null} total={preview?.segments.total ?? null} />}
    </Page>
  );
}

function usePreview(value: Draft) {
  const [state, setState] = useState<{ preview: PreviewView | null; problem: Problem | null; isForgotten: boolean }>({ preview: null, problem: null, isForgotten: false });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (isEmpty(value)) {
      return;
    }

    const stop = new AbortController();
    setState({ preview: null, problem: null, isForgotten: false });
    void (async () => {
      const form = await formOf(value);
      const answer = form === null ? null : await api.preview(form, stop.signal);
      if (!stop.signal.aborted) {
        draftProblem.set(answer === null || answer.ok ? null : answer.problem);
        setState(answer === null ? { preview: null, problem: null, isForgotten: true } : answer.ok
          ? { preview: answer.body, problem: null, isForgotten: false }
          : { preview: null, problem: answer.problem, isForgotten: false });
      }
    })();
    return () => stop.abort();
  }, [value.key, value.skipsInvalid, value.textsEach, value.skipsKnownBad, value.hiddenRows, value.numberColumn, value.region, value.smartEncoding, value.literal, tries]);
  return { ...state, again: () => setTries(tries + 1) };
}
