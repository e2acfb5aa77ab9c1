import { useState } from "preact/hooks";

export interface Pages {
  /** Of the page that is shown; null: the first. */
  cursor: string | null;
  isFirst: boolean;
  forward: (next: string) => void;
  back: () => void;
  restart: () => void;
}

/** One page at a time: a list may be longer than a browser can show. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<string[]>([]);
  return {
    cursor: cursors.at(-1) ?? null,
    isFirst: cursors.length === 0,
    forward: (next) => setCursors([...cursors, next]),
    back: () => setCursors(cursors.slice(0, -1)),
    restart: () => setCursors([]),
  };
}

export function Pager({ pages, next, what }: { pages: Pages; next: string | null; what: string }) {
  return pages.isFirst && next === null ? null : (
    <nav class="pager" aria-label={`Pages of ${what}`}>
      <button type="button" disabled={pages.isFirst} onClick={pages.back}>Previous</button>
      <button type="button" disabled={next === null} onClick={() => next !== null && pages.forward(next)}>Next</button>
    </nav>
  );
}
