import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  title: string;
  yes: string;
  isBusy?: boolean;
  isDangerous?: boolean;
  onYes: () => void;
  onNo: () => void;
  children: ComponentChildren;
}

/** Asks once more before something is done that cannot be taken back. The browser keeps the focus in it, and Escape leaves it. */
export function Ask({ title, yes, isBusy, isDangerous, onYes, onNo, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="ask-title" onCancel={(event) => { event.preventDefault(); onNo(); }}>
      <h2 id="ask-title">{title}</h2>
      {children}
      <div class="actions">
        <button type="button" class={isDangerous ? "danger" : "main"} disabled={isBusy} onClick={onYes}>{yes}</button>
        <button type="button" onClick={onNo}>No, go back</button>
      </div>
    </dialog>
  );
}
