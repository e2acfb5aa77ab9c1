import { useRef, useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { beginDraft, change, renewDraft, type Draft } from "../draft/draft";
import { formOf } from "../draft/form";
import { counted } from "../format";
import { goInstead } from "../route";
import { isRefused } from "../text/problems";
import { Ask } from "./Ask";
import { ProblemNotice } from "./Notice";

/** Above this many texts, the button asks once more. */
const askAbove = 100;

/** Sends the draft, under its key: clicked twice, or after a reload, it is still one broadcast. */
export function SendButton({ value, recipients, total }: { value: Draft; recipients: number | null; total: number | null }) {
  const isBusy = useRef(false);
  const [state, setState] = useState<"ready" | "asking" | "sending">("ready");
  const [problem, setProblem] = useState<Problem | null>(null);
  const label = recipients === null ? "Send it again" : `Send ${counted(recipients, "text")}`;

  async function send(): Promise<void> {
    if (isBusy.current) {
      return;
    }

    isBusy.current = true;
    setState("sending");
    setProblem(null);
    const form = await formOf(value);
    change({ isSent: true });
    const answer = form === null ? null : await api.send(form, value.key);
    isBusy.current = false;
    setState("ready");
    if (answer?.ok) {
      goInstead(`broadcasts/${answer.body.broadcastId}`);
      beginDraft();
    } else if (answer !== null) {
      setProblem(answer.problem);
      if (isRefused(answer.problem)) {
        change({ isSent: false });
      }
    }
  }

  return (
    <section aria-label="Send" class="send">
      <ProblemNotice problem={problem}>
        {problem?.kind.startsWith("idempotency-key") && <button type="button" onClick={() => void renewDraft().then(() => setProblem(null))}>It was not sent: make it a new broadcast</button>}
      </ProblemNotice>
      <button type="button" class="main big" disabled={state === "sending" || recipients === 0} onClick={() => (recipients !== null && recipients > askAbove ? setState("asking") : void send())}>
        {state === "sending" ? "Sending…" : label}
      </button>
      {state === "asking" && (
        <Ask title={`Send ${counted(recipients ?? 0, "text")}?`} yes={`Yes, send ${counted(recipients ?? 0, "text")}`} onYes={() => void send()} onNo={() => setState("ready")}>
          <p>{counted(recipients ?? 0, "person", "people")} will get it{total !== null && <>, {counted(total, "segment")} in all</>}. Texts that Twilio has taken cannot be taken back.</p>
        </Ask>
      )}
    </section>
  );
}
