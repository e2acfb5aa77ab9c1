import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { beginDraft, copyOf } from "../draft/draft";
import { count, counted } from "../format";
import { go } from "../route";
import { useMay } from "../session";
import type { BroadcastView } from "../types";
import { Ask } from "./Ask";
import { useBeginDraft } from "./BeginDraft";
import { ProblemNotice } from "./Notice";

const underWay = ["scheduled", "preparing", "sending"];

export function Controls({ broadcast, onDone }: { broadcast: BroadcastView; onDone: () => void }) {
  const { status } = broadcast;
  const [maySend, mayManage] = [useMay("Send"), useMay("Manage")];
  const [busy, setBusy] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { begin, question } = useBeginDraft();

  async function control(what: "pause" | "resume" | "cancel"): Promise<void> {
    setBusy(what);
    const answer = await api.control(broadcast.broadcastId, what);
    setProblem(answer.ok ? null : answer.problem);
    setBusy(null);
    setAsking(false);
    onDone();
  }

  function duplicate(): void {
    beginDraft(copyOf(broadcast));
    go("new");
  }

  return (
    <>
      {mayManage && underWay.includes(status) && <button type="button" disabled={busy !== null} onClick={() => void control("pause")}>Pause</button>}
      {mayManage && status === "paused" && <button type="button" class="main" disabled={busy !== null} onClick={() => void control("resume")}>Resume</button>}
      {mayManage && [...underWay, "paused", "awaitingApproval"].includes(status) && <button type="button" class="danger" disabled={busy !== null} onClick={() => setAsking(true)}>Cancel it</button>}
      {maySend && !broadcast.erasedAt && <button type="button" onClick={() => begin(duplicate)}>Duplicate</button>}
      {question}
      <ProblemNotice problem={problem} />
      {isAsking && (
        <Ask title="Cancel this broadcast?" yes="Yes, cancel it" isDangerous isBusy={busy !== null} onYes={() => void control("cancel")} onNo={() => setAsking(false)}>
          <p>{taken(broadcast)}</p>
        </Ask>
      )}
    </>
  );
}

// What waits is not sent, also where its row is not written yet; what Twilio has is out of reach.
function taken({ counts, progress }: BroadcastView): string {
  const gone = Object.values(counts).reduce((sum, each) => sum + each, 0) - (counts["pending"] ?? 0);
  const waiting = Math.max(0, progress.total - gone);
  return `${counted(waiting, "waiting text")} will not be sent. ${gone === 0 ? "None has been sent so far." : `${count(gone)} are with Twilio or have ended, and cannot be stopped.`} A canceled broadcast cannot be resumed.`;
}
