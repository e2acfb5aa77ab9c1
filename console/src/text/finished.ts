// A text as it is sent: normalized, and with what smart encoding replaces, as the preview told it.
import type { PreviewView } from "../types";
import { countOf } from "./segments";

export function finished(text: string, { smartEncoding }: PreviewView): string {
  const written = text.normalize("NFC");
  if (!smartEncoding?.enabled) {
    return written;
  }

  // A fraction after a digit was told with the blank that keeps them apart.
  const table = new Map(smartEncoding.replacements.map(({ written: from, becomes }) => [from, becomes.replace(/^ (?=\d)/, "")]));
  let replaced = "";
  for (const character of written) {
    const becomes = table.get(character) ?? character;
    replaced += becomes !== character && /\d$/.test(replaced) && /^\d/.test(becomes) ? ` ${becomes}` : becomes;
  }

  replaced = replaced.normalize("NFC");
  return countOf(replaced).segments > countOf(written).segments ? written : replaced; // what would take more segments stays as it is
}
