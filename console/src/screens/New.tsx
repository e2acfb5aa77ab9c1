import { useState } from "preact/hooks";
import { beginDraft, change, draft, draftIsKept, draftProblem } from "../draft/draft";
import { Conditions } from "../parts/Conditions";
import { Kind } from "../parts/Kind";
import { Media } from "../parts/Media";
import { Message } from "../parts/Message";
import { Notice } from "../parts/Notice";
import { Page } from "../parts/Page";
import { Profiles } from "../parts/Profiles";
import { Recipients } from "../parts/Recipients";
import { Template } from "../parts/Template";
import { go } from "../route";
import { useMay } from "../session";
import { useStore } from "../store";
import { sentencesAt } from "../text/problems";
import { isContentSid } from "../text/template";

export function New() {
  const value = useStore(draft);
  const isKept = useStore(draftIsKept);
  const problem = useStore(draftProblem);
  const maySend = useMay("Send");
  const [missing, setMissing] = useState<{ message?: string; contentSid?: string; recipients?: string }>({});

  function submit(event: Event): void {
    event.preventDefault();
    const found = {
      ...(value.usesTemplate && !isContentSid(value.contentSid) ? { contentSid: "A content SID is HX and 32 digits or letters from A to F." } : {}),
      ...(!value.usesTemplate && value.message.trim() === "" && value.mediaUrls.trim() === "" ? { message: "Write the text to send." } : {}),
      ...(value.file === null && value.pasted.trim() === "" ? { recipients: "Paste the numbers, or choose a file." } : {}),
    };
    setMissing(found);
    if (Object.keys(found).length === 0) {
      change({ skipsInvalid: false });
      go("check");
    } else {
      document.getElementById(found.message ? "message" : found.contentSid ? "content-sid" : "pasted")?.focus();
    }
  }

  if (!maySend) {
    return <Page title="New broadcast"><Notice kind="info">Your role lets you see broadcasts, and send none.</Notice></Page>;
  }

  if (value.isSent) {
    return (
      <Page title="New broadcast">
        <Notice kind="warn">
          <p>This broadcast was sent, and no answer came. It may be on its way.</p>
          <p>Send it again from its check: it will not be sent twice. If you begin anew, look under Broadcasts first.</p>
        </Notice>
        <div class="actions">
          <a class="button main" href="#/check">Go to its check</a>
          <button type="button" onClick={() => beginDraft()}>Begin anew</button>
        </div>
      </Page>
    );
  }

  return (
    <Page title="New broadcast">
      {!isKept && <Notice kind="warn">This browser keeps nothing for the console: a reload loses what you write.</Notice>}
      <form onSubmit={submit} noValidate>
        <Kind value={value} />
        {value.usesTemplate ? <Template value={value} errors={missing.contentSid && !isContentSid(value.contentSid) ? [missing.contentSid] : []} problem={problem} />
          : <Message value={value} errors={missing.message ? [missing.message] : sentencesAt(problem, "message")} />}
        <Media value={value} problem={problem} />
        <Recipients value={value} errors={missing.recipients ? [missing.recipients] : sentencesAt(problem, "recipients")} problem={problem} />
        <Profiles value={value} problem={problem} />
        <Conditions value={value} problem={problem} />
        <div class="actions">
          <button class="main">Check</button>
          <span class="hint">Nothing is sent yet.</span>
        </div>
      </form>
    </Page>
  );
}
