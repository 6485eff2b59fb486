import { t } from './i18n.svelte';

/** A team's name; one that only numbers it, as plans and the form name it, in the language in force. */
export function teamName(name: string): string {
  const n = /^(?:Team|Equipo) (\d+)$/.exec(name)?.[1];
  return n ? t('words.team_n', { n }) : name;
}
