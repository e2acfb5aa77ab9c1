import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import { time } from "../format";
import { useMay } from "../session";
import { sourceWords } from "../text/words";
import type { OptOut } from "../types";
import { Notice } from "./Notice";
import { PhoneSearch } from "./PhoneSearch";

/** Whether one number is on the list. */
export function FindOptOut({ onRemove }: { onRemove: (phone: string) => void }) {
  const mayManage = useMay("Manage");
  const [found, setFound] = useState<OptOut | "none" | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function search(phone: string, region: string): Promise<void> {
    const answer = await api.lookUp(phone, region);
    const isNone = !answer.ok && answer.problem.status === 404;
    setFound(answer.ok ? answer.body : isNone ? "none" : null);
    setProblem(answer.ok || isNone ? null : answer.problem);
  }

  return (
    <PhoneSearch id="find" title="Is a number on the list?" problem={problem} onSearch={(phone, region) => void search(phone, region)}>
      {found === "none" && <Notice kind="info">It is not on the list.</Notice>}
      {found !== null && found !== "none" && (
        <Notice kind="info">
          <p>{found.phone} is on the list since {time(found.since)}: {sourceWords[found.source] ?? found.source}.</p>
          {mayManage && <button type="button" onClick={() => { setFound(null); onRemove(found.phone); }}>Take it off</button>}
        </Notice>
      )}
    </PhoneSearch>
  );
}
