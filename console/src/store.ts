// A value that components follow.
import { useEffect, useState } from "preact/hooks";

export interface Store<T> {
  get(): T;
  set(value: T): void;
  follow(listener: () => void): () => void;
}

export function store<T>(value: T): Store<T> {
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (!Object.is(value, next)) {
        value = next;
        listeners.forEach((listener) => listener());
      }
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<T>(from: Store<T>): T {
  const [, redraw] = useState({});
  const shown = from.get();
  useEffect(() => {
    if (!Object.is(from.get(), shown)) {
      redraw({}); // it changed before it was followed
    }

    return from.follow(() => redraw({}));
  }, [from]);
  return shown;
}
