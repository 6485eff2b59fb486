/** What an answer's text means, on the desk and on a tablet: "a b" of a multi-choice, "0:lecture 4:groups" of a tally. */
import type { RoundsSchemas } from './api/client';

export type Relevance = NonNullable<RoundsSchemas['LookFor']['relevance']>;

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

export const sampled = (of: Map<number, string>): string =>
  [...of].sort(([a], [b]) => a - b).map(([n, code]) => `${n}:${code}`).join(' ');

/** Codes in the document's order, as a multi-choice is stored. */
export const inOrder = (order: readonly string[], codes: ReadonlySet<string>): string => order.filter((c) => codes.has(c)).join(' ');
