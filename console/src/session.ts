// Who is signed in: a function key or a person's tokens, in this tab only, until it is closed or signed out.
import { goInstead } from "./route";
import { store, useStore } from "./store";

export interface Token {
  access: string;
  refresh: string | null;
  /** When the access token ends, in milliseconds. */
  expiresAt: number;
  /** Null: the token does not say. */
  roles: string[] | null;
  name: string;
}

export type Role = "Send" | "SendHigh" | "Manage" | "Approve";

const name = "bulksms.key";
const tokenName = "bulksms.token";

export const key = store<string | null>(sessionStorage.getItem(name));
export const token = store<Token | null>(kept());
export const signedOutBecause = store<string | null>(null);

function kept(): Token | null {
  try {
    return JSON.parse(sessionStorage.getItem(tokenName) ?? "null");
  } catch {
    return null;
  }
}

export function signIn(value: string): void {
  sessionStorage.setItem(name, value);
  signedOutBecause.set(null);
  key.set(value);
}

/** Goes on with these tokens. */
export function keepToken(value: Token): void {
  sessionStorage.setItem(tokenName, JSON.stringify(value));
  signedOutBecause.set(null);
  token.set(value);
}

/** Whether the caller may do what takes this role: what it may not do is not shown. A key may do everything. */
export function useMay(role: Role): boolean {
  return useStore(token)?.roles?.includes(`Broadcast.${role}`) ?? true;
}

/** Forgets everything of this session; forgetting is registered by what remembers. */
const forgetting: (() => void)[] = [];
export const onSignOut = (forget: () => void): void => void forgetting.push(forget);

/** Signs out. A session that has ended by itself keeps the draft, so that signing in again goes on with it. */
export function signOut(because: string | null = null): void {
  sessionStorage.removeItem(name);
  sessionStorage.removeItem(tokenName);
  if (because === null) {
    forgetting.forEach((forget) => forget());
    sessionStorage.clear();
  }

  signedOutBecause.set(because);
  key.set(null);
  token.set(null);
}

/** LocalHost's link has the key in the fragment, which no server is sent. It is taken out of the address and of the history at once. */
export function takeKeyFromAddress(): void {
  const given = /^#key=(.+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    goInstead("broadcasts");
    signIn(decodeURIComponent(given));
  }
}
