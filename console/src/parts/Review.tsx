import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { time } from "../format";
import { useMay } from "../session";
import type { Decision, ReviewEntry } from "../types";
import { useLoaded } from "../useLoaded";
import { Notice, ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";

/** Replies that may be an opt-out. What waits for these phones is held until a person decides. */
export function Review() {
  const pages = usePages();
  const mayManage = useMay("Manage");
  const { body, problem, reload } = useLoaded((signal) => api.review(pages.cursor, signal), [pages.cursor]);
  const [done, setDone] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);

  async function decide(entry: ReviewEntry, decision: Decision): Promise<void> {
    const answer = await api.decide(entry.phone, decision, entry.messages.at(-1)?.sid ?? undefined);
    setRefused(answer.ok ? null : answer.problem);
    setDone(answer.ok ? outcomes[decision] : null);
    reload();
  }

  return (
    <section aria-label="Replies to review">
      <h2>Replies to review</h2>
      <ProblemNotice problem={problem ?? refused} />
      {done && <Notice kind="good">{done}</Notice>}
      {body?.entries.length === 0 && pages.isFirst && <p>No reply waits for a decision.</p>}
      {body?.entries.map((entry) => (
        <article class="box" key={entry.phone}>
          <h3>{entry.phone}</h3>
          <p class="hint">{entry.reason === "start" ? "Wants texts again, but was put on the opt-out list by hand or by a file." : "May want no more texts."} Since {time(entry.since)}.</p>
          {entry.messages.map(({ sid, at, text }) => <blockquote key={sid ?? at}>{text}<span class="hint"> {time(at)}</span></blockquote>)}
          {mayManage && <div class="actions">
            <button type="button" class="danger" onClick={() => void decide(entry, "optOut")}>Opt out</button>
            {entry.reason === "start" && <button type="button" onClick={() => void decide(entry, "optIn")}>Text again</button>}
            <button type="button" onClick={() => void decide(entry, "dismiss")}>Leave as it is</button>
          </div>}
        </article>
      ))}
      <Pager pages={pages} next={body?.next ?? null} what="the replies" />
    </section>
  );
}

const outcomes: Record<Decision, string> = {
  optOut: "The phone is opted out. What waited for it is not sent.",
  dismiss: "The list stays as it is. What was held is sent.",
  optIn: "The phone is off the opt-out list.",
};
