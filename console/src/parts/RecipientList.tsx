import { useState } from "preact/hooks";
import { api } from "../api";
import { time } from "../format";
import { heldWords, recipientWords } from "../text/words";
import type { BroadcastView, RecipientView } from "../types";
import { useLoaded } from "../useLoaded";
import { ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";
import { Status } from "./Status";
import { Table } from "./Table";

const groups: [string, string][] = [["", "All"], ["waiting", "Waiting"], ["notDelivered", "Ended, but not delivered"]];

/** The recipients, loaded when they are asked for. */
export function RecipientList({ broadcast }: { broadcast: BroadcastView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="box" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Recipient by recipient</summary>
      {isOpen && <List broadcast={broadcast} />}
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
      {body !== null && (body.recipients.length === 0 ? <p>No recipient is so.</p> : <Table caption="Recipients" columns={columns} rows={body.recipients} keyOf={({ to, line, index }) => `${to} ${line ?? index ?? ""}`} />)}
      <Pager pages={pages} next={body?.next ?? null} what="the recipients" />
    </>
  );
}

const columns = [
  { name: "Number", of: (row: RecipientView) => <>{row.to}{row.reference && <span class="hint"> {row.reference}</span>}</> },
  { name: "Status", of: (row: RecipientView) => <Status words={recipientWords} status={row.status} /> },
  { name: "Why", of: (row: RecipientView) => why(row) },
  { name: "Sent", of: (row: RecipientView) => time(row.sentAt) },
  { name: "Changed", of: (row: RecipientView) => time(row.updatedAt) },
];

const why = ({ heldFor, reason, code }: RecipientView): string => (heldFor ? heldWords[heldFor] ?? heldFor : reason ? `${reason}${code ? ` (${code})` : ""}` : "");
