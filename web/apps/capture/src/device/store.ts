/** What lies on the device: who has used it, and for each person a database of their own with their sealed notes. */
import Dexie, { type EntityTable } from 'dexie';
import type { Box, Wrapped } from './crypto';
import type { Unsent } from './report';

/** Somebody who has signed in on this device. `key` is there until they sign out. */
export interface Member {
  person_id: string;
  name: string;
  email: string;
  timezone: string;
  device_id: string;
  key?: CryptoKey;
  by_password?: Wrapped;
  by_secret?: Wrapped;
}

/**
 * device: on this device alone · received: the server gave a receipt · confirmed: its ledger shows it too ·
 * refused: the server did not keep it, a person must mend it · conflict: kept beside another version, a person must
 * choose · settled: somebody has chosen.
 */
export type State = 'device' | 'received' | 'confirmed' | 'refused' | 'conflict' | 'settled';
export type Kind = 'statement' | 'amend' | 'withdraw' | 'rating' | 'submit' | 'note';

export interface Reason {
  code: string;
  detail: string;
  mend?: string | null;
  es?: { detail: string; mend?: string | null } | null;
}

/** One item of the queue. What was written is in the box; the rest says nothing of it. */
export interface Row {
  seq: number;
  client_id: string;
  slot_id: string; // of a note: its cycle
  kind: Kind;
  of: string; // the statement's client id; the look-for's id; the note's kind
  state: State;
  tries: number; // how often it may have reached the server
  edition: number; // rises with each new box
  box: Box;
  at: number; // when it was written, by the device's clock
  received_at?: number;
  version?: number | null;
  reason?: Reason;
}

class DeviceDb extends Dexie {
  people!: EntityTable<Member, 'person_id'>;
  said!: EntityTable<{ key: string; value: string }, 'key'>;

  constructor() {
    super('rondo-device', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ people: 'person_id', said: 'key' });
  }
}

export class QueueDb extends Dexie {
  rows!: EntityTable<Row, 'seq'>;
  kept!: EntityTable<{ key: string; box: Box }, 'key'>; // the day, drafts, timers
  numbers!: EntityTable<{ key: string; value: number }, 'key'>;

  constructor(person_id: string) {
    // "strict": a transaction is complete when it is on the disk. Only then do we say "saved".
    super(`rondo-capture-${person_id}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ rows: 'seq, &client_id, slot_id, [state+seq]', kept: 'key', numbers: 'key' });
  }
}

/** A person's own, open while they are signed in. */
export interface Open {
  member: Member;
  key: CryptoKey;
  db: QueueDb;
}

export const deviceDb = new DeviceDb();

export const people = (): Promise<Member[]> => deviceDb.people.toArray();
export const member = (id: string): Promise<Member | undefined> => deviceDb.people.get(id);
export const keepMember = (m: Member): Promise<string> => deviceDb.people.put(m);
export const currentId = async (): Promise<string | undefined> => (await deviceDb.said.get('current'))?.value;
export const setCurrent = async (id: string | undefined): Promise<void> => {
  if (id) await deviceDb.said.put({ key: 'current', value: id });
  else await deviceDb.said.delete('current');
};

/** Somebody signed out without a network: the browser still holds their session, which nobody else may take up. */
export const leaving = async (): Promise<boolean> => (await deviceDb.said.get('leaving')) !== undefined;
export const setLeaving = async (yes: boolean): Promise<void> => {
  if (yes) await deviceDb.said.put({ key: 'leaving', value: 'yes' });
  else await deviceDb.said.delete('leaving');
};

/** What of a person's is on this device alone, counted without opening any of it. */
export async function unsentOf(id: string): Promise<Unsent> {
  if (!(await Dexie.exists(`rondo-capture-${id}`))) return { unsent: 0, attention: 0 };
  const db = new QueueDb(id);
  try {
    return await unsent(db);
  } finally {
    db.close();
  }
}

const range = (state: State): [[State, number], [State, number]] => [[state, 0], [state, Infinity]];
export const inState = (db: QueueDb, state: State) => db.rows.where('[state+seq]').between(...range(state));

export async function unsent(db: QueueDb): Promise<Unsent> {
  const [waiting, refused, conflicts] = await Promise.all([inState(db, 'device').count(), inState(db, 'refused').count(), inState(db, 'conflict').count()]);
  const oldest = [await inState(db, 'device').first(), await inState(db, 'refused').first()].filter((row) => row !== undefined);
  const at = Math.min(...oldest.map((row) => row.at));
  return {
    unsent: waiting + refused,
    attention: refused + conflicts,
    ...(oldest.length && { oldest_unsent_at: new Date(at).toISOString() }),
  };
}

/** Does `work`; when the database was closed underneath, opens it again and does it once more: `again` says so. Quota and
 * other refusals are the caller's to tell. */
export async function steadily<T>(db: Dexie, work: (again: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    const name = (error as Error).name;
    const inner = (error as { inner?: Error }).inner?.name;
    if ([name, inner].includes('QuotaExceededError') || name === 'ConstraintError') throw error;
    db.close({ disableAutoOpen: false });
    await db.open();
    return work(true);
  }
}
