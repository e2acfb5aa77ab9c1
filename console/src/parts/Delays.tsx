import { time } from "../format";
import type { DelayView } from "../types";

/** What makes a broadcast finish later, and what would change it. */
export function Delays({ delays }: { delays: DelayView[] | undefined }) {
  return !delays || delays.length === 0 ? null : (
    <details>
      <summary>What makes it later</summary>
      <ul>
        {delays.map((delay) => (
          <li key={delay.cause}>{delay.text}{delay.estimatedCompletionAt && <> That would be {time(delay.estimatedCompletionAt)}.</>}</li>
        ))}
      </ul>
    </details>
  );
}
