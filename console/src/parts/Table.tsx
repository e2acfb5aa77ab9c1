import type { ComponentChildren } from "preact";

export interface Column<Row> {
  name: string;
  of: (row: Row) => ComponentChildren;
  isNumber?: boolean;
}

/** A table that becomes a list of cards on a narrow screen; the roles keep it a table to those who hear it. */
export function Table<Row>({ caption, columns, rows, keyOf }: { caption: string; columns: Column<Row>[]; rows: Row[]; keyOf: (row: Row) => string }) {
  return (
    <table role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">{columns.map(({ name, isNumber }) => <th role="columnheader" scope="col" key={name} class={isNumber ? "number" : ""}>{name}</th>)}</tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" key={keyOf(row)}>
            {columns.map(({ name, of, isNumber }) => <td role="cell" key={name} data-label={name} class={isNumber ? "number" : ""}>{of(row)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
