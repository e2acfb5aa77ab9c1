import { api } from "../api";
import type { Draft } from "../draft/draft";
import { away, counted, time } from "../format";
import { durationText } from "../text/duration";
import type { PreviewView } from "../types";
import { useLoaded } from "../useLoaded";
import { Delays } from "./Delays";
import { Notice } from "./Notice";

const seconds = 10;

export function Timing({ preview: { drain }, value }: { preview: PreviewView; value: Draft }) {
  return (
    <section aria-label="Time">
      <h2>When it is sent</h2>
      <p>
        {value.sendAt === "" ? "It begins at once" : `It begins at ${time(drain.dueAt)}`}
        {drain.estimatedCompletionAt !== null && <>, and the last text is with Twilio by {time(drain.estimatedCompletionAt)} ({away(drain.estimatedCompletionAt)})</>}.
      </p>
      {value.sendOver && <p>Its texts are spread over {durationText(value.sendOver)}.</p>}
      {!drain.fitsBeforeExpiry && <Notice kind="warn">{counted(drain.expiring, "text")} cannot be sent before {time(drain.expiresAt)}, and would expire.</Notice>}
      {!drain.fitsTwilioQueue && <Notice kind="warn">It is more than Twilio keeps for this sender: it will be sent piece by piece.</Notice>}
      {drain.queuedSegments !== null && drain.queuedSegments > 0 && <Notice kind="info">About {counted(drain.queuedSegments, "segment")} of other broadcasts wait already, and go first: that is counted in.</Notice>}
      <Delays delays={drain.delays} />
      <InTheWay value={value} />
    </section>
  );
}

/** What keeps its texts waiting now: it may be sent all the same. */
function InTheWay({ value }: { value: Draft }) {
  const { body } = useLoaded((signal) => api.sending(signal), [], { every: () => seconds });
  return (
    <>
      {value.quietFrom && value.quietTo && <p>From {value.quietFrom} to {value.quietTo}, by each recipient's clock, nothing is sent.</p>}
      {body?.status === "suspended" && <Notice kind="warn">All sending is suspended: {body.reason}. Its texts wait until <a href="#/sending">sending is resumed</a>.</Notice>}
      {body?.circuitBreaker.status === "open" && <Notice kind="warn">Twilio does not answer at the moment. Its texts wait until it does.</Notice>}
    </>
  );
}
