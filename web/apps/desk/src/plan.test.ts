import { expect, test } from 'vitest';
import { layOut, offered, planOf, spread, type Draft } from './plan';

const rooms = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];

test('the rotation never puts two teams into one room at one time, nor a team into a room twice', () => {
  const slots = layOut(3, rooms, { start: '08:30', minutes: 20, gap: 5, perTeam: 6 });
  expect(new Set(slots.map((s) => `${s.starts_at} ${s.classroom_id}`)).size).toBe(slots.length);
  expect(new Set(slots.map((s) => `${s.team} ${s.classroom_id}`)).size).toBe(slots.length);
  expect(slots[3]).toEqual({ team: 0, classroom_id: 'r2', starts_at: '08:55', ends_at: '09:15' });
});

test('nothing is sent to be checked before school, day and facilitator are chosen', () => {
  const draft: Draft = { school_id: 's', day: '', facilitator: null, instrument: 'ipg/1', teams: [], slots: [], debrief: { room: '', starts_at: '', ends_at: '' } };
  expect(planOf(draft)).toBeUndefined();
  const whole = planOf({ ...draft, day: '2026-11-24', facilitator: { person_id: 'p', name: 'P' } });
  expect(whole).toMatchObject({ instrument: 'ipg', instrument_version: 1, facilitator_id: 'p', teams: [], slots: [] });
});

test('a new round pins the newest version of an instrument, a planned one may keep what it has', () => {
  const published = [1, 2].map((version) => ({ key: 'core', version })).concat({ key: 'own', version: 1 });
  expect(offered(published).map((i) => `${i.key}/${i.version}`)).toEqual(['core/2', 'own/1']);
  expect(offered(published, 'core/1').map((i) => `${i.key}/${i.version}`)).toEqual(['core/1', 'core/2', 'own/1']);
});

test('a crowd becomes even teams of about four: nobody is lost, who can stay stays, a timekeeper who moves is none', () => {
  const crowd = Array.from({ length: 13 }, (_, n) => ({ person_id: `p${n}`, name: `P ${n}` }));
  const teams = spread([{ name: 'Blue', observers: crowd, timekeeper_id: 'p12' }], (n) => `Team ${n}`);
  expect(teams.map((t) => [t.name, t.observers.length])).toEqual([['Blue', 4], ['Team 2', 3], ['Team 3', 3], ['Team 4', 3]]);
  expect(teams.flatMap((t) => t.observers)).toEqual(crowd);
  expect(teams.map((t) => t.timekeeper_id)).toEqual(['', '', '', '']);
  expect(spread(teams, String)).toEqual(teams);
});
