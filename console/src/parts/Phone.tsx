/** A text as a phone shows it. */
export function Phone({ text, caption }: { text: string; caption: string }) {
  return (
    <figure class="phone">
      <figcaption>{caption}</figcaption>
      <p>{text === "" ? <span class="hint">Your text</span> : text}</p>
    </figure>
  );
}
