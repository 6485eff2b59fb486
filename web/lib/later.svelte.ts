/** Journal entries that wait on this device: kept before they are sent, gone only when the service has them.
 * Each person sees their own alone; signing out deletes nothing. */
import { rounds } from './api/client';
import { outcome } from './api/fetch';
import type { Problem } from './api/problem';

export interface Entry {
  artefact_id: string;
  person: string;
  cycle_id: string;
  artefact: string;
  fields: Record<string, unknown>;
  base_revision: number;
  /** Why the service refused it; it stays until it is changed. */
  refused?: string;
}

const STORE = 'entries';

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('rondo-journal', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'artefact_id' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** Runs one request in a transaction; resolves when the transaction is complete, so that what it says is on the disk. */
async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(STORE, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    db.close();
  }
}

export const keep = (entry: Entry) => run('readwrite', (s) => s.put(entry));
export const waiting = async (person: string, cycle_id: string): Promise<Entry[]> =>
  ((await run('readonly', (s) => s.getAll())) as Entry[]).filter((e) => e.person === person && e.cycle_id === cycle_id);

/** Sends what waits, one window at a time; answers whether anything arrived. */
export async function send(person: string, cycle_id: string): Promise<{ sent: number; offline: boolean }> {
  const drain = async () => {
    let sent = 0;
    for (const entry of await waiting(person, cycle_id)) {
      if (entry.refused) continue;
      const { problem } = await outcome(
        rounds.PUT('/cycles/{cycle_id}/artefacts/{artefact_id}', {
          params: { path: { cycle_id, artefact_id: entry.artefact_id } },
          body: { artefact: entry.artefact, fields: entry.fields, ready: true, base_revision: entry.base_revision },
        }),
      );
      if (!problem) {
        await run('readwrite', (s) => s.delete(entry.artefact_id));
        sent++;
      } else if (away(problem)) return { sent, offline: true };
      else await keep({ ...entry, refused: problem.detail || problem.title });
    }
    return { sent, offline: false };
  };
  return navigator.locks ? await navigator.locks.request(`rondo.journal.${cycle_id}`, drain) : await drain();
}

export const discard = (artefact_id: string) => run('readwrite', (s) => s.delete(artefact_id));

/** No answer, a busy service, or a session that ran out: it may go through later. */
const away = (problem: Problem) => problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500;
