// The page's side of the worker that reads files.
import type { Ask, Told } from "./worker";

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, (rows: string[][]) => void>();
let opened: Promise<Read> | null = null;

export type Read = Extract<Told, { read: unknown }>["read"];

const tell = (ask: Ask): void => worker!.postMessage(ask);

/** Reads a file; a later one takes its place. */
export function open(file: File): Promise<Read> {
  worker?.terminate();
  waiting.clear();
  worker = new Worker("reader.js", { type: "module" });
  const started = worker;
  opened = new Promise((resolve) => {
    started.onmessage = ({ data }: MessageEvent<Told>) => {
      if ("read" in data) {
        resolve(data.read);
      } else {
        waiting.get(data.id)?.(data.rows);
        waiting.delete(data.id);
      }
    };
    started.onerror = () => resolve({ columns: null, rows: null, sample: [] });
  });
  tell({ file });
  return opened;
}

/** A page of the rows of the file that was opened last. */
export async function page(from: number, count: number): Promise<string[][]> {
  await opened;
  return worker === null ? [] : new Promise((resolve) => {
    const id = ++asked;
    waiting.set(id, resolve);
    tell({ rows: { from, count }, id });
  });
}

export const isOpen = (): boolean => worker !== null;
