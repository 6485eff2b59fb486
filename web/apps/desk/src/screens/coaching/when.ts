import { locale } from '$lib/i18n.svelte';
import { session } from '$lib/session.svelte';

/** When a meeting is, with its weekday, on the clocks of the district. */
export const when = (starts: string): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: session.zone }).format(new Date(starts));
