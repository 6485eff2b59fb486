/** The notes of one kind that I write in a cycle: those that the server holds, and those in the queue. */
import type { RoundsSchemas } from '$lib/api/client';
import { sync } from '../queue/drain.svelte';
import { language } from '$lib/i18n.svelte';
import type { Coaching } from '../day.svelte';
import type { Open, Row, State } from '../device/store';
import { openAll } from '../notes/rows';
import { Live } from '../query.svelte';
import type { Note, Written } from '../queue/items';
import { write } from '../queue/write';

export type Kind = RoundsSchemas['DayKind'];
export type Field = RoundsSchemas['ArtefactField'];
export type Plain = RoundsSchemas['PlainField'];
export type Values = Record<string, unknown>;
export const says = (said: { en: string; es: string } | null | undefined): string => said?.[language()] ?? '';

/** An entry of a note with where it is. */
export interface Line {
  values: Values;
  state: State;
  key: string;
}
/** One of my notes, as the server's word and the queue together have it. */
export interface Held {
  artefact_id?: string;
  values: Values;
  lines: Line[];
  ready: boolean;
  state: State;
  key: string;
}

/** The list that is written line by line. */
export const listOf = (kind: Kind): Field | undefined =>
  kind.artefact.fields.find((f) => f.kind === 'items' && f.fields?.some((inner) => inner.kind === 'minute'));
export const aliasOf = (kind: Kind): Field | undefined => kind.artefact.fields.find((f) => f.kind === 'alias');

const empty = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length);
/** The required fields that say nothing: zero is something. */
export const lacking = (fields: readonly { id: string; required: boolean }[], values: Values): string[] =>
  fields.filter((f) => f.required && empty(values[f.id])).map((f) => f.id);

export class Pad {
  readonly #rows: Live<[Row, Written][]>;
  failure = $state<'full' | 'closed' | undefined>();

  readonly who: Open;
  /** As the day has them now: they change when it is downloaded again. */
  readonly now: () => { cycle: Coaching; kind: Kind };
  readonly #elapsed: () => number | null;

  constructor(who: Open, now: () => { cycle: Coaching; kind: Kind }, elapsed: () => number | null) {
    this.who = who;
    this.now = now;
    this.#elapsed = elapsed;
    const { cycle_id } = now().cycle;
    this.#rows = new Live(
      () => who.db.rows.where('slot_id').equals(cycle_id).sortBy('seq'),
      (rows: Row[]) => openAll(who, rows),
    );
  }

  get loaded(): boolean {
    return this.#rows.value !== undefined;
  }

  /** The server's notes, and on top of them what it has not told us it holds. */
  readonly notes: Held[] = $derived.by(() => {
    const { cycle, kind } = this.now();
    return fold(kind, cycle, this.#rows?.value ?? []);
  });

  /** True when it is on the disk. Otherwise `failure` says why, and nothing was saved. */
  async add(fields: Values, ready: boolean, artefact_id?: string, draft?: string): Promise<boolean> {
    const { cycle, kind } = this.now();
    const { cycle_id, stage, turn } = cycle;
    const note: Note = { cycle_id, artefact: kind.artefact.id, stage, turn, fields, ready, ...(artefact_id && { artefact_id }) };
    try {
      await write(this.who, cycle_id, { kind: 'note', ...note }, this.#elapsed(), draft);
    } catch (error) {
      this.failure = JSON.stringify([(error as Error).name, (error as { inner?: Error }).inner?.name]).includes('Quota') ? 'full' : 'closed';
      console.warn('not saved', error);
      return false;
    }
    this.failure = undefined;
    sync.saved();
    return true;
  }
}

export function fold(kind: Kind, cycle: Coaching, rows: [Row, Written][]): Held[] {
  const { artefact } = kind;
  const list = listOf(kind);
  const taken = new Set(kind.own.flatMap((n) => n.taken));
  const split = (fields: Values): [Values, Values[]] => {
    if (!list) return [fields, []];
    const { [list.id]: lines, ...rest } = fields;
    return [rest, (lines ?? []) as Values[]];
  };
  const notes: Held[] = kind.own.map((n) => {
    const [values, lines] = split((n.fields ?? {}) as Values);
    return { artefact_id: n.artefact_id, values, lines: lines.map((v, i) => ({ values: v, state: 'confirmed', key: `${n.artefact_id} ${i}` })), ready: n.ready, state: 'confirmed', key: n.artefact_id };
  });
  for (const [row, w] of rows) {
    if (w.kind !== 'note' || w.artefact !== artefact.id || w.turn !== cycle.turn || taken.has(row.client_id)) continue;
    const id = w.artefact_id ?? (artefact.many ? row.client_id : undefined);
    let note = artefact.many ? notes.find((n) => n.artefact_id === id) : notes[0];
    if (!note) notes.push((note = { artefact_id: id, values: {}, lines: [], ready: false, state: row.state, key: row.client_id }));
    const [values, lines] = split(w.fields);
    note.values = { ...note.values, ...values };
    note.lines = [...note.lines, ...lines.map((v, i) => ({ values: v, state: row.state, key: `${row.client_id} ${i}` }))];
    note.ready ||= w.ready && row.state !== 'refused';
    if (row.state === 'device' || row.state === 'refused') note.state = row.state;
  }
  return notes;
}
