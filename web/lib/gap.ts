import { language, number } from './i18n.svelte';

/** How far a plan can be from the best, a share 0-1, as percent: rounded up, for "at most 0 %" of what is not nothing would be untrue. */
export function gap(share: number): string {
  const whole = share < 0.1 ? 10 : 1;
  const told = Math.ceil(Number((share * 100 * whole).toFixed(6))) / whole;
  return `${number(told)}${language() === 'es' ? '\u00a0' : ''}%`;
}
