// The draft's file, kept by the browser until the draft is sent, begun anew or signed out from. A session's storage is too small for it.
const database = "bulksms";
const files = "files";
const lifetime = 24 * 60 * 60 * 1000;

interface Kept { key: string; file: File; at: number }

// One file at a time, and the same in memory: where the browser keeps nothing for a page, only a reload loses it.
let current: Kept | null = null;

export async function keepFile(key: string, file: File): Promise<void> {
  const kept = { key, file, at: Date.now() };
  current = kept;
  await change((store) => store.put(kept, key));
}

export async function fileOf(key: string): Promise<File | null> {
  const kept = current?.key === key ? current : await change<Kept | undefined>((store) => store.get(key));
  return kept?.file ?? null;
}

/** Forgets a draft's file, and those that a tab left behind when it was closed. It is one transaction: a read that begins after this call finds them gone. */
export async function forgetFile(gone: string): Promise<void> {
  current = null;
  await change((store) => {
    store.delete(gone);
    const left = store.openCursor();
    left.onsuccess = () => {
      if (left.result !== null) {
        if ((left.result.value as Kept).at < Date.now() - lifetime) {
          left.result.delete();
        }

        left.result.continue();
      }
    };
  });
}

/** Does the work in one transaction. Resolves when that is complete, with the result of the request that the work returns; undefined where the browser keeps nothing. */
function change<R>(work: (store: IDBObjectStore) => IDBRequest | void): Promise<R | undefined> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(files);
      opening.onerror = () => resolve(undefined);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(files, "readwrite");
        const request = work(transaction.objectStore(files));
        transaction.oncomplete = () => {
          opening.result.close();
          resolve(request?.result as R | undefined);
        };
        transaction.onabort = () => {
          opening.result.close();
          resolve(undefined);
        };
      };
    } catch {
      resolve(undefined);
    }
  });
}
