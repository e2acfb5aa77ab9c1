// Lists of text as tables, enough to show their columns and rows. What is sent is what the server reads of the same file.
const separators = [",", ";", "\t", "|"];

export interface Table { columns: string[]; rows: string[][] }

export function tableOf(text: string): Table {
  const start = text.trimStart();
  return start.startsWith("{") || start.startsWith("[") || /^"[^"]*"\s*(\n|$)/.test(start) ? ofJson(start) : ofText(text);
}

function ofText(text: string): Table {
  const named = /^\s*"?sep=([^\r\n])"?[,;\t|]*(?:\r\n|\r|\n)/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const head = body.slice(0, 20_000);
  const separator = named?.[1] ?? separators.map((each) => ({ each, width: first(head, each)?.length ?? 0 })).reduce((best, next) => (next.width > best.width ? next : best)).each;
  const [columns = [], ...rows] = [...rowsOf(body, separator)];
  return { columns: columns.map((column) => column.trim()), rows };
}

const first = (text: string, separator: string): string[] | undefined => rowsOf(text, separator).next().value as string[] | undefined;

/** Rows that are not blank. */
export function* rowsOf(text: string, separator: string): Generator<string[], void> {
  let row: string[] = [];
  for (let at = 0; at <= text.length;) {
    let cell: string;
    [cell, at] = text[at] === '"' ? quoted(text, at) : plain(text, at, separator);
    row.push(cell);
    if (text[at] === separator) {
      at++;
      continue;
    }

    if (row.some((each) => each.trim() !== "")) {
      yield row;
    }

    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
}

function plain(text: string, from: number, separator: string): [cell: string, end: number] {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") {
    at++;
  }

  return [text.slice(from, at), at];
}

function quoted(text: string, from: number): [cell: string, end: number] {
  let cell = "";
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) {
      return [cell + text.slice(at), text.length];
    }

    cell += text.slice(at, end);
    if (text[end + 1] !== '"') {
      return [cell, end + 1];
    }

    [cell, at] = [`${cell}"`, end + 2];
  }
}

function ofJson(text: string): Table {
  const entries: unknown[] = text.startsWith("[") ? JSON.parse(text) : text.split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
  const data = entries.map((entry) => (typeof entry === "object" && entry !== null ? { to: (entry as { to?: unknown }).to, ...(entry as { data?: object }).data } : { to: entry }) as Record<string, unknown>);
  const columns = [...new Set(data.slice(0, 1000).flatMap((each) => Object.keys(each)))];
  return { columns, rows: data.map((each) => columns.map((column) => String(each[column] ?? ""))) };
}
