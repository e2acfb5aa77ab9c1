import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { away, count, counted, rate, time } from "../format";
import { Ask } from "../parts/Ask";
import { Doctor } from "../parts/Doctor";
import { Notice, ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Readiness } from "../parts/Readiness";
import { Reason } from "../parts/Reason";
import { Status } from "../parts/Status";
import { WhoDidWhat } from "../parts/WhoDidWhat";
import { useMay } from "../session";
import { stateWords } from "../text/words";
import type { SendingView } from "../types";
import { useLoaded } from "../useLoaded";

const seconds = 5;

export function Sending() {
  const mayManage = useMay("Manage");
  const { body, problem, reload } = useLoaded((signal) => api.sending(signal), [], { every: () => seconds });
  return (
    <Page title="Sending" actions={mayManage && body && <Switch sending={body} onDone={reload} />}>
      {problem?.kind !== "offline" && <ProblemNotice problem={problem} />}
      {body === null ? problem === null && <p role="status">Loading…</p> : <State sending={body} />}
      <Readiness />
      <WhoDidWhat />
      {mayManage && <Doctor />}
    </Page>
  );
}

function State({ sending }: { sending: SendingView }) {
  const { circuitBreaker: breaker, pausedBroadcasts: paused, queue, reconciliation } = sending;
  return (
    <section aria-label="State">
      <p role="status" class="total"><Status words={stateWords} status={sending.status} /></p>
      {sending.status === "suspended" && (
        <Notice kind="bad">
          <p>Nothing is sent: {sending.reason}{sending.code ? ` (code ${sending.code})` : ""}, since {time(sending.since)}.</p>
          {sending.nextProbeAt && <p>One message finds out {away(sending.nextProbeAt)} whether it has ended by itself.</p>}
        </Notice>
      )}
      {sending.status === "running" && (sending.profiles ?? []).filter((each) => each.status === "suspended").map((each) => (
        <Notice kind="bad" key={each.profile}>The profile {each.profile} sends nothing: {each.reason}{each.code ? ` (code ${each.code})` : ""}, since {time(each.since)}.</Notice>
      ))}
      {breaker.status === "open" && <Notice kind="warn">Twilio does not answer: {breaker.reason ?? "calls fail"}. The next message tries again {breaker.nextProbeAt ? away(breaker.nextProbeAt) : "soon"}.</Notice>}
      {reconciliation?.status === "running" && <Notice kind="info">After a restore of storage, what waits is compared with Twilio: {counted(reconciliation.broadcastsDone, "broadcast")} done.</Notice>}
      <dl>
        <div><dt>Rate</dt><dd>{rate(sending.segmentsPerSecond)} segments a second</dd></div>
        <div><dt>Texts in the queue</dt><dd>{queue ? count(queue.messages) : "The queue does not answer"}</dd></div>
        <div><dt>The oldest of them waits</dt><dd>{queue?.oldestSince ? <>since {time(queue.oldestSince)} ({away(queue.oldestSince)})</> : "–"}</dd></div>
        <div><dt>Twilio</dt><dd>{breaker.status === "open" ? "Does not answer: calls are stopped" : "Is called"}</dd></div>
        <div><dt>Calls to Twilio under way</dt><dd>{count(sending.callsInFlight)}</dd></div>
        <div><dt>Paused broadcasts</dt><dd>{paused.length === 0 ? "None" : <ul class="errors">{paused.map((id) => <li key={id}><a href={`#/broadcasts/${id}`}>{id}</a></li>)}</ul>}</dd></div>
      </dl>
    </section>
  );
}

function Switch({ sending, onDone }: { sending: SendingView; onDone: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const isSuspended = sending.status === "suspended";

  async function act(): Promise<void> {
    setBusy(true);
    const answer = await (isSuspended ? api.resume() : api.suspend(reason.trim()));
    setBusy(false);
    setAsking(false);
    setProblem(answer.ok ? null : answer.problem);
    onDone();
  }

  return (
    <>
      <button type="button" class={isSuspended ? "main" : "danger"} onClick={() => setAsking(true)}>{isSuspended ? "Resume all sending" : "Suspend all sending"}</button>
      <ProblemNotice problem={problem} />
      {isAsking && (
        <Ask title={isSuspended ? "Resume all sending?" : "Suspend all sending?"} yes={isSuspended ? "Yes, resume" : "Yes, suspend"} isDangerous={!isSuspended} isBusy={isBusy} onYes={() => void act()} onNo={() => setAsking(false)}>
          {isSuspended
            ? <p>It is suspended because: {sending.reason}. Resume it when that is over. Texts that wait are sent then.</p>
            : (
              <>
                <p>No text of any broadcast is sent until it is resumed. Calls to Twilio that are under way finish.</p>
                <Reason value={reason} onInput={setReason} />
              </>
            )}
        </Ask>
      )}
    </>
  );
}
