import { useState } from "preact/hooks";
import { api } from "../api";
import { recipientWords } from "../text/words";
import type { BroadcastView } from "../types";
import { useLoaded } from "../useLoaded";
import { FindRecipient } from "./FindRecipient";
import { ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";
import { RecipientTable } from "./RecipientTable";

const groups: [string, string][] = [["", "All"], ["waiting", "Waiting"], ["notDelivered", "Ended, but not delivered"]];

/** The recipients, loaded when they are asked for. */
export function RecipientList({ broadcast }: { broadcast: BroadcastView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="box" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Recipient by recipient</summary>
      {isOpen && (
        <>
          <FindRecipient broadcast={broadcast} />
          <List broadcast={broadcast} />
        </>
      )}
    </details>
  );
}

function List({ broadcast }: { broadcast: BroadcastView }) {
  const pages = usePages();
  const [status, setStatus] = useState("");
  const { body, problem, reload } = useLoaded((signal) => api.recipients(broadcast.broadcastId, status, pages.cursor, signal), [broadcast.broadcastId, status, pages.cursor]);
  return (
    <>
      <div class="filter">
        <label for="recipient-status">Show</label>
        <select id="recipient-status" value={status} onChange={(event) => { pages.restart(); setStatus(event.currentTarget.value); }}>
          {groups.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
          {Object.entries(recipientWords).map(([value, [name]]) => <option key={value} value={value}>{name}</option>)}
        </select>
        <button type="button" onClick={reload}>Load again</button>
      </div>
      <ProblemNotice problem={problem} />
      {body !== null && (body.recipients.length === 0 ? <p>No recipient is so.</p> : <RecipientTable caption="Recipients" rows={body.recipients} />)}
      <Pager pages={pages} next={body?.next ?? null} what="the recipients" />
    </>
  );
}
