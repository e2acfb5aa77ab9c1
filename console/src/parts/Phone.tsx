interface Props {
  text: string;
  caption: string;
  /** Characters to mark: those that make the text dearer. */
  marked?: string[];
}

/** A text as a phone shows it. */
export function Phone({ text, caption, marked = [] }: Props) {
  return (
    <figure class="phone">
      <figcaption>{caption}</figcaption>
      <p>{text === "" ? <span class="hint">Your text</span> : partsOf(text, new Set(marked)).map(([part, isMarked], at) => (isMarked ? <mark key={at}>{part}</mark> : part))}</p>
    </figure>
  );
}

function partsOf(text: string, marked: ReadonlySet<string>): [part: string, isMarked: boolean][] {
  if (marked.size === 0) {
    return [[text, false]];
  }

  const parts: [string, boolean][] = [];
  for (const character of text.normalize("NFC")) {
    const last = parts.at(-1);
    if (last?.[1] === marked.has(character)) {
      last[0] += character;
    } else {
      parts.push([character, marked.has(character)]);
    }
  }

  return parts;
}
