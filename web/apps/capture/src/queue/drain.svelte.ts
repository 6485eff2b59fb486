/** Sends the queue: one sender at a time on the device, in order, until nothing is left or nothing can be done. */
import { fetchAgain } from '$lib/api/fetch';
import { problemOf, type Problem } from '$lib/api/problem';
import { me } from '../device/me.svelte';
import { inState, steadily, unsent, type Open, type Row } from '../device/store';
import { report } from '../device/report';
import { asItem, openRow, type Receipt } from './items';
import { compare, settle, type Ledger } from './receipts';

const MOST = 200;
const PROBE = 20; // items of the first delivery after one that did not get through
const BETWEEN_SAVES_MS = 5000; // while nothing gets through, saving tries again no more often
const LARGEST = 900_000; // bytes of one post
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 30_000;

type Hindrance = 'unreachable' | 'signed-out' | 'other' | 'forbidden' | 'device';

class Sync {
  sending = $state(false);
  /** Why nothing goes out at present. */
  hindrance = $state<Hindrance | undefined>();
  /** The device's clock minus the server's, in seconds, when last heard. */
  skew = $state<number | undefined>();
  /** When everything was in for the last time, by the device's clock. */
  done = $state<number | undefined>();
  /** Rises when the server has kept a second version: what it holds must be read to choose. */
  conflicts = $state(0);
  /** Something was saved that the count on the bar, read from the disk, does not hold yet. */
  uncounted = $state(false);
  /** Rises when the server was heard after a sign that the network may be back. */
  heard = $state(0);
  #again = false;
  #failures = 0;
  #failed_at = -Infinity; // by the clock that only runs forward
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Something was saved: it goes out at once, or with the next try when nothing gets through at present. Each try
   * marks what it sends in the database, which a writer in a room without a network should not wait for. */
  saved(): void {
    this.uncounted = true;
    if (this.hindrance !== 'unreachable' || performance.now() - this.#failed_at > BETWEEN_SAVES_MS) void this.go();
  }

  /** Sends now, and goes on by itself. Calling it at any time, from any window, does no harm. */
  async go(): Promise<void> {
    const who = me.open;
    if (!who) return;
    if (this.sending) return void (this.#again = true);
    this.sending = true;
    clearTimeout(this.#timer);
    try {
      do {
        this.#again = false;
        const drain = () => this.#drain(who);
        this.hindrance = await (navigator.locks?.request(`rondo.drain.${who.member.person_id}`, drain) ?? drain());
      } while (this.#again && this.hindrance === undefined);
    } catch (error) {
      console.warn('the queue could not be read', error);
      this.hindrance = 'device';
    } finally {
      this.sending = false;
    }
    if (this.hindrance === 'unreachable' || this.hindrance === 'device') this.#later();
    else this.#failures = 0;
  }

  /** Goes at every sign that the network may be back; `navigator.onLine` is not believed. */
  listen(): () => void {
    const go = () => {
      this.#failures = 0; // a sign that the network may be back: the next tries follow closely
      void this.go().then(() => this.hindrance === undefined && (this.heard += 1));
    };
    const seen = () => document.visibilityState === 'visible' && go();
    for (const sign of ['online', 'focus', 'pageshow']) addEventListener(sign, go);
    document.addEventListener('visibilitychange', seen);
    return () => {
      for (const sign of ['online', 'focus', 'pageshow']) removeEventListener(sign, go);
      document.removeEventListener('visibilitychange', seen);
      clearTimeout(this.#timer);
    };
  }

  #later(): void {
    this.#failed_at = performance.now();
    const pause = Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => void this.go(), pause);
  }

  async #drain(who: Open): Promise<Hindrance | undefined> {
    const { db, member } = who;
    let probing = this.hindrance === 'unreachable';
    let size = probing ? PROBE : MOST;
    let sent = false;
    for (;;) {
      const waiting = await steadily(db, () => inState(db, 'device').limit(size).toArray());
      if (waiting.length === 0) break;
      const { rows, body } = await this.#delivery(who, waiting);
      if (rows.length === 0) continue;
      // From here on the server may know them: they may not be changed any more.
      await db.rows.bulkUpdate(rows.map((r) => ({ key: r.seq, changes: { tries: r.tries + 1 } })));
      const answer = await post(body);
      if (typeof answer === 'string') return answer;
      if ('problem' in answer) {
        const { problem } = answer;
        if (problem.status === 409 || problem.status >= 500 || problem.status === 429 || problem.status === 408) return 'unreachable';
        if (problem.status === 403) return problem.code === 'other_person' ? 'other' : 'forbidden';
        // Something in the delivery cannot even be read: find out which, and put that one aside.
        if (rows.length > 1) size = Math.max(1, rows.length >> 2);
        else await aside(who, rows[0]!, problem);
        continue;
      }
      this.skew = answer.skew_seconds;
      if (probing) size = MOST;
      probing = false;
      await settle(db, answer.receipts);
      if (answer.receipts.some((r) => r.result === 'conflict')) this.conflicts += 1;
      sent = true;
    }
    if (sent || this.done === undefined) {
      const lost = await this.#confirm(who);
      if (typeof lost === 'string') return lost;
      if (lost > 0) this.#again = true;
    }
    this.done = Date.now();
    if (me.open === who) me.standing = 'mine';
    const told = await report(member.device_id, await unsent(db));
    if (told.data) this.skew = told.data.skew_seconds;
    return told.problem?.status === 401 ? 'signed-out' : told.problem?.status === 0 ? 'unreachable' : undefined;
  }

  async #delivery(who: Open, waiting: Row[]): Promise<{ rows: Row[]; body: string }> {
    const items: string[] = [];
    const rows: Row[] = [];
    let length = 0;
    for (const row of waiting) {
      const written = await openRow(who, row).catch(() => undefined);
      if (!written) {
        await aside(who, row, { ...UNREADABLE }); // a damaged box must not hold up the others
        continue;
      }
      const item = JSON.stringify(asItem(row, written));
      length += item.length * 3; // the most that UTF-8 makes of it
      if (items.length && length > LARGEST) break;
      items.push(item);
      rows.push(row);
    }
    const { device_id, person_id } = who.member;
    const envelope = JSON.stringify({ device_id, sent_at: new Date().toISOString(), observer_id: person_id });
    return { rows, body: `${envelope.slice(0, -1)},"items":[${items.join(',')}]}` };
  }

  async #confirm(who: Open): Promise<Hindrance | number> {
    const answer = await asked<Ledger>(new Request(`${location.origin}/api/rounds/capture/ledger/${who.member.device_id}`));
    if (typeof answer === 'string') return answer;
    return 'problem' in answer ? 0 : compare(who.db, answer);
  }
}

const UNREADABLE: Problem = { type: '/problems/unreadable', title: '', status: 0, code: 'unreadable', detail: 'What was written can no longer be read on this device.' };

type Delivered = { receipts: Receipt[]; skew_seconds: number };

const post = (body: string) =>
  asked<Delivered>(new Request(`${location.origin}/api/rounds/capture/batches`, { method: 'POST', body, headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) }));

async function asked<T>(request: Request): Promise<T | { problem: Problem } | Hindrance> {
  try {
    const answer = await fetchAgain(request);
    if (answer.status === 401) return 'signed-out';
    const told: unknown = await answer.json();
    return answer.ok ? (told as T) : { problem: problemOf(told, answer.status) };
  } catch {
    return 'unreachable'; // no network, no answer in time, or half of one: all may have been stored
  }
}

async function aside(who: Open, row: Row, problem: Problem): Promise<void> {
  await who.db.rows.update(row.seq, { state: 'refused', reason: { code: problem.code ?? 'malformed', detail: problem.detail, mend: problem.mend } });
}

export const sync = new Sync();
