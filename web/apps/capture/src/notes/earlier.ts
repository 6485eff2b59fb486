/** Answers that were given before the form changed. */
import { samples, shows } from '$lib/answers';
import { language, list, t } from '$lib/i18n.svelte';
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

const ALWAYS = ['yes', 'no', 'not_observed', 'not_applicable'] as const;

/** What a person reads of an answer: each of its codes once, by its label. */
export function inWords(item: Item | undefined, value: string): string {
  const codes = item?.kind === 'tally' && samples(value).size ? [...new Set(samples(value).values())] : value.split(' ');
  const label = (code: string) => {
    const always = ALWAYS.find((a) => a === code);
    return item?.choices?.find((c) => c.code === code)?.label[language()] ?? (always ? t(`slot.${always}`) : code);
  };
  return list(codes.map(label));
}
