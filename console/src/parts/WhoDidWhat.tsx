import { useState } from "preact/hooks";
import { api } from "../api";
import { count, counted, time } from "../format";
import { actionWords } from "../text/words";
import { useMay } from "../session";
import type { AuditEntry } from "../types";
import { useLoaded } from "../useLoaded";
import { ProblemNotice } from "./Notice";
import { Pager, usePages } from "./Pager";
import { Table } from "./Table";

/** What callers did, with one broadcast or with all there is, loaded when it is asked for. */
export function WhoDidWhat({ broadcastId = "" }: { broadcastId?: string }) {
  const [isOpen, setOpen] = useState(false);
  return !useMay("Manage") ? null : (
    <details class="box" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Who did what</summary>
      {isOpen && <List broadcastId={broadcastId} />}
    </details>
  );
}

function List({ broadcastId }: { broadcastId: string }) {
  const pages = usePages();
  const { body, problem } = useLoaded((signal) => api.audit(broadcastId, pages.cursor, signal), [broadcastId, pages.cursor]);
  const shown = broadcastId === "" ? [...columns, to] : columns;
  return (
    <>
      {problem?.status === 403 ? <p>Your role does not show who did what.</p> : <ProblemNotice problem={problem} />}
      {body !== null && (body.entries.length === 0 && pages.isFirst ? <p>Nothing was done yet.</p> : <Table caption="Newest first" columns={shown} rows={body.entries} keyOf={(row) => row.id} />)}
      <Pager pages={pages} next={body?.next ?? null} what="what was done" />
    </>
  );
}

const columns = [
  { name: "When", of: (row: AuditEntry) => time(row.at) },
  { name: "Who", of: (row: AuditEntry) => row.actor },
  { name: "Did", of: (row: AuditEntry) => <>{actionWords[row.action] ?? row.action}{row.outcome === "refused" && <span class="hint"> refused</span>}</> },
  { name: "Why", of: (row: AuditEntry) => row.reason ?? row.detail ?? (row.object.count ? `${count(row.object.count)} in all` : "") },
];

const to = { name: "To", of: (row: AuditEntry) => (row.broadcastId ? <a href={`#/broadcasts/${row.broadcastId}`}>A broadcast</a> : objectOf(row.object)) };

const objectOf = ({ kind, id, count: number }: AuditEntry["object"]): string =>
  id ?? (kind === "sending" ? "All sending" : number !== undefined ? counted(number, kind === "poisonMessages" ? "text" : "number") : "–");
