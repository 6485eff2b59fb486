/** What is written: the content of each kind of item, as it is sealed and as it is sent. */
import type { RoundsSchemas } from '$lib/api/client';
import { open, seal } from '../device/crypto';
import type { Open, Row } from '../device/store';

export type Core = 'teacher' | 'student' | 'content' | 'task';
export const CORE: readonly Core[] = ['teacher', 'student', 'content', 'task'];

/** What the writer did about words that were marked as judging. */
export type Nudge = 'kept' | 'reworded';

export interface Statement {
  words: string;
  minute: number;
  core_element: Core;
  focus_question_ids: string[];
  look_for_ids: string[];
  nudge?: Nudge;
}

/** An answer to a look-for (null: taken back, it is not answered), and the version of the instrument that it was given on, where it is known. */
export interface Rating {
  look_for_id: string;
  value: string | null;
  instrument_version?: number | null;
}

/** What is added to a note of a coaching cycle: entries join their list, other fields take the place of theirs. */
export interface Note {
  cycle_id: string;
  artefact: string;
  artefact_id?: string;
  stage: string;
  turn: number;
  fields: Record<string, unknown>;
  ready: boolean;
}

export type Content =
  | ({ kind: 'statement' } & Statement)
  | ({ kind: 'amend'; of: string; base_revision: number } & Statement)
  | { kind: 'withdraw'; of: string }
  | ({ kind: 'rating' } & Rating)
  | { kind: 'submit' }
  | ({ kind: 'note' } & Note);

/** As sealed: with the device's clock and the slot's timer when it was written. */
export type Written = Content & { device_time: string; elapsed_seconds: number | null };

export type Receipt = RoundsSchemas['ItemReceipt'];

export const about = (content: Content): string => ('of' in content ? content.of : content.kind === 'rating' ? content.look_for_id : content.kind === 'note' ? content.artefact : '');

export const sealItem = (who: Open, client_id: string, written: Written) => seal(who.key, written, client_id);

const opened = new Map<string, Written>();
const MOST_OPENED = 4000;

/** What is in the row's box. What was opened once is remembered: a slot of 200 statements is read at each save. */
export async function openRow(who: Open, row: Row): Promise<Written> {
  const name = `${row.client_id} ${row.edition}`;
  const held = opened.get(name);
  if (held) return held;
  const found = await open<Written>(who.key, row.box, row.client_id);
  if (opened.size >= MOST_OPENED) opened.clear();
  opened.set(name, found);
  return found;
}

/** As docs/capture-protocol.md has it. */
export const asItem = (row: Row, written: Written) => ({ ...written, seq: row.seq, client_id: row.client_id, ...(written.kind !== 'note' && { slot_id: row.slot_id }) });
