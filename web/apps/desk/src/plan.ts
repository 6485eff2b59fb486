/** A round as a leader puts it together on the screen, and as the scheduling service takes it. */
import type { SchedulingSchemas } from '$lib/api/client';
import { clockAt, clockIn, minutes } from '$lib/days';

export interface Named {
  person_id: string;
  name: string;
}
export interface DraftTeam {
  name: string;
  observers: Named[];
  timekeeper_id: string;
}
export interface DraftSlot {
  team: number;
  classroom_id: string;
  starts_at: string;
  ends_at: string;
  period?: string | null;
}
export interface Draft {
  school_id: string;
  day: string;
  facilitator: Named | null;
  instrument: string;
  teams: DraftTeam[];
  slots: DraftSlot[];
  debrief: { room: string; starts_at: string; ends_at: string };
}

export interface Layout {
  start: string;
  minutes: number;
  gap: number;
  perTeam: number;
}

/**
 * The rotation: at each time every team is in another classroom, and each team moves on to the next one. With
 * fewer classrooms than teams, teams share a room; the check then says so.
 */
export function layOut(teams: number, classrooms: string[], { start, minutes: length, gap, perTeam }: Layout): DraftSlot[] {
  if (classrooms.length === 0) return [];
  const stride = Math.max(1, Math.floor(classrooms.length / Math.max(1, teams)));
  return Array.from({ length: perTeam }, (_, turn) => {
    const begins = minutes(start) + turn * (length + gap);
    return Array.from({ length: teams }, (_, team) => ({
      team,
      classroom_id: classrooms[(team * stride + turn) % classrooms.length]!,
      starts_at: clockAt(begins),
      ends_at: clockAt(begins + length),
    }));
  }).flat();
}

const BEST_TEAM = 4;
export const LARGEST_TEAM = 5;

/** The same observers in even teams of about four; who can stay in their team stays. `name(n)` names a new team n. */
export function spread(teams: DraftTeam[], name: (n: number) => string): DraftTeam[] {
  const people = teams.flatMap((team) => team.observers).length;
  const count = Math.max(teams.length, Math.ceil(people / BEST_TEAM));
  const room = (n: number) => Math.floor(people / count) + (n < people % count ? 1 : 0);
  const moving = teams.flatMap((team, n) => team.observers.slice(room(n)));
  return Array.from({ length: count }, (_, n) => {
    const { observers, ...team } = teams[n] ?? { name: name(n + 1), observers: [], timekeeper_id: '' };
    const stay = observers.slice(0, room(n));
    const all = [...stay, ...moving.splice(0, room(n) - stay.length)];
    return { ...team, observers: all, timekeeper_id: all.some((o) => o.person_id === team.timekeeper_id) ? team.timekeeper_id : '' };
  });
}

/** The instruments that a round may pin now: the newest version of each, and `pinned`, which it has. */
export function offered<T extends { key: string; version: number }>(published: T[], pinned = ''): T[] {
  const newest = new Map(published.map((i) => [i.key, 0]));
  for (const i of published) newest.set(i.key, Math.max(newest.get(i.key)!, i.version));
  return published.filter((i) => i.version === newest.get(i.key) || `${i.key}/${i.version}` === pinned);
}

/** The plan to send, or undefined while school, day, facilitator or instrument are missing. */
export function planOf(draft: Draft): SchedulingSchemas['Plan'] | undefined {
  if (!draft.school_id || !draft.day || !draft.facilitator || !draft.instrument) return undefined;
  const [instrument = '', version] = draft.instrument.split('/');
  return {
    school_id: draft.school_id,
    day: draft.day,
    facilitator_id: draft.facilitator.person_id,
    instrument,
    instrument_version: Number(version),
    teams: draft.teams.map((team) => ({
      name: team.name,
      observer_ids: team.observers.map((o) => o.person_id),
      timekeeper_id: team.timekeeper_id || null,
    })),
    slots: draft.slots.filter((s) => s.classroom_id && s.starts_at && s.ends_at).map((slot) => ({ ...slot, period: slot.period ?? null })),
    debrief: draft.debrief.room.trim() && draft.debrief.starts_at && draft.debrief.ends_at ? { ...draft.debrief, room: draft.debrief.room.trim() } : null,
  };
}

/** The draft that changes a round which is scheduled. */
export function draftOf(round: SchedulingSchemas['RoundOut']): Draft {
  return {
    school_id: round.school_id,
    day: round.day,
    facilitator: round.facilitator,
    instrument: `${round.instrument}/${round.instrument_version}`,
    teams: round.teams.map((t) => ({ name: t.name, observers: t.observers, timekeeper_id: t.timekeeper_id ?? '' })),
    slots: round.slots.map((s) => ({
      team: round.teams.findIndex((t) => t.team_id === s.team_id),
      classroom_id: s.classroom_id,
      starts_at: clockIn(s.starts_at, round.timezone),
      ends_at: clockIn(s.ends_at, round.timezone),
      period: s.period,
    })),
    debrief: round.debrief
      ? { room: round.debrief.room, starts_at: clockIn(round.debrief.starts_at, round.timezone), ends_at: clockIn(round.debrief.ends_at, round.timezone) }
      : { room: '', starts_at: '', ends_at: '' },
  };
}
