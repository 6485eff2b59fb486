/** Answers that were given before the form changed. */
import { samples, shows } from '$lib/answers';
import type { Answers, Instrument, Item } from './instrument';

export interface Earlier {
  id: string;
  item: Item | undefined;
  value: string;
  version: number | undefined;
}

/** Answers that were given on an earlier version of the form and have no place on this one: they stand and count.
 * In the order of the forms that asked for them. `before`: the versions pinned before, the newest last. */
export function earlier(instrument: Instrument, before: readonly Instrument[], answers: Answers): Earlier[] {
  const now = new Map(instrument.items.map((i) => [i.id, i]));
  const places = before.flatMap((b) => b.items.map((i) => i.id));
  return [...answers].sort(([a], [b]) => places.indexOf(a) - places.indexOf(b)).filter(([id, { value }]) => !now.has(id) || !shows(now.get(id)!, value)).map(([id, { value, version }]) => {
    const known = before.toReversed().map((b) => ({ version: b.version, item: b.items.find((i) => i.id === id) })).find((b) => (version ? b.version === version : true) && b.item && shows(b.item, value));
    return { id, value, item: known?.item, version: version ?? known?.version };
  });
}

/** The codes that an answer names, each once: what a person reads of it. */
export const named = (item: Item | undefined, value: string): string[] =>
  item?.kind === 'tally' ? [...new Set(samples(value).values())] : value.split(' ');
