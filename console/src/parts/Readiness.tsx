import { api } from "../api";
import { counted } from "../format";
import { partWords, stateWords } from "../text/words";
import { useLoaded } from "../useLoaded";
import { Status } from "./Status";

const seconds = 30;

/** Whether each part that BulkSms needs answers. */
export function Readiness() {
  const { body, reload } = useLoaded((signal) => api.ready(signal), [], { every: () => seconds });
  return (
    <section aria-label="Parts">
      <h2>Parts</h2>
      {body && (
        <ul class="counts">
          {body.checks.map(({ part, status, milliseconds }) => <li key={part}><Status words={stateWords} status={status} /> {partWords[part] ?? part} <span class="hint">{counted(milliseconds, "millisecond")}</span></li>)}
        </ul>
      )}
      <p><button type="button" onClick={reload}>Look again</button> {body && <span class="hint">Version {body.version}</span>}</p>
    </section>
  );
}
