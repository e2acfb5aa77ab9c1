// What a screen shows of the API: loaded when the screen opens, and again while it changes.
import { useEffect, useRef, useState } from "preact/hooks";
import { connectionLost, type Answer, type Problem } from "./api";

export interface Loaded<B> {
  body: B | null;
  problem: Problem | null;
  reload: () => void;
}

interface Options<B> {
  /** Seconds until it is loaded again, while the page is seen; 0: it is not. */
  every?: (body: B) => number;
}

const hiddenSeconds = 15;
const lostSeconds = 3;

/** What takes a second to answer is asked for every five: a large broadcast is counted anew each time. */
const slowness = 5;

export function useLoaded<B>(load: (signal: AbortSignal) => Promise<Answer<B>>, dependencies: unknown[], { every }: Options<B> = {}): Loaded<B> {
  const [state, setState] = useState<{ body: B | null; problem: Problem | null }>({ body: null, problem: null });
  const restart = useRef(() => {});
  useEffect(() => {
    let timer = 0;
    const stop = new AbortController();
    setState({ body: null, problem: null });

    async function run(): Promise<void> {
      clearTimeout(timer);
      const started = performance.now();
      const answer = await load(stop.signal);
      if (stop.signal.aborted) {
        return;
      }

      setState((before) => (answer.ok ? { body: answer.body, problem: null } : { body: before.body, problem: answer.problem }));
      const seconds = answer.ok ? every?.(answer.body) ?? 0 : retrySeconds(answer.problem);
      const slowed = Math.max(seconds, ((performance.now() - started) / 1000) * slowness);
      clearTimeout(timer); // of a load that was begun meanwhile
      if (seconds > 0) {
        timer = window.setTimeout(run, 1000 * (document.hidden ? Math.max(slowed, hiddenSeconds) : slowed));
      }
    }

    const seen = (): void => {
      if (!document.hidden && (every || connectionLost.get())) {
        void run();
      }
    };
    restart.current = () => void run();
    document.addEventListener("visibilitychange", seen);
    addEventListener("online", seen);
    void run();
    return () => {
      clearTimeout(timer);
      stop.abort();
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("online", seen);
    };
  }, dependencies);
  return { ...state, reload: () => restart.current() };
}

// What may pass by itself is tried again.
const retrySeconds = ({ kind, status, retryAfter }: Problem): number => (kind === "offline" ? lostSeconds : status === 429 || status === 503 ? retryAfter ?? 5 : 0);
