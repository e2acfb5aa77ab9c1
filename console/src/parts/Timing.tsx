import type { Draft } from "../draft/draft";
import { away, counted, time } from "../format";
import type { PreviewView } from "../types";
import { Notice } from "./Notice";

export function Timing({ preview: { drain }, value }: { preview: PreviewView; value: Draft }) {
  return (
    <section aria-label="Time">
      <h2>When it is sent</h2>
      <p>
        {value.sendAt === "" ? "It begins at once" : `It begins at ${time(drain.dueAt)}`}
        {drain.estimatedCompletionAt !== null && <>, and the last text is with Twilio {away(drain.estimatedCompletionAt)} ({time(drain.estimatedCompletionAt)})</>}.
      </p>
      {!drain.fitsBeforeExpiry && <Notice kind="warn">{counted(drain.expiring, "text")} cannot be sent before {time(drain.expiresAt)}, and would expire.</Notice>}
      {!drain.fitsTwilioQueue && <Notice kind="warn">It is more than Twilio keeps for this sender: it will be sent piece by piece.</Notice>}
    </section>
  );
}
