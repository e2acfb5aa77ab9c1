import { time } from "../format";
import { heldWords, recipientWords } from "../text/words";
import type { RecipientView } from "../types";
import { Status } from "./Status";
import { Table } from "./Table";

export function RecipientTable({ caption, rows }: { caption: string; rows: RecipientView[] }) {
  return <Table caption={caption} columns={columns} rows={rows} keyOf={({ to, line, index }) => `${to} ${line ?? index ?? ""}`} />;
}

const columns = [
  { name: "Number", of: (row: RecipientView) => <>{row.to}{row.reference && <span class="hint"> {row.reference}</span>}</> },
  { name: "Status", of: (row: RecipientView) => <Status words={recipientWords} status={row.status} /> },
  { name: "Why", of: (row: RecipientView) => why(row) },
  { name: "Sent", of: (row: RecipientView) => time(row.sentAt) },
  { name: "Changed", of: (row: RecipientView) => time(row.updatedAt) },
];

const why = ({ heldFor, reason, code }: RecipientView): string => (heldFor ? heldWords[heldFor] ?? heldFor : reason ? `${reason}${code ? ` (${code})` : ""}` : "");
