/** What an answer's text means, and how it changes: "a b" of a multi-choice, "0:lecture 4:groups" of a tally. */
export const OTHER = ['not_observed', 'not_applicable'] as const;
export const isOther = (value: string | undefined): boolean => value === OTHER[0] || value === OTHER[1];

/** The codes with one more or one less, in the document's order; undefined: nothing is chosen. */
export function chosen(order: readonly string[], value: string | undefined, code: string, on: boolean): string | undefined {
  const held = new Set(isOther(value) ? [] : (value ?? '').split(' '));
  if (on) held.add(code);
  else held.delete(code);
  return order.filter((c) => held.has(c)).join(' ') || undefined;
}

/** A tally's samples by number, from 0. */
export function samples(value: string | undefined): Map<number, string> {
  const parts = isOther(value) ? [] : (value ?? '').split(' ').map((part) => part.split(':'));
  return new Map(parts.flatMap(([n, code]) => (code ? [[Number(n), code] as const] : [])));
}

/** With another code at `n`; with none there, when `code` is empty. */
export const sampled = (value: string | undefined, n: number, code: string): string =>
  [...samples(value).set(n, code)].filter(([, c]) => c).sort(([a], [b]) => a - b).map(([at, c]) => `${at}:${c}`).join(' ');

/** One row more than there are samples: the next one. */
export const rows = (value: string | undefined): number => Math.max(-1, ...samples(value).keys()) + 2;
