/** What an item says, in a line. */
import type { Written } from './items';

export function saying(written: Written): string {
  if ('words' in written) return written.words;
  if (written.kind === 'rating') return `${written.look_for_id}: ${written.value ?? '–'}`;
  return written.kind === 'note' ? texts(written.fields).join(' · ') : '';
}

const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(texts) : [];
