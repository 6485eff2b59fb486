import { beforeEach, expect, test, vi } from 'vitest';
import { day, need, percent, speak, t, word } from './i18n.svelte';

beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await speak('en', ['shell']);
  await need(['words', 'schedule']);
});

test('placeholders are filled and plurals chosen by the language', async () => {
  expect(t('schedule.impossible', { count: 1 })).toBe('1 thing forbids this plan:');
  expect(t('schedule.impossible', { count: 3 })).toBe('3 things forbid this plan:');
  await speak('es');
  expect(t('schedule.impossible', { count: 3 })).toBe('3 motivos impiden este plan:');
});

test('every word on the screen changes with the language, and the page says which it is', async () => {
  expect(word('core', 'student')).toBe('Student');
  await speak('es');
  expect(word('core', 'student')).toBe('Estudiante');
  expect(document.documentElement.lang).toBe('es');
  expect(day('2026-10-14')).toBe('miércoles, 14 de octubre de 2026');
});

test('a code that the catalogue does not know is shown as it is', () => {
  expect(word('role', 'school_administrator')).toBe('school administrator');
});

test('shares are told in whole percent', () => {
  expect(percent(0.617)).toBe('62%');
});
