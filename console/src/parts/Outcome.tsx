import { api } from "../api";
import { cost, count, segmentsText } from "../format";
import { isFinal } from "../text/words";
import type { BroadcastSummary, CostView } from "../types";
import { useLoaded } from "../useLoaded";

const seconds = 10;

/** What a broadcast of the list came to, and what it cost; of one that is under way, how far it is. */
export function Outcome({ row, isFollowed }: { row: BroadcastSummary; isFollowed: boolean }) {
  const { counts, recipientsCount, segments, costSoFar } = row;
  return isFollowed ? <SoFar row={row} />
    : counts ? <End counts={counts} total={recipientsCount} cost={costSoFar} />
    : <>{segmentsText(segments)}</>;
}

function SoFar({ row }: { row: BroadcastSummary }) {
  const { body } = useLoaded((signal) => api.broadcast(row.broadcastId, signal), [row.broadcastId], { every: ({ status }) => (isFinal(status) ? 0 : seconds) });
  return body === null ? <>{segmentsText(row.segments)}</> : isFinal(body.status) ? <End counts={body.counts} total={body.recipientsCount} cost={body.costSoFar} /> : (
    <>
      <progress class="short" aria-label="Recipients with a final status" max={Math.max(1, body.progress.total)} value={body.progress.final} /> {count(body.progress.final)} of {count(body.progress.total)} at their end
      <Cost value={body.costSoFar} />
    </>
  );
}

const End = ({ counts, total, cost: value }: { counts: Record<string, number>; total: number; cost: CostView | undefined }) => <>{count(counts["delivered"] ?? 0)} of {count(total)} delivered<Cost value={value} /></>;

const Cost = ({ value }: { value: CostView | undefined }) => (value ? <span class="hint"> {cost(value)}</span> : null);
