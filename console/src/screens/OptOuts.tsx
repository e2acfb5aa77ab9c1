import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { time } from "../format";
import { saveBlob } from "../list/save";
import { AddOptOuts } from "../parts/AddOptOuts";
import { Ask } from "../parts/Ask";
import { FindOptOut } from "../parts/FindOptOut";
import { Notice, ProblemNotice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Pager, usePages } from "../parts/Pager";
import { Replies } from "../parts/Replies";
import { Table } from "../parts/Table";
import { useMay } from "../session";
import { sourceWords } from "../text/words";
import type { OptOut } from "../types";
import { useLoaded } from "../useLoaded";

export function OptOuts() {
  const pages = usePages();
  const mayManage = useMay("Manage");
  const { body, problem, reload } = useLoaded((signal) => api.optOuts(pages.cursor, signal), [pages.cursor]);
  const [removing, setRemoving] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [done, setDone] = useState<string | null>(null);

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await api.optIn(removing!);
    setBusy(false);
    setRefused(answer.ok ? null : answer.problem);
    setDone(answer.ok ? `${removing} may be texted again.` : null);
    setRemoving(null);
    reload();
  }

  async function save(): Promise<void> {
    const answer = await api.exportOptOuts();
    setRefused(answer.ok ? null : answer.problem);
    if (answer.ok) {
      saveBlob("opt-outs.csv", answer.body);
    }
  }

  return (
    <Page title="Opt-outs" actions={<button type="button" onClick={() => void save()}>Save all as a file</button>}>
      <p>These people are not texted, by any broadcast.</p>
      <ProblemNotice problem={problem ?? refused} />
      {done && <Notice kind="good">{done}</Notice>}
      <FindOptOut onRemove={setRemoving} />
      {mayManage && <AddOptOuts onDone={reload} />}
      <section aria-label="The list">
        <h2>The list</h2>
        {body !== null && (body.optOuts.length === 0 && pages.isFirst ? <p>No person has opted out.</p> : <Table caption="By number" columns={mayManage ? columns(setRemoving) : columns(setRemoving).slice(0, -1)} rows={body.optOuts} keyOf={(row) => row.phone} />)}
        <Pager pages={pages} next={body?.next ?? null} what="the opt-outs" />
      </section>
      <Replies />
      {removing && (
        <Ask title={`Text ${removing} again?`} yes="Yes, take it off the list" isDangerous isBusy={isBusy} onYes={() => void remove()} onNo={() => setRemoving(null)}>
          <p>Take a number off only if the person asked for it. What the opt-out stopped is not sent.</p>
        </Ask>
      )}
    </Page>
  );
}

const columns = (remove: (phone: string) => void) => [
  { name: "Number", of: (row: OptOut) => row.phone },
  { name: "Since", of: (row: OptOut) => time(row.since) },
  { name: "Known by", of: (row: OptOut) => sourceWords[row.source] ?? row.source },
  { name: "Take off", of: (row: OptOut) => <button type="button" class="small" aria-label={`Take off ${row.phone}`} onClick={() => remove(row.phone)}>Take off</button> },
];
