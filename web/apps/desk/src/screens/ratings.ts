/** How an answer's text changes, one code at a time. */
import { inOrder, NOT_APPLICABLE, NOT_OBSERVED, sampled as written, samples } from '$lib/answers';

export const OTHER = [NOT_OBSERVED, NOT_APPLICABLE] as const;
export const isOther = (value: string | undefined): boolean => value === OTHER[0] || value === OTHER[1];

/** The codes with one more or one less, in the document's order; undefined: nothing is chosen. */
export function chosen(order: readonly string[], value: string | undefined, code: string, on: boolean): string | undefined {
  const held = new Set(isOther(value) ? [] : (value ?? '').split(' '));
  if (on) held.add(code);
  else held.delete(code);
  return inOrder(order, held) || undefined;
}

/** With another code at `n`; with none there, when `code` is empty. */
export function sampled(value: string | undefined, n: number, code: string): string {
  const held = samples(value);
  if (code) held.set(n, code);
  else held.delete(n);
  return written(held);
}

/** One row more than there are samples: the next one. */
export const rows = (value: string | undefined): number => Math.max(-1, ...samples(value).keys()) + 2;
