/** What one slot's notes amount to: the server's copy, and on top of it what is on the device. Pure. */
import type { Slot } from '../day.svelte';
import type { Row } from '../device/store';
import type { Statement, Written } from '../queue/items';
import type { Given } from './instrument';

export interface Step {
  at: string; // the device's clock
  what: 'written' | 'changed' | 'deleted';
  words: string | null;
}
export interface Other {
  words: string | null;
  minute: number;
  core_element: string;
  focus_question_ids: readonly string[];
  look_for_ids: readonly string[];
  cause: 'stale_base' | 'other_content' | 'withdrawn';
}
export type Place = 'device' | 'server' | 'refused';

export interface Entry {
  client_id: string;
  content: Omit<Statement, 'words'> & { words: string | null };
  /** The revision that the next edit stands on. */
  revision: number;
  withdrawn: boolean;
  others: Other[];
  place: Place;
  history: Step[];
  seq: number; // of its first row; 0 when it came from elsewhere
}
export interface Rated extends Given {
  place: Place;
}
export interface Notes {
  entries: Entry[];
  ratings: Map<string, Rated>;
  submitted: boolean;
}

const placeOf = (row: Row): Place => (row.state === 'device' ? 'device' : row.state === 'refused' ? 'refused' : 'server');

/** `rows` in the order of their numbers, each with what is in its box. `fetched_at`: when the server's copy was. */
export function fold(slot: Slot | undefined, fetched_at: number, rows: [Row, Written][]): Notes {
  const entries = new Map<string, Entry>();
  const ratings = new Map<string, Rated>();
  let submitted = slot?.submitted ?? false;
  for (const s of slot?.statements ?? []) {
    entries.set(s.client_id, {
      client_id: s.client_id, content: { ...s, core_element: s.core_element, focus_question_ids: [...s.focus_question_ids], look_for_ids: [...s.look_for_ids] },
      revision: s.revision, withdrawn: s.withdrawn, others: s.others, place: 'server', seq: 0,
      history: [{ at: s.device_time, what: s.revision ? 'changed' : 'written', words: s.words }],
    });
  }
  for (const r of slot?.ratings ?? []) ratings.set(r.look_for_id, { value: r.value, place: 'server', version: r.instrument_version });
  for (const [row, w] of rows) {
    const place = placeOf(row);
    const newer = row.state === 'device' || row.state === 'refused' || (row.received_at ?? 0) > fetched_at;
    if (w.kind === 'note') continue; // of a coaching cycle
    if (w.kind === 'rating') {
      if (!newer || row.state === 'conflict') continue;
      if (w.value !== null) ratings.set(w.look_for_id, { value: w.value, place, version: w.instrument_version });
      else if (row.state !== 'refused') ratings.delete(w.look_for_id); // refused: the answer stands
    } else if (w.kind === 'submit') {
      submitted ||= row.state !== 'refused';
    } else if (w.kind === 'statement') {
      const known = entries.get(row.client_id);
      const step: Step = { at: w.device_time, what: 'written', words: w.words };
      if (!known) {
        entries.set(row.client_id, { client_id: row.client_id, content: w, revision: 0, withdrawn: false, others: [], place, seq: row.seq, history: [step] });
      } else {
        known.seq = row.seq;
        known.history.unshift(...(known.revision ? [step] : []));
      }
    } else {
      const entry = entries.get(w.of);
      if (!entry) continue;
      entry.history.push({ at: w.device_time, what: w.kind === 'amend' ? 'changed' : 'deleted', words: w.kind === 'amend' ? w.words : null });
      if (row.state === 'refused') entry.place = 'refused';
      if (row.state === 'conflict' || row.state === 'settled' || row.state === 'refused') continue;
      if (row.state === 'device') entry.place = 'device';
      if (w.kind === 'withdraw') entry.withdrawn = true;
      else if (w.base_revision >= entry.revision) {
        entry.content = w;
        entry.revision = w.base_revision + 1;
        entry.others = [];
      }
    }
  }
  const list = [...entries.values()].sort((a, b) => a.seq - b.seq || a.content.minute - b.content.minute);
  return { entries: list, ratings, submitted };
}

/** Statements that stand, by core element: what the wrap-up shows. */
export function byCore(entries: Entry[]): Record<string, number> {
  const counts: Record<string, number> = { teacher: 0, student: 0, content: 0, task: 0 };
  for (const e of entries) if (!e.withdrawn) counts[e.content.core_element]! += 1;
  return counts;
}
