// Signing in at an OpenID Connect issuer: the authorization code flow with PKCE (RFC 7636), by Web Crypto and fetch.
import { goInstead } from "./route";
import { signOut, token, keepToken, type Token } from "./session";
import { store } from "./store";

/** What the app says of the issuer; null: people sign in with the function key. */
export interface SignInSettings { authority: string; clientId: string; scope: string }

interface Issuer { issuer: string; authorization_endpoint: string; token_endpoint: string; end_session_endpoint?: string }

interface Begun { verifier: string; state: string; returnTo: string }

interface TokenAnswer { access_token: string; refresh_token?: string; expires_in?: number; id_token?: string }

export const settings = store<SignInSettings | null | undefined>(undefined);

const begunName = "bulksms.signin";
const home = new URL(".", location.href);
const redirect = home.origin + home.pathname;
const early = 60_000; // a token that ends this soon is replaced before it is used

/** Asks the app once how people sign in. */
export async function loadSettings(): Promise<void> {
  try {
    const response = await fetch(new URL("sign-in.json", home), { cache: "no-store", credentials: "omit", redirect: "error" });
    settings.set(response.ok ? await response.json() : null);
  } catch {
    settings.set(null);
  }
}

/** Goes to the issuer; a problem is a sentence. */
export async function beginSignIn(known: SignInSettings): Promise<string> {
  try {
    const { authorization_endpoint } = await discover(known);
    const begun: Begun = { verifier: random(), state: random(), returnTo: location.hash };
    sessionStorage.setItem(begunName, JSON.stringify(begun));
    const challenge = encode(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(begun.verifier))));
    const address = new URL(authorization_endpoint);
    Object.entries({
      client_id: known.clientId, response_type: "code", response_mode: "fragment", redirect_uri: redirect, scope: `openid profile offline_access ${known.scope}`, state: begun.state, code_challenge: challenge, code_challenge_method: "S256",
    }).forEach(([name, value]) => address.searchParams.set(name, value));
    location.assign(address);
    return "";
  } catch {
    return "The sign-in service does not answer. Check the connection and try again.";
  }
}

/** Takes the code that the issuer sent the browser back with. It comes in the fragment, which no server is sent, and is out of the address before anything else happens. */
export async function finishSignIn(): Promise<void> {
  const answer = new URLSearchParams(location.hash.startsWith("#/") ? "" : location.hash.slice(1));
  if (!answer.has("state")) {
    return;
  }

  const begun = JSON.parse(sessionStorage.getItem(begunName) ?? "null") as Begun | null;
  sessionStorage.removeItem(begunName);
  goInstead((begun?.returnTo ?? "").replace(/^#\/?/, "") || "broadcasts");
  await loadSettings();
  const known = settings.get();
  if (!known || begun === null || answer.get("state") !== begun.state) {
    signOut("That sign-in was not begun here. Sign in again.");
    return;
  }

  const code = answer.get("code");
  if (code === null) {
    signOut(`You were not signed in: ${(answer.get("error_description") ?? answer.get("error") ?? "no reason was given").slice(0, 300)}`);
    return;
  }

  const got = await ask(known, { grant_type: "authorization_code", code, redirect_uri: redirect, code_verifier: begun.verifier });
  if (got === null || got === "refused") {
    signOut(got === null ? "The sign-in service does not answer. Sign in again." : "The sign-in was not accepted. Sign in again.");
  } else {
    keepToken(got);
  }
}

let refreshing: Promise<void> | null = null;

/** A token that is valid now; null: no person is signed in, or the session has ended. */
export async function accessToken(): Promise<string | null> {
  const has = token.get();
  if (has !== null && has.expiresAt - early < Date.now()) {
    refreshing ??= refresh(has).finally(() => (refreshing = null));
    await refreshing;
  }

  return token.get()?.access ?? null;
}

export const sessionEnded = "Your session has ended. Sign in again: what you wrote is kept.";

async function refresh(has: Token): Promise<void> {
  if (settings.get() === undefined) {
    await loadSettings();
  }

  const known = settings.get();
  const got = known && has.refresh !== null ? await ask(known, { grant_type: "refresh_token", refresh_token: has.refresh }) : "refused";
  if (got !== null && got !== "refused") {
    keepToken({ ...got, refresh: got.refresh ?? has.refresh });
  } else if (has.expiresAt <= Date.now() && (got === "refused" || known === null)) {
    signOut(sessionEnded);
  }
}

/** Ends the session at the issuer, too, where it says how. */
export async function leave(): Promise<void> {
  const known = settings.get();
  signOut();
  if (known) {
    try {
      const { end_session_endpoint } = await discover(known);
      if (end_session_endpoint !== undefined) {
        const address = new URL(end_session_endpoint);
        address.searchParams.set("client_id", known.clientId);
        address.searchParams.set("post_logout_redirect_uri", redirect);
        location.assign(address);
      }
    } catch {
      // what this tab knew is forgotten all the same
    }
  }
}

async function discover({ authority }: SignInSettings): Promise<Issuer> {
  const response = await fetch(`${authority}/.well-known/openid-configuration`, { credentials: "omit", redirect: "error" });
  if (!response.ok) {
    throw new Error("The issuer does not answer.");
  }

  return response.json();
}

/** Tokens; "refused": the issuer gives none; null: it does not answer. */
async function ask(known: SignInSettings, form: Record<string, string>): Promise<Token | "refused" | null> {
  try {
    const { token_endpoint } = await discover(known);
    const response = await fetch(token_endpoint, { method: "POST", body: new URLSearchParams({ client_id: known.clientId, scope: `openid profile offline_access ${known.scope}`, ...form }), credentials: "omit", redirect: "error" });
    return response.ok ? tokenOf(await response.json()) : response.status < 500 ? "refused" : null;
  } catch {
    return null;
  }
}

function tokenOf({ access_token, refresh_token, expires_in, id_token }: TokenAnswer): Token {
  const roles = claimsOf(access_token)?.["roles"];
  const { preferred_username, name } = (id_token && claimsOf(id_token)) || {};
  return {
    access: access_token,
    refresh: refresh_token ?? null,
    expiresAt: Date.now() + (expires_in ?? 3600) * 1000,
    roles: claimsOf(access_token) === null ? null : Array.isArray(roles) ? roles.map(String) : [],
    name: String(preferred_username ?? name ?? ""),
  };
}

// What a token says is only shown by: the app checks it at each call.
function claimsOf(jwt: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(jwt.split(".")[1]!.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

const random = (): string => encode(crypto.getRandomValues(new Uint8Array(32)));
const encode = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
