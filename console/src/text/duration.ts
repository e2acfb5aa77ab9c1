const units = { D: "day", H: "hour", M: "minute", S: "second" } as const;

/** An ISO 8601 duration as people say it: PT90M is 90 minutes, P1DT2H is 1 day and 2 hours. */
export function durationText(duration: string): string {
  const parts = [...duration.matchAll(/(\d+)([DHMS])/g)].map(([, number, unit]) => `${number} ${units[unit as keyof typeof units]}${number === "1" ? "" : "s"}`);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0] ?? duration;
}
