import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { beginDraft, copyOf, draft, isEmpty } from "../draft/draft";
import { count, time } from "../format";
import { useBeginDraft } from "../parts/BeginDraft";
import { ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Outcome } from "../parts/Outcome";
import { Pager, usePages } from "../parts/Pager";
import { Status } from "../parts/Status";
import { Table } from "../parts/Table";
import { go } from "../route";
import { useMay } from "../session";
import { useStore } from "../store";
import { broadcastWords, nameOf } from "../text/words";
import type { BroadcastSummary } from "../types";
import { useLoaded } from "../useLoaded";

const seconds = 10;

export function Broadcasts() {
  const pages = usePages();
  const [wanted, setWanted] = useState("");
  const [text, setText] = useState("");
  const hasDraft = !isEmpty(useStore(draft));
  const { body, problem } = useLoaded((signal) => api.broadcasts(wanted, text, pages.cursor, signal), [wanted, text, pages.cursor], { every: () => (pages.isFirst ? seconds : 0) });
  const maySend = useMay("Send");
  const { begin, question } = useBeginDraft();
  const [unread, setUnread] = useState<Problem | null>(null);
  const isFiltered = wanted !== "" || text !== "";

  // The list has no variables of a content template.
  async function duplicate(row: BroadcastSummary): Promise<void> {
    const answer = await api.broadcast(row.broadcastId);
    setUnread(answer.ok ? null : answer.problem);
    if (answer.ok) {
      beginDraft(copyOf(answer.body));
      go("new");
    }
  }

  function search(event: Event): void {
    event.preventDefault();
    pages.restart();
    setText(new FormData(event.currentTarget as HTMLFormElement).get("text") as string);
  }

  return (
    <Page title="Broadcasts" actions={maySend && <NewBroadcast hasDraft={hasDraft} />}>
      <ProblemNotice problem={problem ?? unread} />
      <form class="filter" onSubmit={search}>
        <label for="status">Show</label>
        <select id="status" value={wanted} onChange={(event) => { pages.restart(); setWanted(event.currentTarget.value); }}>
          <option value="">All</option>
          {statuses.map((status) => <option key={status} value={status}>{nameOf(broadcastWords, status)}</option>)}
        </select>
        <label for="text">with the words</label>
        <input id="text" name="text" type="search" maxLength={100} />
        <button>Search</button>
      </form>
      {body === null ? problem === null && <p role="status">Loading…</p>
        : body.broadcasts.length === 0 && pages.isFirst ? <p>{isFiltered ? "No broadcast is so." : "Nothing has been sent yet."}</p>
        : <Table caption="Newest first" columns={maySend ? [...columns(body.broadcasts), again((row) => begin(() => void duplicate(row)))] : columns(body.broadcasts)} rows={body.broadcasts} keyOf={(row) => row.broadcastId} />}
      <Pager pages={pages} next={body?.next ?? null} what="the broadcasts" />
      {question}
    </Page>
  );
}

function NewBroadcast({ hasDraft }: { hasDraft: boolean }) {
  return hasDraft ? (
    <>
      <a class="button main" href="#/new">Go on with the draft</a>
      <a class="button" href="#/new" onClick={() => beginDraft()}>Discard it and begin anew</a>
    </>
  ) : <a class="button main" href="#/new">New broadcast</a>;
}

// Those that the API filters by.
const statuses = ["scheduled", "awaitingApproval", "preparing", "sending", "paused", "canceling", "finishing", "completed", "canceled"];

/** A list counts no recipients: of so many broadcasts that are under way, each is asked how far it is. */
const mostFollowed = 5;
const underWay = ["preparing", "sending", "paused", "canceling", "finishing"];

function columns(rows: BroadcastSummary[]) {
  const followed = new Set(rows.filter(({ status }) => underWay.includes(status)).slice(0, mostFollowed).map(({ broadcastId }) => broadcastId));
  return [
    { name: "Text", of: (row: BroadcastSummary) => <a class="text" href={`#/broadcasts/${row.broadcastId}`}>{row.message !== "" ? row.message : row.contentSid ? "(content template)" : row.mediaUrls ? "(media)" : "(erased)"}</a> },
    { name: "Status", of: (row: BroadcastSummary) => <Status words={broadcastWords} status={row.status} /> },
    { name: "Recipients", isNumber: true, of: (row: BroadcastSummary) => count(row.recipientsCount) },
    { name: "Outcome", of: (row: BroadcastSummary) => <Outcome row={row} isFollowed={followed.has(row.broadcastId)} /> },
    { name: "Accepted", of: (row: BroadcastSummary) => <>{time(row.createdAt)}{row.createdBy && <span class="hint"> by {row.createdBy}</span>}</> },
  ];
}

const again = (onAgain: (row: BroadcastSummary) => void) => ({
  name: "Again", of: (row: BroadcastSummary) => (row.message !== "" || row.mediaUrls || row.contentSid) && <button type="button" class="small" onClick={() => onAgain(row)}>Duplicate</button>,
});
