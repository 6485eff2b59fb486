/** An instrument as it is written and previewed on the screen. */
import type { FieldProblem } from '$lib/api/problem';
import type { RoundsSchemas } from '$lib/api/client';
import { language, t } from '$lib/i18n.svelte';

export type Shape = RoundsSchemas['Draft'];
export type Item = Shape['items'][number];
export interface Words {
  en: string;
  es: string;
}

export const KINDS = ['choice', 'multi_choice', 'count', 'scale', 'observed', 'tally', 'note'] as const;
export const withChoices = (kind: string): boolean => kind === 'choice' || kind === 'multi_choice' || kind === 'tally';

export type Lack = RoundsSchemas['Lack'];

/** Words in the language in force, or in the other where they are missing. */
export const words = (of: { en?: string; es?: string } | null | undefined): string => of?.[language()] || of?.en || of?.es || '';

/** What is lacking, as a field shows it. */
export const asProblem = (lack: Lack): FieldProblem => ({ ...lack, detail: words(lack.say), lang: language() });

/** Where in the draft something is lacking; within an item alone, where `within`. */
export function placeOf({ where }: Lack, within = false): string {
  const [list, n, part, choice] = where.split('/');
  if (list === 'groups') return t('instruments.group_n', { n: Number(n) + 1 });
  if (list !== 'items' || n === undefined) return list === 'title' ? t('instruments.title') : '';
  const places = within ? [] : [t('instruments.item_n', { n: Number(n) + 1 })];
  if (part === 'choices' && choice !== undefined) places.push(t('instruments.choice_n', { n: Number(choice) + 1 }));
  return places.join(', ');
}

/** `placeOf`, and what is lacking there. */
export const told = (lack: Lack, within = false): string => [placeOf(lack, within), words(lack.say)].filter(Boolean).join(': ');
