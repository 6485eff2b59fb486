/** What an answer's text means, on the desk and on a tablet: "a b" of a multi-choice, "0:lecture 4:groups" of a tally. */
import type { RoundsSchemas } from './api/client';

type Item = RoundsSchemas['LookFor'];
export type Relevance = NonNullable<Item['relevance']>;

export const NOT_OBSERVED = 'not_observed';
export const NOT_APPLICABLE = 'not_applicable';

export const whole = (value: string | undefined): number | undefined => (value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined);

/** Whether a condition holds, by the answers so far; the service evaluates the same. */
export function holds(when: Relevance, said: (item: string) => string | undefined): boolean {
  switch (when.op) {
    case 'is': return said(when.item) === when.value;
    case 'includes': return (said(when.item) ?? '').split(' ').includes(when.value);
    case 'at_least': return (whole(said(when.item)) ?? -Infinity) >= when.number;
    case 'at_most': return (whole(said(when.item)) ?? Infinity) <= when.number;
    case 'answered': return said(when.item) !== undefined;
    case 'all': return when.of.every((w) => holds(w as Relevance, said));
    case 'any': return when.of.some((w) => holds(w as Relevance, said));
    case 'not': return !when.of.every((w) => holds(w as Relevance, said));
  }
}

/** A tally's samples by number, from 0; none where something else was said of it. */
export function samples(value: string | undefined): Map<number, string> {
  const parts = (value ?? '').split(' ').map((part) => part.split(':'));
  return new Map(parts.flatMap(([n, code]) => (code ? [[Number(n), code] as const] : [])));
}

/** Whether the item, as it is asked now, can show this answer. */
export function shows(item: Item, value: string): boolean {
  if (value === NOT_OBSERVED || value === NOT_APPLICABLE) return true;
  const codes = new Set((item.choices ?? []).map((c) => c.code));
  switch (item.kind) {
    case 'choice': return codes.has(value);
    case 'multi_choice': return value.split(' ').every((code) => codes.has(code));
    case 'tally': return [...samples(value).values()].every((code) => codes.has(code));
    case 'observed': return value === 'yes' || value === 'no';
    case 'note': return false;
    default: return (whole(value) ?? -1) >= (item.minimum ?? 0) && whole(value)! <= (item.maximum ?? Infinity);
  }
}

export const sampled = (of: Map<number, string>): string =>
  [...of].sort(([a], [b]) => a - b).map(([n, code]) => `${n}:${code}`).join(' ');

/** Codes in the document's order, as a multi-choice is stored. */
export const inOrder = (order: readonly string[], codes: ReadonlySet<string>): string => order.filter((c) => codes.has(c)).join(' ');
