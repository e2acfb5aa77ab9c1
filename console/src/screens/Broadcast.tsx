import { api } from "../api";
import { cost, count, counted, rate, time, away, segmentsText } from "../format";
import { Approval } from "../parts/Approval";
import { Controls } from "../parts/Controls";
import { Delays } from "../parts/Delays";
import { Errors } from "../parts/Errors";
import { LeftOut } from "../parts/LeftOut";
import { Notice, ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Phone } from "../parts/Phone";
import { RecipientList } from "../parts/RecipientList";
import { Status } from "../parts/Status";
import { Variables } from "../parts/Variables";
import { WhoDidWhat } from "../parts/WhoDidWhat";
import { canaryText } from "../text/canary";
import { durationText } from "../text/duration";
import { quietText } from "../text/quiet";
import { broadcastWords, heldWords, isFinal, meaningOf, recipientWords } from "../text/words";
import type { BroadcastView } from "../types";
import { useLoaded } from "../useLoaded";

const seconds = 2;

export function Broadcast({ id }: { id: string }) {
  const { body, problem, reload } = useLoaded((signal) => api.broadcast(id, signal), [id], { every: ({ status }) => (isFinal(status) ? 0 : seconds) });
  return (
    <Page title="Broadcast" actions={body && <Controls broadcast={body} onDone={reload} />}>
      {problem?.kind !== "offline" && <ProblemNotice problem={problem} />}
      {body === null ? problem === null && <p role="status">Loading…</p> : (
        <>
          <Now broadcast={body} />
          <Approval broadcast={body} onDone={reload} />
          <Counts counts={body.counts} />
          <Errors broadcast={body} />
          <Facts broadcast={body} />
          <RecipientList broadcast={body} />
          <LeftOut broadcast={body} />
          <WhoDidWhat broadcastId={body.broadcastId} />
        </>
      )}
    </Page>
  );
}

function Now({ broadcast }: { broadcast: BroadcastView }) {
  const { progress, status } = broadcast;
  const held = Object.entries(progress.heldFor ?? {});
  return (
    <section aria-label="Progress">
      <p role="status"><Status words={broadcastWords} status={status} /> {meaningOf(broadcastWords, status)}</p>
      {broadcast.pausedBecause && <Notice kind="warn">It paused itself: {broadcast.pausedBecause}</Notice>}
      {broadcast.pauseReason && <Notice kind="warn">It is paused: {broadcast.pauseReason}</Notice>}
      {broadcast.canary && <p>{canaryText(broadcast.canary)}</p>}
      {broadcast.heldFor && <Notice kind="warn">Nothing of it is sent: {heldWords[broadcast.heldFor] ?? broadcast.heldFor}.</Notice>}
      <progress aria-label="Recipients with a final status" max={Math.max(1, progress.total)} value={progress.final}>{progress.percent} %</progress>
      <p>{count(progress.final)} of {count(progress.total)} have a final status ({progress.percent} %).</p>
      {!isFinal(status) && (
        <p class="hint">
          {rate(progress.messagesPerSecond)} texts a second{progress.estimatedCompletionAt && <>, all with Twilio {away(progress.estimatedCompletionAt)}</>}.
          {progress.countedAt && <> Counted {away(progress.countedAt)}.</>}
        </p>
      )}
      {progress.expiring && <Notice kind="warn">About {counted(progress.expiring, "text")} cannot be sent before {time(broadcast.expiresAt)}, and would expire.</Notice>}
      <Delays delays={progress.delays} />
      {held.map(([why, number]) => <p key={why}>{count(number)} wait, because {heldWords[why] ?? why}.</p>)}
    </section>
  );
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const known = Object.keys(recipientWords);
  const shown = Object.entries(counts).filter(([, number]) => number > 0).sort(([a], [b]) => known.indexOf(a) - known.indexOf(b));
  return shown.length === 0 ? null : (
    <section aria-label="Recipients by status">
      <h2>Recipients</h2>
      <ul class="counts">
        {shown.map(([status, number]) => (
          <li key={status} data-status={status}><strong>{count(number)}</strong> <Status words={recipientWords} status={status} /><span class="hint">{meaningOf(recipientWords, status)}</span></li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ broadcast }: { broadcast: BroadcastView }) {
  const facts: [string, string | undefined][] = [
    ["Cost so far", cost(broadcast.costSoFar)],
    ["Segments", segmentsText(broadcast.segments)],
    ["Media", broadcast.mediaUrls && count(broadcast.mediaUrls.length)],
    ["Content template", broadcast.contentSid],
    ["Links", broadcast.shortenUrls && "shortened by Twilio"],
    ["Clicks", broadcast.clicks && (broadcast.clicks.total === 0 ? "none so far" : `${count(broadcast.clicks.total)}, by ${counted(broadcast.clicks.recipients, "recipient")}`)],
    ["Accepted", `${time(broadcast.createdAt)}${broadcast.createdBy ? ` by ${broadcast.createdBy}` : ""}`],
    ["Profile", broadcast.profile],
    ["Due", broadcast.sendAt && time(broadcast.sendAt)],
    ["Priority", broadcast.priority && "before others"],
    ["Spread over", broadcast.sendOver && durationText(broadcast.sendOver)],
    ["Quiet hours", broadcast.quietHours && quietText(broadcast.quietHours)],
    ["Expires", time(broadcast.expiresAt)],
    ["First and last text", broadcast.firstSentAt ? `${time(broadcast.firstSentAt)}, ${time(broadcast.lastSentAt)}` : undefined],
    ["Duplicates left out", broadcast.duplicatesRemoved > 0 ? count(broadcast.duplicatesRemoved) : undefined],
    ["Opted out before", broadcast.optedOut > 0 ? count(broadcast.optedOut) : undefined],
    ["Id", broadcast.broadcastId],
  ];
  return (
    <section aria-label="About it" class="beside">
      <dl>{facts.filter(([, value]) => value !== undefined).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {broadcast.contentSid && !broadcast.erasedAt ? <Template {...broadcast} /> : <Phone text={broadcast.erasedAt ? "(erased)" : broadcast.message === "" ? "(media alone)" : broadcast.message} caption="The text" />}
    </section>
  );
}

const Template = ({ contentVariables }: BroadcastView) => (
  <div>
    <p>Twilio makes the text from the content template. The text, its segments and its price are not known here.</p>
    {contentVariables && <Variables all={Object.entries(contentVariables)} caption="The variables" />}
  </div>
);
