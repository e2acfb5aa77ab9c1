/** The variables of a content template, each with its value. */
export function Variables({ all, caption }: { all: [name: string, value: string][]; caption: string }) {
  return (
    <figure class="phone">
      <figcaption>{caption}</figcaption>
      <dl>{all.map(([name, value], at) => <div key={at}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </figure>
  );
}
