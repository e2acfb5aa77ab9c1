import { nameOf } from "../text/words";

const tones: Record<string, string> = {
  completed: "good", delivered: "good", running: "good", up: "good", ready: "good", ok: "good",
  canceled: "off", canceling: "off", optedOut: "off", expired: "off", unknown: "off",
  paused: "warn", undelivered: "bad", failed: "bad", rejected: "bad", suspended: "bad", down: "bad", failure: "bad", warning: "warn", unconfirmed: "warn", awaitingApproval: "warn",
};

export function Status({ words, status }: { words: Record<string, [string, string]>; status: string }) {
  return <span class={`status ${tones[status] ?? "busy"}`}>{nameOf(words, status)}</span>;
}
