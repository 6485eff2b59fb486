import loaders from 'virtual:messages/all';
import { beforeEach, expect, test, vi } from 'vitest';
import { gap } from './gap';
import { clock, day, need, number, percent, speak, t, word } from './i18n.svelte';

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
  expect(word('role', 'night_watch')).toBe('night watch');
});

test('shares are told in whole percent', () => {
  expect(percent(0.617)).toBe('62%');
  expect(percent(0.625)).toBe('63%');
});

test('numbers are written as on paper: in Spanish with a comma, and a space before the percent sign', async () => {
  await speak('es');
  expect(number(9.3)).toBe('9,3');
  expect(percent(0.625)).toBe('63\u00a0%');
});

test('how far a plan can be from the best is rounded up', async () => {
  expect([0, 0.0004, 0.004, 0.07, 0.123].map(gap)).toEqual(['0%', '0.1%', '0.4%', '7%', '13%']);
  await speak('es');
  expect(gap(0.0412)).toBe('4,2\u00a0%');
});

test('a sentence that ends in an abbreviation has one stop', async () => {
  await need(['visitday']);
  await speak('es');
  expect(t('visitday.told.room_taken', { what: 'Aula 3', since: '6:52 a.m.' })).toBe('Aula 3 está ocupada desde las 6:52 a.m.');
  expect(t('visitday.told.room_taken', { what: 'Aula 3', since: '18:52' })).toBe('Aula 3 está ocupada desde las 18:52.');
});

test('a time of the place is told as its people tell the time', () => {
  expect(clock('14:30')).toMatch(/^2:30\sPM$/);
  expect(clock('2026-10-14T18:30:00Z', 'America/New_York')).toMatch(/^2:30\sPM$/);
});

test('what a screen needs while the language changes comes in the new one', async () => {
  await need(['stage']); // its Spanish must be fetched first
  await loaders.en!.start!(); // while the English that a screen needs now is there already
  await Promise.all([speak('es'), need(['start'])]);
  expect(t('start.open')).toBe('por hacer');
});

test('a list of a thousand rows makes the format of its numbers once', () => {
  const made = vi.spyOn(Intl, 'NumberFormat');
  const plurals = vi.spyOn(Intl, 'PluralRules');
  for (let count = 0; count < 1000; count++) t('schedule.impossible', { count });
  expect(made.mock.calls.length + plurals.mock.calls.length).toBeLessThanOrEqual(2);
  vi.restoreAllMocks();
});
