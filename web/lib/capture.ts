/** Sends notes by the capture protocol: every item has an id and a number of its own, so repeats are harmless. */
import { rounds, type RoundsSchemas } from './api/client';
import { outcome, type Outcome } from './api/fetch';
import { told, type Problem } from './api/problem';
import { uuid7 } from './uuid7';

type Receipt = RoundsSchemas['ItemReceipt'];
export interface Numbered {
  seq: number;
  client_id: string;
  device_time: string;
}
interface Statement {
  words: string;
  minute: number;
  core_element: string;
  focus_question_ids: string[];
  look_for_ids: string[];
}
/** Why a statement is corrected: a code. */
export const WHY = ['clearer_words', 'not_what_was_seen', 'names_a_person', 'wrong_place', 'said_twice', 'other'] as const;
export type Why = (typeof WHY)[number];
export type Note =
  | ({ kind: 'statement'; slot_id: string } & Statement)
  | ({ kind: 'amend'; slot_id: string; of: string; base_revision: number; why: Why | null } & Statement)
  | { kind: 'withdraw'; slot_id: string; of: string; why: Why | null }
  | { kind: 'rating'; slot_id: string; look_for_id: string; value: string | null }
  | { kind: 'submit'; slot_id: string };

const DEVICE = 'rondo.device';
const counter = (person: string) => `rondo.seq.${person}`;

function device(): string {
  const held = localStorage.getItem(DEVICE) ?? crypto.randomUUID();
  localStorage.setItem(DEVICE, held);
  return held;
}

/** Gives a note its number and id. Windows take turns; what the server holds already is counted in. */
export async function numbered(person: string, note: Note): Promise<Outcome<Note & Numbered>> {
  return navigator.locks.request(counter(person), async (): Promise<Outcome<Note & Numbered>> => {
    let last = Number(localStorage.getItem(counter(person)) ?? '-1');
    if (last < 0) {
      const ledger = await outcome(rounds.GET('/capture/ledger/{device_id}', { params: { path: { device_id: device() } } }));
      if (ledger.problem) return ledger;
      last = ledger.data.maximum;
    }
    localStorage.setItem(counter(person), String(last + 1));
    return { data: { ...note, seq: last + 1, client_id: uuid7(), device_time: new Date().toISOString() } };
  });
}

/** Sends one numbered note and gives its receipt. Sending the same again is always safe. */
export async function send(item: Note & Numbered): Promise<Outcome<Receipt>> {
  const body = { device_id: device(), sent_at: new Date().toISOString(), items: [item] };
  const found = await outcome(rounds.POST('/capture/batches', { body: body as never }));
  if (found.problem) return found;
  const receipt = found.data.receipts[0]!;
  if (receipt.result !== 'refused') return { data: receipt };
  const reason = receipt.reason;
  return { problem: told({ type: '/problems/refused', title: '', status: 409, ...reason! } as Problem) };
}
