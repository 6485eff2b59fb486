import { expect, test, vi } from 'vitest';
import { at, problemOf } from './api/problem';
import { addMonths, clockIn, today, weeks } from './days';
import { tried } from './i18n.svelte';
import { match } from './match';
import { schoolYear } from './schoolYear';
import { csv } from './upload';
import { uuid7 } from './uuid7';

test('an address fits a pattern and gives its names', () => {
  expect(match('/visits/:round/:slot', '/visits/a/b%20c')).toEqual({ round: 'a', slot: 'b c' });
  expect(match('/visits/:round', '/visits')).toBeUndefined();
});

test('a month is shown in whole weeks from Sunday', () => {
  const shown = weeks('2026-11');
  expect(shown[0]![0]).toBe('2026-11-01');
  expect(shown.at(-1)!.at(-1)).toBe('2026-12-05');
  expect(addMonths('2026-12', 1)).toBe('2027-01');
});

test('a day belongs to the school year that began before it', () => {
  const years = (days: string[], ...terms: string[]) => days.map((day) => schoolYear(day, terms.map((starts_on) => ({ starts_on }))));
  expect(years(['2026-06-30', '2026-07-01', '2027-01-15', '2027-06-30'])).toEqual([2025, 2026, 2026, 2026]);
  const known = ['2027-01-11', '2026-08-24', '2026-09-28', '2025-08-18'];
  expect(years(['2026-08-23', '2026-08-24', '2027-01-11', '2025-08-17', '2025-08-18'], ...known)).toEqual([2025, 2026, 2026, 2024, 2025]);
  expect(years(['2028-08-23', '2028-08-24', '2020-08-17', '2020-08-18'], ...known)).toEqual([2027, 2028, 2019, 2020]);
  expect(years(['2027-06-30', '2027-07-01'], '2027-01-11')).toEqual([2026, 2027]);
});

test("a day is the district's, not the device's", () => {
  const lateEvening = new Date('2026-11-24T03:30:00Z');
  expect(today('America/New_York', lateEvening)).toBe('2026-11-23');
  expect(today('Europe/Madrid', lateEvening)).toBe('2026-11-24');
  expect(clockIn('2026-11-23T13:50:00Z', 'America/New_York')).toBe('08:50');
});

test('a client id is a UUIDv7 that sorts by time', () => {
  const [early, late] = [uuid7(1_700_000_000_000), uuid7(1_700_000_000_001)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
  expect(parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
});

test('sentences stand at the field that they are about', () => {
  const told = problemOf({ title: 'x', detail: 'y', problems: [{ where: 'body/name', detail: 'Too long.' }, 'No field.'] }, 422);
  expect(at(told, 'name').map((p) => p.detail)).toEqual(['Too long.']);
  expect(told.problems?.[1]).toEqual({ detail: 'No field.' });
  expect(problemOf('<html>', 502).status).toBe(502);
});

test('a problem is told in the language in force where the service has both, else in English', async () => {
  const both = { detail: 'No school.', es: { lang: 'es', detail: 'No hay clases.' } };
  expect(problemOf({ title: 'x', ...both }, 409).detail).toBe('No school.');
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await tried('es', []);
  const said = problemOf({ title: 'x', ...both, problems: [both, { detail: 'English alone.' }] }, 409);
  expect([said, ...said.problems!].map((p) => [p.lang, p.detail])).toEqual([['es', 'No hay clases.'], ['es', 'No hay clases.'], [undefined, 'English alone.']]);
  await tried('en', []);
});

test('a cell of a CSV cannot become a formula', () => {
  expect(csv([['=1+1', 'a,b', null, 3]])).toBe('\ufeff\'=1+1,"a,b",,3\r\n');
});
