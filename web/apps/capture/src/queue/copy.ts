/** "Save a copy": what is nowhere but here, as a file that a person can read and an administrator can send in. */
import { save } from '$lib/upload';
import { inState, type Open } from '../device/store';
import { asItem, openRow } from './items';

export async function saveCopy(who: Open): Promise<void> {
  const rows = [...(await inState(who.db, 'device').toArray()), ...(await inState(who.db, 'refused').toArray()), ...(await inState(who.db, 'conflict').toArray())];
  rows.sort((a, b) => a.seq - b.seq);
  const items = await Promise.all(rows.map(async (row) => ({ ...asItem(row, await openRow(who, row)), state: row.state, reason: row.reason?.code })));
  const { device_id, person_id, name } = who.member;
  const copy = { device_id, observer_id: person_id, name, saved_at: new Date().toISOString(), items };
  save(`rondo-${new Date().toISOString().slice(0, 10)}.json`, `${JSON.stringify(copy, null, 2)}\n`, 'application/json');
}
