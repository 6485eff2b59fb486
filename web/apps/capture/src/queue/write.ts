/** Puts an item on the device: its number and its box in one transaction, which is on the disk when this returns. */
import { uuid7 } from '$lib/uuid7';
import { steadily, type Open, type Row } from '../device/store';
import { about, sealItem, type Content, type Rating, type Written } from './items';

/** `draft`: the draft that this makes a statement of; it goes in the same transaction, so that no crash leaves both.
 * Raises what the database raises (QuotaExceededError when the device is full): then nothing was saved. */
export async function write(who: Open, slot_id: string, content: Content, elapsed_seconds: number | null, draft?: string): Promise<Row> {
  const { db } = who;
  const client_id = uuid7();
  const written: Written = { ...content, device_time: new Date().toISOString(), elapsed_seconds };
  const box = await sealItem(who, client_id, written);
  return steadily(db, (again) =>
    db.transaction('rw', db.rows, db.numbers, db.kept, async () => {
      const earlier = again && (await db.rows.where('client_id').equals(client_id).first());
      if (earlier) return earlier; // the first try had come through after all
      const seq = ((await db.numbers.get('seq'))?.value ?? 0) + 1;
      const row: Row = { seq, client_id, slot_id, kind: content.kind, of: about(content), state: 'device', tries: 0, edition: 0, box, at: Date.now() };
      // Asked for at once: each turn between page and database is time in which the words are not on the disk.
      await Promise.all([db.numbers.put({ key: 'seq', value: seq }), db.rows.add(row), draft && db.kept.delete(draft)]);
      return row;
    }),
  );
}

/** An answer to a look-for. While the one before has never been sent it is replaced: taps of a tally are one item. One
 * that was refused is mended by it: nothing was kept under its number. */
export async function rate(who: Open, slot_id: string, rating: Rating, elapsed_seconds: number | null): Promise<void> {
  const { db } = who;
  const content: Content = { kind: 'rating', ...rating };
  const last = (await db.rows.where({ slot_id }).toArray()).filter((r) => r.kind === 'rating' && r.of === rating.look_for_id).at(-1);
  const open = (row: Row) => row.state === 'refused' || (row.state === 'device' && row.tries === 0);
  if (last && open(last)) {
    const written: Written = { ...content, device_time: new Date().toISOString(), elapsed_seconds };
    if (await replace(who, last, written, open)) return;
  }
  await write(who, slot_id, content, elapsed_seconds);
}

/** A refused item with another content, to be sent again under its number: nothing was kept of it. */
export async function mend(who: Open, row: Row, content: Content): Promise<boolean> {
  const written: Written = { ...content, device_time: new Date(row.at).toISOString(), elapsed_seconds: null };
  return replace(who, row, written, (now) => now.state === 'refused');
}

async function replace(who: Open, row: Row, written: Written, still: (row: Row) => boolean): Promise<boolean> {
  const { db } = who;
  const box = await sealItem(who, row.client_id, written);
  return steadily(db, () =>
    db.transaction('rw', db.rows, async () => {
      const now = await db.rows.get(row.seq);
      if (!now || !still(now)) return false;
      await db.rows.put({ ...now, box, of: about(written), edition: now.edition + 1, state: 'device', reason: undefined });
      return true;
    }),
  );
}

/** A person has seen that two versions were kept and leaves it so: the server has both. */
export async function setAside(who: Open, row: Row): Promise<void> {
  await who.db.rows.where('seq').equals(row.seq).and((r) => r.state === 'conflict').modify({ state: 'settled' });
}
