import { query } from '$lib/router.svelte';

/** A day that there is, as "2026-10-14". */
const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).getUTCDate() === Number(text.slice(8));

/** The day in the address as of which a page is asked for; none where what stands there is no day. */
export const asOf = (): string | undefined => {
  const day = query().get('as_of') ?? '';
  return isDay(day) ? day : undefined;
};
