import { beforeEach, expect, test, vi } from 'vitest';
import { speak } from './i18n.svelte';
import { teamName } from './team';

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
});

test('a team that is only numbered is told in the language in force, any other as somebody named it', async () => {
  await speak('es', ['words']);
  expect([teamName('Team 3'), teamName('Equipo 3'), teamName('Team Birch'), teamName('')]).toEqual(['Equipo 3', 'Equipo 3', 'Team Birch', '']);
  await speak('en', ['words']);
  expect([teamName('Team 3'), teamName('Equipo 12')]).toEqual(['Team 3', 'Team 12']);
});
