import { beforeEach, expect, test, vi } from 'vitest';
import { hundredths, keptBack, moved, points, whyInWords } from './figures';
import { speak } from './i18n.svelte';

const names = { subject: (_: string, subject: string) => `«${subject}»`, answer: (_: string, code: string) => code };
const reason = { text: 'in English', mend: 'in English' };

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
});

test('why a release is kept back is said in the language in force, of which table', async () => {
  await speak('es', ['figures', 'words']);
  const pinned = keptBack({ ...reason, code: 'pinned', definition: 'look_for.answers', subject: '1a' }, names);
  expect(pinned).toContain('«1a»');
  expect(pinned).toContain('una cuenta oculta o acotada podría deducirse');
  expect(keptBack({ ...reason, code: 'pinned_by_sections', definition: 'core_element.visits', subject: 'task' }, names)).toMatch(/Tarea: junto con las cifras por grado/i);
  expect(keptBack({ ...reason, code: 'not_checked', definition: null, subject: null }, names)).toMatch(/^En el tiempo/);
  await speak('en', ['figures', 'words']);
  expect(keptBack({ ...reason, code: 'few_observers', definition: 'core_element.statements', subject: null }, names)).toMatch(
    /^Statements by core element: a count would be what a single observer said/,
  );
});

test('why a released pattern has no figures is said in the language in force', async () => {
  await speak('es', ['figures', 'words']);
  expect(whyInWords('fewer than 5 classrooms')).toBe('menos de 5 aulas');
  expect(whyInWords('fewer than 3 observers')).toBe('menos de 3 observadores');
  expect(whyInWords('something else')).toBe('something else');
});

test('a difference is told in whole points with its sign, and none is never less than none', async () => {
  await speak('en', ['figures']);
  expect([0.1875, -0.125, 0.625 - 0.5, -0.004, 0].map(points)).toEqual(['+19', '\u221213', '+13', '0', '0']);
  expect([-0.001, 0.1, -0.12].map(hundredths)).toEqual(['0.00', '0.10', '\u22120.12']);
  await speak('es', ['figures']);
  expect(hundredths(-0.126)).toBe('\u22120,13');
});

test('two shares differ by what is shown of them, and by less than a point where that is the same', async () => {
  await speak('en', ['figures']);
  expect([moved(0.324, 0.336), moved(0.3247, 0.3151), moved(0.5, 0.5), moved(0.145, 0.1375)]).toEqual(['+2', 'less than 1 point', '0', '\u22121']);
  await speak('es', ['figures']);
  expect(moved(0.3247, 0.3151)).toBe('menos de 1 punto');
});
