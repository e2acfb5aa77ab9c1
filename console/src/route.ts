// The address of a screen stands in the fragment: it can be bookmarked and reloaded, and no id of it comes into a server's log.
import { store, useStore } from "./store";

export interface Route { path: string[]; query: URLSearchParams }

const read = (): Route => {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decode), query: new URLSearchParams(query) };
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const current = store(read());
addEventListener("hashchange", () => current.set(read()));

export const useRoute = (): Route => useStore(current);
export const go = (path: string): void => void (location.hash = `#/${path}`);

/** Goes on without a way back to here. */
export function goInstead(path: string): void {
  history.replaceState(null, "", `#/${path}`);
  current.set(read());
}
