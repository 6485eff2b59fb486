/** What a device forgets of coaching when it has heard from the server. */
import type { RoundsSchemas } from '$lib/api/client';
import { me } from '../device/me.svelte';
import type { Open } from '../device/store';
import { drop, held, keep, NAMES } from '../kept';

/** Cycles that were erased leave with what was written in them here; of others, the names of who is in none of my
 * cycles any more. What was not sent stays: it is told as refused, and its writer's to throw away. */
export async function forget(who: Open, day: RoundsSchemas['Day']): Promise<void> {
  const { db } = who;
  const erased = new Set(day.erased);
  const gone = erased.size ? await db.rows.where('slot_id').anyOf([...erased]).toArray() : [];
  await db.rows.bulkDelete(gone.filter((r) => r.state === 'received' || r.state === 'confirmed').map((r) => r.seq));
  for (const key of erased.size ? await db.kept.toCollection().primaryKeys() : [])
    if (key.split(' ').some((part) => erased.has(part))) await drop(who, key);
  const names = await held<Record<string, string>>(who, NAMES);
  if (!names || me.open !== who) return; // signed out meanwhile: they are gone already
  const here = new Set((day.cycles ?? []).flatMap((c) => c.people));
  const left = Object.entries(names).filter(([id]) => here.has(id));
  if (left.length === Object.keys(names).length) return;
  await (left.length ? keep(who, NAMES, Object.fromEntries(left)) : drop(who, NAMES));
}
