import { count, time } from "../format";
import { heldWords, recipientWords } from "../text/words";
import type { RecipientView } from "../types";
import { Status } from "./Status";
import { Table } from "./Table";

export function RecipientTable({ caption, rows }: { caption: string; rows: RecipientView[] }) {
  return <Table caption={caption} columns={rows.some((row) => row.clicks) ? [...columns, clicks] : columns} rows={rows} keyOf={({ to, line, index }) => `${to} ${line ?? index ?? ""}`} />;
}

const columns = [
  { name: "Number", of: (row: RecipientView) => <>{row.to}{row.reference && <span class="hint"> {row.reference}</span>}</> },
  { name: "Status", of: (row: RecipientView) => <Status words={recipientWords} status={row.status} /> },
  { name: "Why", of: (row: RecipientView) => why(row) },
  { name: "Sent", of: (row: RecipientView) => time(row.sentAt) },
  { name: "Changed", of: (row: RecipientView) => time(row.updatedAt) },
];

const clicks = { name: "Clicks", isNumber: true, of: (row: RecipientView) => count(row.clicks ?? 0) };

const why = ({ heldFor, reason, code }: RecipientView): string => (heldFor ? heldWords[heldFor] ?? heldFor : reason ? `${reason}${code ? ` (${code})` : ""}` : "");
