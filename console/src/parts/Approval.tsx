import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { count, time } from "../format";
import { useMay } from "../session";
import type { BroadcastView } from "../types";
import { Ask } from "./Ask";
import { Notice, ProblemNotice } from "./Notice";
import { Reason } from "./Reason";

type Decision = "approve" | "reject";

/** How a broadcast stands with its approval; and its approval or rejection, where it waits for one. */
export function Approval({ broadcast, onDone }: { broadcast: BroadcastView; onDone: () => void }) {
  const { approval } = broadcast;
  const mayApprove = useMay("Approve");
  const [asked, setAsked] = useState<Decision | null>(null);
  const [comment, setComment] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!approval) {
    return null;
  }

  async function decide(): Promise<void> {
    setBusy(true);
    const answer = await api.decideBroadcast(broadcast.broadcastId, asked!, comment.trim());
    setBusy(false);
    setAsked(null);
    setProblem(answer.ok ? null : answer.problem);
    onDone();
  }

  return (
    <section aria-label="Approval">
      {approval.status === "awaiting" ? (
        <Notice kind="warn">
          <p>Nothing is sent before another person than {broadcast.createdBy ?? "its sender"} approves it, until {time(broadcast.expiresAt)}.</p>
          {mayApprove && <div class="actions">
            <button type="button" class="main" onClick={() => setAsked("approve")}>Approve</button>
            <button type="button" class="danger" onClick={() => setAsked("reject")}>Reject</button>
          </div>}
        </Notice>
      ) : <p>{words[approval.status]}{approval.by && ` by ${approval.by}`}{approval.at && `, ${time(approval.at)}`}{approval.comment && `: ${approval.comment}`}</p>}
      <ProblemNotice problem={problem} />
      {asked && (
        <Ask
          title={asked === "approve" ? `Send ${count(broadcast.recipientsCount)} texts?` : "Reject this broadcast?"} yes={asked === "approve" ? "Yes, approve it" : "Yes, reject it"} isDangerous={asked === "reject"}
          isBusy={isBusy} onYes={() => void decide()} onNo={() => setAsked(null)}
        >
          <p>{asked === "approve" ? "It goes its way at once, or when it is due." : "It is canceled, and cannot be approved any more."}</p>
          <Reason label="Comment (others see it)" value={comment} onInput={setComment} />
        </Ask>
      )}
    </section>
  );
}

const words: Record<string, string> = { approved: "Approved", rejected: "Rejected", expired: "It was not approved in time", canceled: "Canceled before it was approved" };
