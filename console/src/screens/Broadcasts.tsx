import { useState } from "preact/hooks";
import { api } from "../api";
import { beginDraft, draft, isEmpty } from "../draft/draft";
import { count, counted, time } from "../format";
import { ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Pager, usePages } from "../parts/Pager";
import { Status } from "../parts/Status";
import { Table } from "../parts/Table";
import { useStore } from "../store";
import { broadcastWords } from "../text/words";
import type { BroadcastSummary } from "../types";
import { useLoaded } from "../useLoaded";

const seconds = 10;

export function Broadcasts() {
  const pages = usePages();
  const [wanted, setWanted] = useState("");
  const hasDraft = !isEmpty(useStore(draft));
  const { body, problem } = useLoaded((signal) => api.broadcasts(pages.cursor, signal), [pages.cursor], { every: () => (pages.isFirst ? seconds : 0) });
  const shown = body?.broadcasts.filter((each) => wanted === "" || each.status === wanted) ?? [];
  return (
    <Page title="Broadcasts" actions={<NewBroadcast hasDraft={hasDraft} />}>
      <ProblemNotice problem={problem} />
      {body === null ? problem === null && <p role="status">Loading…</p> : body.broadcasts.length === 0 && pages.isFirst ? <p>Nothing has been sent yet.</p> : (
        <>
          <div class="filter">
            <label for="status">Show</label>
            <select id="status" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)}>
              <option value="">All of this page</option>
              {Object.entries(broadcastWords).map(([status, [name]]) => <option key={status} value={status}>{name}</option>)}
            </select>
          </div>
          {shown.length === 0 ? <p>No broadcast of this page is so.</p> : <Table caption="Newest first" columns={columns} rows={shown} keyOf={(row) => row.broadcastId} />}
          <Pager pages={pages} next={body.next} what="the broadcasts" />
        </>
      )}
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

const columns = [
  { name: "Text", of: (row: BroadcastSummary) => <a class="text" href={`#/broadcasts/${row.broadcastId}`}>{row.message === "" ? "(erased)" : row.message}</a> },
  { name: "Status", of: (row: BroadcastSummary) => <Status words={broadcastWords} status={row.status} /> },
  { name: "Recipients", isNumber: true, of: (row: BroadcastSummary) => count(row.recipientsCount) },
  { name: "Outcome", of: (row: BroadcastSummary) => outcome(row) },
  { name: "Accepted", of: (row: BroadcastSummary) => time(row.createdAt) },
];

function outcome({ counts, recipientsCount, segments }: BroadcastSummary) {
  return counts ? `${count(counts["delivered"] ?? 0)} of ${count(recipientsCount)} delivered` : counted(segments.total, "segment");
}
