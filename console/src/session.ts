// Who is signed in: the function key, in this tab only, until it is closed or signed out.
import { goInstead } from "./route";
import { store } from "./store";

const name = "bulksms.key";

export const key = store<string | null>(sessionStorage.getItem(name));
export const signedOutBecause = store<string | null>(null);

export function signIn(value: string): void {
  sessionStorage.setItem(name, value);
  signedOutBecause.set(null);
  key.set(value);
}

/** Forgets everything of this session; forgetting is registered by what remembers. */
const forgetting: (() => void)[] = [];
export const onSignOut = (forget: () => void): void => void forgetting.push(forget);

/** Signs out. A session that has ended by itself keeps the draft, so that signing in again goes on with it. */
export function signOut(because: string | null = null): void {
  sessionStorage.removeItem(name);
  if (because === null) {
    forgetting.forEach((forget) => forget());
    sessionStorage.clear();
  }

  signedOutBecause.set(because);
  key.set(null);
}

/** LocalHost's link has the key in the fragment, which no server is sent. It is taken out of the address and of the history at once. */
export function takeKeyFromAddress(): void {
  const given = /^#key=(.+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    goInstead("broadcasts");
    signIn(decodeURIComponent(given));
  }
}
