import { api } from "../api";
import { counted, time } from "../format";
import type { Reply } from "../types";
import { useLoaded } from "../useLoaded";
import { ProblemNotice } from "./Notice";
import { Table } from "./Table";

/** The last texts from phones that ask for nothing. */
export function Replies() {
  const { body, problem, reload } = useLoaded((signal) => api.replies(signal), []);
  return (
    <section aria-label="Replies">
      <h2>The last replies that were no opt-outs</h2>
      <ProblemNotice problem={problem} />
      {body !== null && (body.replies.length === 0 ? <p>There is none.</p> : <Table caption="Newest first" columns={columns} rows={body.replies} keyOf={(row) => row.sid} />)}
      <button type="button" onClick={reload}>Load the replies again</button>
    </section>
  );
}

const columns = [
  { name: "From", of: (row: Reply) => row.from },
  { name: "Came", of: (row: Reply) => time(row.receivedAt) },
  { name: "Text", of: (row: Reply) => <>{row.text}{row.media > 0 && <span class="hint"> {counted(row.media, "file")}, not kept</span>}</> },
];
