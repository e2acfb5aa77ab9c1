import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { draft, isEmpty } from "../draft/draft";
import { useStore } from "../store";
import { Ask } from "./Ask";

/** Begins a draft; one that is being written is not thrown away without a question. */
export function useBeginDraft(): { begin: (make: () => void) => void; question: ComponentChildren } {
  const value = useStore(draft);
  const [making, setMaking] = useState<(() => void) | null>(null);
  return {
    begin: (make) => (isEmpty(value) ? make() : setMaking(() => make)),
    question: making && (
      <Ask title="Discard the draft?" yes="Yes, discard it" isDangerous onYes={() => { setMaking(null); making(); }} onNo={() => setMaking(null)}>
        <p>{value.isSent ? "It was sent, and no answer came: look under Broadcasts whether it is on its way." : "You are writing another broadcast. Its text and its list are lost."}</p>
      </Ask>
    ),
  };
}
