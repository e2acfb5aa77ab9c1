// How a text is counted, as BulkSms/Segments counts it: a test compares the two. What is sent is what the server counted.
const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const extension = "\f^{}\\[~]|€";
const septets = new Map<string, number>([...[...basic].map((c): [string, number] => [c, 1]), ...[...extension].map((c): [string, number] => [c, 2])]);

export interface Count {
  encoding: "GSM-7" | "UCS-2";
  segments: number;
  /** Septets or UTF-16 units. */
  units: number;
  /** What fits without a further segment. */
  room: number;
  /** The characters outside GSM-7, each once. */
  outside: string[];
}

export function countOf(written: string): Count {
  const text = written.normalize("NFC");
  const outside = [...new Set([...text].filter((c) => !septets.has(c)))];
  return outside.length === 0
    ? { encoding: "GSM-7", outside, ...parts([...text].map((c) => septets.get(c)!), 160, 153) }
    : { encoding: "UCS-2", outside, ...parts([...text].map((c) => c.length), 70, 67) };
}

// What takes two units is never split: what does not fit whole opens the next segment.
function parts(sizes: number[], single: number, joined: number): { segments: number; units: number; room: number } {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= single) {
    return { segments: Math.sign(units), units, room: single - units };
  }

  let [segments, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > joined) {
      [segments, used] = [segments + 1, 0];
    }

    used += size;
  }

  return { segments, units, room: joined - used };
}
