import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { beginDraft, copyOf } from "../draft/draft";
import { takeFile } from "../draft/takeFile";
import { counted } from "../format";
import { saveBlob } from "../list/save";
import { go } from "../route";
import { isFinal } from "../text/words";
import { useMay } from "../session";
import type { BroadcastView } from "../types";
import { adviceOn } from "../text/advice";
import { useBeginDraft } from "./BeginDraft";
import { ProblemNotice } from "./Notice";

/** Who surely did not get it. Not `unknown`: no final word came, and they may have got it. */
const missed = ["undelivered", "failed", "rejected", "expired", "canceled"];

/** Why recipients did not get it, and what can be done for them. */
export function Errors({ broadcast }: { broadcast: BroadcastView }) {
  const maySend = useMay("Send");
  const [problem, setProblem] = useState<Problem | null>(null);
  const { begin, question } = useBeginDraft();
  const without = missed.reduce((sum, status) => sum + (broadcast.counts[status] ?? 0), 0);
  const failed = broadcast.counts["rejected"] ?? 0; // by status: the poison message follows it by a moment

  async function results(status: string): Promise<Blob | null> {
    const answer = await api.results(broadcast.broadcastId, status);
    setProblem(answer.ok ? null : answer.problem);
    return answer.ok ? answer.body : null;
  }

  async function again(): Promise<void> {
    const blob = await results(missed.join(","));
    if (blob !== null) {
      beginDraft(copyOf(broadcast));
      await takeFile(new File([blob], "not-delivered.csv", { type: "text/csv;charset=utf-8" }));
      go("new");
    }
  }

  return (
    <section aria-label="Outcome">
      {broadcast.errors.length > 0 && (
        <>
          <h2>Why some did not get it</h2>
          <ul class="errors">{broadcast.errors.map(({ code, meaning, recipients }) => <li key={code}><strong>{counted(recipients, "recipient")}</strong>: {meaning} (code {code}). <span class="hint">{adviceOn(code)}</span></li>)}</ul>
        </>
      )}
      <ProblemNotice problem={problem} />
      {question}
      <div class="actions">
        {maySend && without > 0 && isFinal(broadcast.status) && !broadcast.erasedAt && <button type="button" onClick={() => begin(() => void again())}>Text the {counted(without, "person", "people")} who did not get it</button>}
        {failed > 0 && <a class="button" href={`#/problems?broadcast=${broadcast.broadcastId}`}>What failed for good</a>}
        <button type="button" onClick={() => void results("").then((blob) => blob && saveBlob(`results-${broadcast.broadcastId}.csv`, blob))}>Save the results as a file</button>
      </div>
    </section>
  );
}
