/** What was answered, in the words of the form that it was given on. */
import { samples } from '$lib/answers';
import type { RoundsSchemas } from '$lib/api/client';
import { language, list, t } from '$lib/i18n.svelte';

type Item = RoundsSchemas['LookFor'];
const ALWAYS = ['yes', 'no', 'not_observed', 'not_applicable'] as const;

function label(item: Item, code: string): string {
  const always = ALWAYS.find((a) => a === code);
  return item.choices?.find((c) => c.code === code)?.label[language()] ?? (always ? t(`evidence.answer.${always}`) : code);
}

/** Of a tally how often each was seen. */
export function said(item: Item, value: string): string {
  const seen = [...samples(value).values()];
  if (item.kind !== 'tally' || !seen.length) return list(value.split(' ').map((code) => label(item, code)));
  return list([...new Set(seen)].map((code) => t('evidence.answer.times', { label: label(item, code), count: seen.filter((s) => s === code).length })));
}
