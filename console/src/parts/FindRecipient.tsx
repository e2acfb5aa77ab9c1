import { useState } from "preact/hooks";
import { api, type Problem } from "../api";
import type { BroadcastView, RecipientView } from "../types";
import { Notice } from "./Notice";
import { PhoneSearch } from "./PhoneSearch";
import { RecipientTable } from "./RecipientTable";

/** What became of one number in a broadcast. */
export function FindRecipient({ broadcast }: { broadcast: BroadcastView }) {
  const [found, setFound] = useState<RecipientView[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function search(phone: string, region: string): Promise<void> {
    const answer = await api.findRecipient(broadcast.broadcastId, phone, region);
    setFound(answer.ok ? answer.body.recipients : null);
    setProblem(answer.ok ? null : answer.problem);
  }

  return (
    <PhoneSearch id="find-recipient" title="What became of a number?" problem={problem} onSearch={(phone, region) => void search(phone, region)}>
      {found?.length === 0 && <Notice kind="info">It is no recipient of this broadcast. It may be among those left out.</Notice>}
      {found !== null && found.length > 0 && <RecipientTable caption="Found" rows={found} />}
    </PhoneSearch>
  );
}
