/** How far a clock is off, in the unit that a person would say it in. */
import { t } from '$lib/i18n.svelte';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [['operations.days', DAY], ['operations.hours', HOUR], ['operations.minutes', MINUTE], ['operations.seconds', 1]] as const;

/** `seconds`: the device's clock less the server's. One and a half of a unit is the least that is told in it. */
export function off(seconds: number): string {
  const far = Math.abs(seconds);
  if (far < 2) return t('operations.clock_right');
  const [key, unit] = UNITS.find(([, unit]) => far >= 1.5 * unit) ?? UNITS[3];
  return t(seconds > 0 ? 'operations.clock_fast' : 'operations.clock_slow', { amount: t(key, { count: Math.round(far / unit) }) });
}
