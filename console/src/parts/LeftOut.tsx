import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { saveBlob } from "../list/save";
import type { BroadcastView } from "../types";
import { useLoaded } from "../useLoaded";
import { ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";
import { columns, placeOf } from "./Skipped";
import { Table } from "./Table";

/** The entries of the list that are no recipients, loaded when they are asked for. */
export function LeftOut({ broadcast }: { broadcast: BroadcastView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="box" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Left out of the list</summary>
      {isOpen && <List broadcast={broadcast} />}
    </details>
  );
}

function List({ broadcast: { broadcastId } }: { broadcast: BroadcastView }) {
  const pages = usePages();
  const { body, problem } = useLoaded((signal) => api.skipped(broadcastId, pages.cursor, signal), [broadcastId, pages.cursor]);
  const [refused, setRefused] = useState<Problem | null>(null);

  async function save(): Promise<void> {
    const answer = await api.skippedFile(broadcastId);
    setRefused(answer.ok ? null : answer.problem);
    if (answer.ok) {
      saveBlob(`left-out-${broadcastId}.csv`, answer.body);
    }
  }

  return (
    <>
      <ProblemNotice problem={problem ?? refused} />
      {body !== null && (body.skipped.length === 0 && pages.isFirst ? <p>No entry was left out.</p> : (
        <>
          <Table caption="Entries that are no recipients" columns={columns} rows={body.skipped} keyOf={placeOf} />
          <button type="button" onClick={() => void save()}>Save all of them as a file</button>
        </>
      ))}
      <Pager pages={pages} next={body?.next ?? null} what="what was left out" />
    </>
  );
}
