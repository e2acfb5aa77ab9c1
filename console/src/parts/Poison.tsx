import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { count, counted, time } from "../format";
import { useMay } from "../session";
import { skippedWords } from "../text/words";
import type { PoisonMessage } from "../types";
import { Ask } from "./Ask";
import { Notice, ProblemNotice } from "./Notice";
import { Table } from "./Table";

interface Result { replayed: number; skipped: Record<string, number> }

/** Messages that failed for good, by reason; those that are chosen are sent again. */
export function Poison({ messages, broadcast, onDone }: { messages: PoisonMessage[]; broadcast: string; onDone: () => void }) {
  const mayManage = useMay("Manage");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState<"chosen" | "all" | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const replayable = messages.filter(({ source, replayedAt }) => source === "bulkSms" && !replayedAt);
  const reasons = [...Map.groupBy(replayable, ({ reason }) => reason)];

  function choose(ids: string[], isChosen: boolean): void {
    setChosen(new Set(isChosen ? [...chosen, ...ids] : [...chosen].filter((id) => !ids.includes(id))));
  }

  async function replay(): Promise<void> {
    setBusy(true);
    const total: Result = { replayed: 0, skipped: {} };
    for (let cursor: string | null = ""; cursor !== null;) {
      const answer = await api.replay(isAsking === "all" ? { broadcastId: broadcast, ...(cursor ? { cursor } : {}) } : { ids: [...chosen] });
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) {
        break;
      }

      total.replayed += answer.body.replayed;
      Object.entries(answer.body.skipped).forEach(([why, number]) => (total.skipped[why] = (total.skipped[why] ?? 0) + number));
      cursor = isAsking === "all" ? answer.body.next : null;
    }

    setResult(total);
    setChosen(new Set());
    setBusy(false);
    setAsking(null);
    onDone();
  }

  return (
    <>
      <ProblemNotice problem={problem} />
      {result && (
        <Notice kind="good">
          {counted(result.replayed, "text")} will be sent again.{Object.entries(result.skipped).map(([why, number]) => ` ${count(number)} left: ${skippedWords[why] ?? why}.`)}
        </Notice>
      )}
      {mayManage && reasons.length > 1 && (
        <div class="chips" role="group" aria-label="Choose by reason">
          {reasons.map(([reason, of]) => <button type="button" class="chip" key={reason} onClick={() => choose(of.map(({ id }) => id), true)}>Choose {counted(of.length, "text")}: {reason}</button>)}
        </div>
      )}
      {mayManage && <div class="actions">
        <button type="button" disabled={replayable.length === 0} onClick={() => choose(replayable.map(({ id }) => id), chosen.size < replayable.length)}>
          {chosen.size < replayable.length || replayable.length === 0 ? "Choose all of this page" : "Choose none"}
        </button>
        <button type="button" class="main" disabled={chosen.size === 0 || isBusy} onClick={() => setAsking("chosen")}>Send {counted(chosen.size, "text")} again</button>
        {broadcast && <button type="button" disabled={isBusy} onClick={() => setAsking("all")}>Send all of this broadcast again</button>}
      </div>}
      <Table caption="Newest broadcast first" columns={mayManage ? columns(chosen, choose) : columns(chosen, choose).slice(1)} rows={messages} keyOf={(row) => row.id} />
      {isAsking && (
        <Ask title="Send them again?" yes="Yes, send again" isBusy={isBusy} onYes={() => void replay()} onNo={() => setAsking(null)}>
          <p>{isAsking === "all" ? "Each text of this broadcast that failed for good" : counted(chosen.size, "text")} is tried once more, and costs as before. What failed for a reason that has not gone will fail again.</p>
        </Ask>
      )}
    </>
  );
}

const columns = (chosen: ReadonlySet<string>, choose: (ids: string[], isChosen: boolean) => void) => [
  { name: "Choose", of: (row: PoisonMessage) => (row.source === "bulkSms" && !row.replayedAt
    ? <input type="checkbox" aria-label={`Choose ${row.to ?? row.id}`} checked={chosen.has(row.id)} onChange={(event) => choose([row.id], event.currentTarget.checked)} />
    : row.replayedAt ? "sent again" : "–") },
  { name: "Number", of: (row: PoisonMessage) => row.to ?? "–" },
  { name: "Why", of: (row: PoisonMessage) => `${row.reason}${row.code ? ` (${row.code})` : ""}` },
  { name: "When", of: (row: PoisonMessage) => time(row.at) },
  { name: "Broadcast", of: (row: PoisonMessage) => (row.broadcastId ? <a href={`#/broadcasts/${row.broadcastId}`}>Open</a> : "–") },
];
