// The names of a workbook's columns, for the buttons that put them into a text. What is sent, and what the check shows, is what BulkSms reads of the file.
const most = 2_000_000; // characters of a part that are read at most

interface Part { method: number; bytes: Uint8Array<ArrayBuffer> }

/** The first row with a text of the first sheet that is shown; null: it is no such workbook. */
export async function headerOf(bytes: Uint8Array<ArrayBuffer>): Promise<string[] | null> {
  const parts = partsOf(bytes);
  const sheet = await sheetOf(parts);
  if (sheet === undefined) {
    return null;
  }

  const row = await firstMatch(sheet, /<row\b[^>]*>(?:(?!<\/row>)[^])*?<(?:v|t)\b[^>]*>[^<]*\S(?:(?!<\/row>)[^])*<\/row>/);
  const cells = [...(row?.[0] ?? "").matchAll(/<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = "", content = ""], at) => ({ attributes, content, at }));
  const shared = cells.some(isShared) ? await sharedTexts(parts.get("xl/sharedStrings.xml"), Math.max(...cells.filter(isShared).map(numberOf))) : [];
  const columns: string[] = [];
  for (const cell of cells) {
    columns[columnOf(attributeOf(cell.attributes, "r")) ?? cell.at] = (isShared(cell) ? shared[numberOf(cell)] ?? "" : textOf(cell.content)).trim();
  }

  return columns.length === 0 ? null : Array.from(columns, (column) => column ?? "");
}

interface Cell { attributes: string; content: string }

const isShared = ({ attributes }: Cell): boolean => attributeOf(attributes, "t") === "s";
const numberOf = ({ content }: Cell): number => Number(/<v\b[^>]*>(\d+)/.exec(content)?.[1] ?? 0);
const attributeOf = (attributes: string, name: string): string | undefined => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
const textOf = (content: string): string => unescaped([...content.replace(/<rPh\b.*?<\/rPh>/gs, "").matchAll(/<(?:t|v)\b[^>]*?>([^<]*)/g)].map((match) => match[1]!).join(""));

function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  return letters === undefined ? undefined : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescaped = (text: string): string => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
  hex || decimal ? String.fromCodePoint(Math.min(hex ? parseInt(hex, 16) : Number(decimal), 0x10ffff)) : named[name!] ?? whole);

async function sheetOf(parts: Map<string, Part>): Promise<Part | undefined> {
  const sheets = [...(await whole(parts.get("xl/workbook.xml"))).matchAll(/<sheet\b([^>]*)>/g)].map((match) => match[1]!);
  const shown = sheets.find((attributes) => (attributeOf(attributes, "state") ?? "visible") === "visible");
  const relation = [...(await whole(parts.get("xl/_rels/workbook.xml.rels"))).matchAll(/<Relationship\b([^>]*)>/g)].map((match) => match[1]!)
    .find((attributes) => shown !== undefined && attributeOf(attributes, "Id") === attributeOf(shown, "r:id"));
  const target = relation && attributeOf(relation, "Target");
  return target === undefined ? undefined : parts.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
}

async function sharedTexts(part: Part | undefined, last: number): Promise<string[]> {
  const text = await readUntil(part, (read) => read.split("</si>").length > last + 1);
  return [...text.matchAll(/<si\b[^>]*?(?:\/>|>(.*?)<\/si>)/gs)].map((match) => textOf(match[1] ?? ""));
}

async function firstMatch(part: Part, pattern: RegExp): Promise<RegExpExecArray | null> {
  return pattern.exec(await readUntil(part, (read) => pattern.test(read)));
}

const whole = (part: Part | undefined): Promise<string> => readUntil(part, () => false);

async function readUntil(part: Part | undefined, isEnough: (read: string) => boolean): Promise<string> {
  let read = "";
  if (part !== undefined) {
    const stored = new Blob([part.bytes]).stream();
    const reader = (part.method === 0 ? stored : stored.pipeThrough(new DecompressionStream("deflate-raw"))).getReader();
    const decoder = new TextDecoder();
    for (let next = await reader.read(); !next.done && read.length < most; next = await reader.read()) {
      read += decoder.decode(next.value, { stream: true });
      if (isEnough(read)) {
        break;
      }
    }

    void reader.cancel().catch(() => {});
  }

  return read;
}

// The parts of a zip file, by its directory at the end.
function partsOf(bytes: Uint8Array<ArrayBuffer>): Map<string, Part> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) {
    end--;
  }

  const parts = new Map<string, Part>();
  for (let at = end < 0 ? bytes.length : view.getUint32(end + 16, true); at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50;) {
    const [size, nameLength, start] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true), view.getUint32(at + 42, true)];
    const content = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    parts.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)), { method: view.getUint16(at + 10, true), bytes: bytes.subarray(content, content + size) });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }

  return parts;
}
