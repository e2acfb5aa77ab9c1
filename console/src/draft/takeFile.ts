// Takes a file as the draft's recipients: kept by the browser, read by the worker.
import { open } from "../list/reader";
import { change, draft } from "./draft";
import { keepFile } from "./fileStore";

export async function takeFile(file: File): Promise<void> {
  const { key } = draft.get();
  const [read] = await Promise.all([open(file), keepFile(key, file)]);
  if (draft.get().key === key) {
    change({ file: { name: file.name, size: file.size, ...read }, pasted: "", numberColumn: "", hiddenRows: "" });
  }
}
