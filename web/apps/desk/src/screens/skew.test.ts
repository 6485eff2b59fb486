import { beforeEach, expect, test, vi } from 'vitest';
import { speak } from '$lib/i18n.svelte';
import { off } from './skew';

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
});

test('a clock is off by days, hours, minutes or seconds, not by 1,440 minutes', async () => {
  await speak('en', ['operations']);
  expect([1, -1.5].map(off)).toEqual(['right', 'right']);
  expect([45, -200, 3 * 3600, -86_400, 10 * 86_400].map(off)).toEqual(['45 s fast', '3 min slow', '3 h fast', '24 h slow', '10 days fast']);
  await speak('es', ['operations']);
  expect(off(-2 * 86_400)).toBe('2 días atrasado');
});
