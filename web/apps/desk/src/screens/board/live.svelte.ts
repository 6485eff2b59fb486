/** The board on this page: what the server has taken, what I did since, and the way between the two. */
import { language } from '$lib/i18n.svelte';
import { rounds } from '$lib/api/client';
import { outcome, renew } from '$lib/api/fetch';
import type { Problem } from '$lib/api/problem';
import { uuid7 } from '$lib/uuid7';
import { apply, boardOf, comesAgain, EMPTY, expect, inverse, type Board, type Inverse, type Told, type Wish } from './board';

interface Pending {
  wish: Wish;
  /** The version at which the server took it, once it has answered. */
  taken?: number;
}
export interface Move extends Told {
  at: number;
}
type New = Wish extends infer W ? (W extends { move_id: string } ? Omit<W, 'move_id'> : never) : never;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const MOST_SENT = 100;
const MOST_TOLD = 60;

export class LiveBoard {
  confirmed = $state.raw<Board>(EMPTY);
  pending = $state.raw<Pending[]>([]);
  version = $state(-1);
  open = $state(false);
  connection = $state<'connecting' | 'connected' | 'lost' | 'ended'>('connecting');
  problem = $state.raw<Problem | undefined>();
  /** The newest moves of everybody, the newest first. */
  moves = $state.raw<Move[]>([]);
  /** My moves that the server refused, in words. */
  refused = $state.raw<string | undefined>();
  #undo = $state.raw<string[]>([]);
  #inverses = new Map<string, Inverse>();
  #source: EventSource | undefined;
  #sending = false;
  #stopped = false;
  #pause = FIRST_PAUSE_MS;
  #timers = new Set<ReturnType<typeof setTimeout>>();

  shown = $derived(this.pending.reduce((board, p) => expect(board, p.wish, this.me, this.#inverses), this.confirmed));
  unsent = $derived(this.pending.filter((p) => p.taken === undefined).length);
  canUndo = $derived(this.#undo.length > 0);

  constructor(
    readonly round_id: string,
    readonly me: string,
    /** The version of the debrief that the page shows. */
    readonly debrief: () => number | undefined,
    readonly onDebrief: () => void,
  ) {
    this.pending = this.#restore();
    void this.#load();
    addEventListener('online', this.#hurry);
    addEventListener('offline', this.#gone);
  }

  stop(): void {
    this.#stopped = true;
    this.#source?.close();
    for (const timer of this.#timers) clearTimeout(timer);
    removeEventListener('online', this.#hurry);
    removeEventListener('offline', this.#gone);
  }

  /** Does it here at once, and tells the server as soon as it can be reached. */
  do(wish: New): void {
    const whole = { ...wish, move_id: uuid7() } as Wish;
    if (whole.kind !== 'undo') {
      this.#inverses.set(whole.move_id, inverse(this.shown, whole, this.me));
      this.#undo = [...this.#undo, whole.move_id];
    }
    this.#keep([...this.pending, { wish: whole }]);
    void this.#send();
  }

  /** Takes back my newest move. */
  undo(): void {
    const of = this.#undo.at(-1);
    if (of === undefined) return;
    this.#undo = this.#undo.slice(0, -1);
    const waiting = this.pending.find((p) => p.wish.move_id === of && p.taken === undefined);
    if (waiting && !this.#sending) this.#keep(this.pending.filter((p) => p !== waiting));
    else this.do({ kind: 'undo', of });
  }

  async #load(): Promise<void> {
    const { data, problem } = await outcome(rounds.GET('/rounds/{round_id}/board', { params: { path: { round_id: this.round_id } } }));
    if (this.#stopped) return;
    if (!data) {
      this.problem = problem;
      this.connection = 'lost';
      if (problem?.status === 0) this.#later(() => void this.#load());
      return;
    }
    this.problem = undefined;
    this.confirmed = boardOf(data);
    this.version = data.version;
    this.open = data.open;
    this.#settle();
    this.#listen();
    void this.#send();
  }

  #listen(): void {
    this.#source?.close();
    const around = this.debrief();
    const shown = `after=${this.version}${around === undefined ? '' : `&debrief=${around}`}`;
    const source = (this.#source = new EventSource(`/api/rounds/rounds/${this.round_id}/board/events?${shown}`));
    source.addEventListener('open', () => {
      this.connection = 'connected';
      this.#pause = FIRST_PAUSE_MS;
      void this.#send();
    });
    source.addEventListener('moves', (event) => this.#take(JSON.parse(event.data) as Told[]));
    source.addEventListener('again', () => void this.#load());
    source.addEventListener('debrief', () => this.onDebrief());
    source.addEventListener('ended', (event) => {
      source.close();
      const { reason } = JSON.parse(event.data) as { reason: string };
      if (reason === 'expired') void renew().then(() => this.#listen());
      else this.connection = 'ended';
    });
    source.addEventListener('error', () => {
      source.close();
      this.connection = 'lost';
      this.#later(() => void renew().finally(() => this.#stopped || this.#listen()));
    });
  }

  #take(told: Told[]): void {
    const news = told.filter((t) => t.version > this.version);
    if (news.length === 0) return;
    this.confirmed = news.reduce(apply, this.confirmed);
    this.version = news.at(-1)!.version;
    const at = Date.now();
    this.moves = [...news.toReversed().map((t) => ({ ...t, at })), ...this.moves].slice(0, MOST_TOLD);
    const mine = new Set(news.map((t) => t.move_id));
    this.#keep(this.pending.filter((p) => !mine.has(p.wish.move_id)));
    this.#settle();
  }

  /** What the server took no longer waits, once the board that is shown holds it. */
  #settle(): void {
    const left = this.pending.filter((p) => p.taken === undefined || p.taken > this.version);
    if (left.length !== this.pending.length) this.#keep(left);
  }

  async #send(): Promise<void> {
    if (this.#sending || this.#stopped || this.version < 0) return;
    const batch = this.pending.filter((p) => p.taken === undefined).slice(0, MOST_SENT);
    if (batch.length === 0) return;
    this.#sending = true;
    const { data, problem } = await outcome(
      rounds.POST('/rounds/{round_id}/board/moves', { params: { path: { round_id: this.round_id } }, body: { moves: batch.map((p) => p.wish) } }),
    );
    this.#sending = false;
    if (!data) {
      if (problem.status === 401) return; // kept on the device; they go after the next sign-in
      if (comesAgain(problem)) return void this.#later(() => void this.#send());
      const told = new Set(batch);
      this.refused = problem.detail;
      return this.#keep(this.pending.filter((p) => !told.has(p)));
    }
    const receipts = new Map(data.receipts.map((r) => [r.move_id, r]));
    const dropped = data.receipts.filter((r) => r.result === 'refused');
    if (dropped.length) this.refused = dropped[0]!.say?.[language()] ?? dropped[0]!.detail ?? undefined;
    this.#keep(
      this.pending.flatMap((p) => {
        const receipt = receipts.get(p.wish.move_id);
        if (!receipt) return [p];
        return receipt.result === 'refused' ? [] : [{ ...p, taken: receipt.version ?? data.version }];
      }),
    );
    this.#undo = this.#undo.filter((id) => !dropped.some((d) => d.move_id === id));
    this.#settle();
    await this.#send();
  }

  #hurry = (): void => {
    this.#pause = FIRST_PAUSE_MS;
    void this.#send();
    if (this.connection === 'lost' && this.version >= 0) this.#listen();
  };

  /** A cut line is noticed late: the device knows it at once. */
  #gone = (): void => {
    if (this.connection === 'connected') this.connection = 'lost';
  };

  #later(then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#stopped) then();
    }, this.#pause * (0.75 + Math.random() / 2));
    this.#timers.add(timer);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }

  get #key(): string {
    return `rondo.board.${this.round_id}.${this.me}`;
  }

  #keep(pending: Pending[]): void {
    this.pending = pending;
    if (pending.length) localStorage.setItem(this.#key, JSON.stringify(pending));
    else localStorage.removeItem(this.#key);
  }

  #restore(): Pending[] {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? '[]') as Pending[];
      return kept.map((p) => ({ wish: p.wish })); // sent again: the server knows what it has
    } catch {
      return [];
    }
  }
}
