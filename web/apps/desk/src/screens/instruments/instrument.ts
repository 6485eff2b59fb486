/** An instrument as it is written and previewed on the screen. */
import type { RoundsSchemas } from '$lib/api/client';

export type Shape = RoundsSchemas['Draft'];
export type Item = Shape['items'][number];
export type Relevance = Exclude<RoundsSchemas['DraftItem']['relevance'], null | undefined>;
export interface Words {
  en: string;
  es: string;
}

export const KINDS = ['choice', 'multi_choice', 'count', 'scale', 'observed', 'tally', 'note'] as const;
export const withChoices = (kind: string): boolean => kind === 'choice' || kind === 'multi_choice' || kind === 'tally';

/** Whether an item is asked, given the answers so far; the server and the tablets evaluate the same JSON. */
export function holds(e: Relevance | null | undefined, answers: Record<string, string>): boolean {
  if (!e) return true;
  switch (e.op) {
    case 'is':
      return answers[e.item] === e.value;
    case 'includes':
      return (answers[e.item] ?? '').split(' ').includes(e.value);
    case 'at_least':
    case 'at_most': {
      const value = answers[e.item] ?? '';
      if (!/^\d+$/.test(value)) return false;
      return e.op === 'at_least' ? Number(value) >= e.number : Number(value) <= e.number;
    }
    case 'answered':
      return e.item in answers;
    case 'all':
      return e.of.every((one) => holds(one as Relevance, answers));
    case 'any':
      return e.of.some((one) => holds(one as Relevance, answers));
    case 'not':
      return !holds(e.of[0] as Relevance, answers);
  }
}
