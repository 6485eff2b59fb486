/** What an item says, in a line. */
import { language } from '$lib/i18n.svelte';
import type { Visit } from '../day.svelte';
import { inWords } from '../notes/earlier';
import type { Written } from './items';

/** `visit`: where it was written, if it is on this device; `withdrawn`: the words that a deletion takes back. */
export function saying(written: Written, visit: Visit | undefined, withdrawn = ''): string {
  if ('words' in written) return written.words;
  if (written.kind === 'withdraw') return withdrawn;
  if (written.kind === 'note') return texts(written.fields).join(' · ');
  if (written.kind !== 'rating') return '';
  const { look_for_id, instrument_version: version, value } = written;
  const forms = visit ? [visit.instrument, ...visit.earlier_instruments.toReversed()] : [];
  const items = [...forms.filter((f) => f.version === version), ...forms].flatMap((f) => f.items);
  const item = items.find((i) => i.id === look_for_id);
  return `${item?.prompt[language()] ?? look_for_id}: ${value === null ? '–' : inWords(item, value)}`;
}

const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(texts) : [];
