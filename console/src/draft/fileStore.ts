// The draft's file, kept by the browser until the draft is sent, begun anew or signed out from. A session's storage is too small for it.
const database = "bulksms";
const files = "files";
const lifetime = 24 * 60 * 60 * 1000;

interface Kept { key: string; file: File; at: number }

// One file at a time, and the same in memory: where the browser keeps nothing for a page, only a reload loses it.
let current: Kept | null = null;

export async function keepFile(key: string, file: File): Promise<void> {
  current = { key, file, at: Date.now() };
  await change((store) => store.put(current, key));
}

export async function fileOf(key: string): Promise<File | null> {
  if (current?.key !== key) {
    current = (await change<Kept | undefined>((store) => store.get(key))) ?? null;
  }

  return current?.file ?? null;
}

/** Forgets a draft's file, and those that a tab left behind when it was closed. */
export async function forgetFile(gone: string): Promise<void> {
  current = null;
  const all = (await change<Kept[]>((store) => store.getAll())) ?? [];
  await Promise.all(all.filter(({ key, at }) => key === gone || at < Date.now() - lifetime).map(({ key }) => change((store) => store.delete(key))));
}

function change<R>(work: (store: IDBObjectStore) => IDBRequest): Promise<R | undefined> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(files);
      opening.onerror = () => resolve(undefined);
      opening.onsuccess = () => {
        const request = work(opening.result.transaction(files, "readwrite").objectStore(files));
        request.onsuccess = () => resolve(request.result as R);
        request.onerror = () => resolve(undefined);
        request.transaction!.oncomplete = () => opening.result.close();
      };
    } catch {
      resolve(undefined);
    }
  });
}
