import { away, count, counted } from "../format";
import type { BroadcastView } from "../types";

type Canary = NonNullable<BroadcastView["canary"]>;

const after: Record<Exclude<Canary["status"], "waiting">, string> = {
  passed: "The rest was let go.",
  failed: "The rest is sent when you resume the broadcast.",
  expired: "The broadcast expired before it was decided.",
  canceled: "The broadcast was canceled before it was decided.",
};

/** How it stands with the first part of a broadcast. */
export function canaryText({ status, recipients, sent, failures, optedOut, decidesAt }: Canary): string {
  if (status === "waiting" && decidesAt === undefined) {
    return `The first ${recipients === 1 ? "recipient of the list is" : `${count(recipients)} recipients of the list are`} texted. The rest waits for what comes of that.`;
  }

  const results = sent === 0 ? "Nothing of the first part was sent." : `Of the first ${counted(sent, "text")} ${count(failures)} failed, and ${counted(optedOut, "recipient")} opted out.`;
  return `${results} ${status === "waiting" ? `The rest goes ${away(decidesAt ?? "")}, unless too many more fail or opt out.` : after[status]}`;
}

/** First parts that can be chosen, as the API takes them, and how they are called. */
export const canaries: [value: string, label: string][] = [
  ["0.01 PT10M", "The first 1 %, then wait 10 minutes"],
  ["0.05 PT10M", "The first 5 %, then wait 10 minutes"],
  ["0.1 PT10M", "The first 10 %, then wait 10 minutes"],
  ["0.01 PT1H", "The first 1 %, then wait an hour"],
  ["0.1 PT1H", "The first 10 %, then wait an hour"],
];
