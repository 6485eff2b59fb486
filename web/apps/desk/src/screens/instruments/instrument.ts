/** An instrument as it is written and previewed on the screen. */
import type { RoundsSchemas } from '$lib/api/client';

export type Shape = RoundsSchemas['Draft'];
export type Item = Shape['items'][number];
export interface Words {
  en: string;
  es: string;
}

export const KINDS = ['choice', 'multi_choice', 'count', 'scale', 'observed', 'tally', 'note'] as const;
export const withChoices = (kind: string): boolean => kind === 'choice' || kind === 'multi_choice' || kind === 'tally';
