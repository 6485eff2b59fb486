import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { locked, newKey, unwrap, wrap } from '../device/crypto';
import { QueueDb, inState, unsent, type Open } from '../device/store';
import { fold } from '../notes/fold';
import { openAll } from '../notes/rows';
import type { Statement } from './items';
import { compare, settle } from './receipts';
import { mend, rate, write } from './write';

const SLOT = 'slot-1';
let who: Open;
let made = 0;
const statement = (words: string): Statement => ({ words, minute: 3, core_element: 'teacher', focus_question_ids: [], look_for_ids: [] });
const add = (words: string) => write(who, SLOT, { kind: 'statement', ...statement(words) }, 180);
const told = (rows: { seq: number; client_id: string }[], result: 'stored' | 'refused' | 'conflict', code = '') =>
  settle(who.db, rows.map((r) => ({ ...r, result, version: 0, reason: code ? { code, detail: '', mend: null } : null })) as never);
const notes = async () => fold(undefined, 0, await openAll(who, await who.db.rows.orderBy('seq').toArray()));

beforeEach(async () => {
  const key = await locked(await newKey());
  const member = { person_id: `p${made++}`, name: '', email: '', timezone: 'UTC', device_id: 'd' };
  who = { member, key, db: new QueueDb(member.person_id) };
});

test('numbers are dense, also when several are written at once, and what was written is sealed', async () => {
  const rows = await Promise.all(['a', 'b', 'c', 'd'].map(add));
  expect(rows.map((r) => r.seq).sort()).toEqual([1, 2, 3, 4]);
  expect(JSON.stringify(await who.db.rows.toArray())).not.toContain('"words"');
  expect((await notes()).entries.map((e) => e.content.words).sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('a refused item waits for its writer, its changes wait for it, and all go out again', async () => {
  const first = await add('a');
  const change = await write(who, SLOT, { kind: 'amend', of: first.client_id, base_revision: 0, ...statement('b') }, 200);
  await told([first], 'refused', 'words_too_long');
  await told([change], 'refused', 'unknown_statement');
  expect(await unsent(who.db)).toMatchObject({ unsent: 2, attention: 2 });
  expect(await mend(who, (await who.db.rows.get(1))!, { kind: 'statement', ...statement('shorter') })).toBe(true);
  await told([first], 'stored');
  expect((await inState(who.db, 'device').toArray()).map((r) => r.seq)).toEqual([2]);
  expect((await notes()).entries[0]!.content.words).toBe('b');
});

test('what the ledger lacks is sent again; what it shows is confirmed; its numbers are not given out again', async () => {
  const rows = [await add('a'), await add('b')];
  await told(rows, 'stored');
  expect(await compare(who.db, { maximum: 9, gaps: [{ first: 2, last: 2 }], refused: [] })).toBe(1);
  expect((await who.db.rows.toArray()).map((r) => r.state)).toEqual(['confirmed', 'device']);
  expect((await add('c')).seq).toBe(10);
});

test('a late answer undoes nothing, and taps of a count that was never sent are one item', async () => {
  for (const value of ['1', '2', '3']) await rate(who, SLOT, { look_for_id: 'count', value, instrument_version: 1 }, 10);
  const [row] = await who.db.rows.toArray();
  expect(await who.db.rows.count()).toBe(1);
  await who.db.rows.update(row!.seq, { tries: 1 });
  await rate(who, SLOT, { look_for_id: 'count', value: '4', instrument_version: 2 }, 11);
  expect(await who.db.rows.count()).toBe(2);
  await told([row!], 'stored');
  await told([row!], 'refused', 'malformed');
  expect((await who.db.rows.get(row!.seq))!.state).toBe('received');
  expect((await notes()).ratings.get('count')).toMatchObject({ value: '4', place: 'device', version: 2 });
});

test('an answer is taken back: unsent it is the same item, sent it is another, and refused the answer stands', async () => {
  const give = (value: string | null) => rate(who, SLOT, { look_for_id: 'how', value, instrument_version: 1 }, 10);
  await give('often');
  await give(null);
  expect(await who.db.rows.count()).toBe(1);
  expect((await notes()).ratings.has('how')).toBe(false);
  await give('often');
  const [row] = await who.db.rows.toArray();
  await who.db.rows.update(row!.seq, { tries: 1 });
  await told([row!], 'stored');
  await give(null);
  expect((await notes()).ratings.has('how')).toBe(false);
  const back = (await who.db.rows.toArray()).at(-1)!;
  expect(back.seq).toBe(2);
  await who.db.rows.update(back.seq, { tries: 1 });
  await told([back], 'refused', 'malformed');
  expect((await notes()).ratings.get('how')).toMatchObject({ value: 'often', place: 'server' });
});

test('a refused answer is mended by answering again, under its number', async () => {
  const give = (value: string) => rate(who, SLOT, { look_for_id: 'how', value, instrument_version: 1 }, 10);
  await give('often');
  const [row] = await who.db.rows.toArray();
  await who.db.rows.update(row!.seq, { tries: 1 });
  await told([row!], 'refused', 'unknown_answer');
  expect((await notes()).ratings.get('how')).toMatchObject({ value: 'often', place: 'refused' });
  await give('seldom');
  expect(await unsent(who.db)).toMatchObject({ unsent: 1, attention: 0 });
  expect((await notes()).ratings.get('how')).toMatchObject({ value: 'seldom', place: 'device' });
});

test('only the right password or secret opens the key, and the key opens nothing of another name', async () => {
  const key = await newKey();
  const wrapped = await wrap(key, 'password', 'correct horse');
  expect(await unwrap(wrapped, 'password', 'wrong horse')).toBeUndefined();
  expect(await unwrap(wrapped, 'password', 'correct horse')).toBeDefined();
  const secret = btoa('x'.repeat(32));
  expect(await unwrap(await wrap(key, 'secret', secret), 'secret', btoa('y'.repeat(32)))).toBeUndefined();
  const first = await add('a');
  await who.db.rows.put({ ...(await who.db.rows.get(first.seq))!, client_id: 'moved', edition: 7 });
  expect(await openAll(who, await who.db.rows.toArray())).toEqual([]);
});
