// Numbers, times and amounts as people read them, in their browser's language.
const number = new Intl.NumberFormat();
const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

export const count = (value: number): string => number.format(value);
export const time = (value: string | null | undefined): string => (value ? when.format(new Date(value)) : "–");
export const rate = (value: number): string => new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(value);

/** "1 text", "4,213 texts". */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** "in 5 minutes". */
export function away(value: string, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  const [size, unit] = Math.abs(seconds) < 90 ? [1, "second"] as const : Math.abs(seconds) < 5400 ? [60, "minute"] as const : Math.abs(seconds) < 129600 ? [3600, "hour"] as const : [86400, "day"] as const;
  return relative.format(Math.round(seconds / size), unit);
}

export function duration(seconds: number): string {
  return seconds < 90 ? counted(Math.max(1, Math.round(seconds)), "second") : seconds < 5400 ? counted(Math.round(seconds / 60), "minute") : counted(Math.round(seconds / 3600), "hour");
}

const unpriced = { mediaUrls: "messages with media", contentSid: "content templates", shortenUrls: "messages with short links" };

/** Segments, where they are known. */
export const segmentsText = ({ encoding, total }: { encoding: string | null; total: number | null }): string => (total === null ? "segments not known" : `${counted(total, "segment")}${encoding === null ? "" : ` (${encoding})`}`);

/** An amount; where prices are missing, what is known of it. */
export function cost({ currency, total, known, unknownCountries, unknownBecause }: { currency: string; total: number | null; known: number; unknownCountries: string[]; unknownBecause?: keyof typeof unpriced }): string {
  const money = (value: number): string => new Intl.NumberFormat(undefined, { style: "currency", currency, maximumFractionDigits: value < 1 ? 4 : 2 }).format(value);
  return total !== null ? money(total) : unknownBecause ? `not known: there is no price for ${unpriced[unknownBecause]}` : known > 0 ? `at least ${money(known)}; no price is set for ${unknownCountries.join(", ")}` : `not known: no price is set for ${unknownCountries.join(", ")}`;
}
