/** The day on the device: downloaded whole, and called ready only when the app has started from it without a network. */
import type { RoundsSchemas } from '$lib/api/client';
import { ask } from '$lib/api/fetch';
import type { Problem } from '$lib/api/problem';
import { build } from './device/report';
import type { Open } from './device/store';
import { held, keep } from './kept';

export type DayDocument = RoundsSchemas['Day'];
export type Visit = RoundsSchemas['DayVisit'];
export type Coaching = RoundsSchemas['DayCycle'];
export type Slot = RoundsSchemas['DaySlot'];

export interface Kept {
  day: DayDocument;
  fetched_at: number; // by the device's clock
}
interface Ready {
  build: string;
  fetched_at: number;
}
/** What the app in the frame says when it stands: the visits that it could open. */
export interface Stood {
  rondo: 'cold';
  fetched_at: number;
  slots: number;
  failed?: string;
}

const PATIENCE_MS = 20_000;

class Day {
  kept = $state.raw<Kept | undefined>();
  /** True when a start without a network was seen to work, with this day and these files. */
  ready = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | undefined>();
  /** Why the check did not succeed, for the person. */
  unready = $state<'no-worker' | 'failed' | undefined>();
  /** Counts the people of this window: what was asked for one is dropped when it comes after the sign-out. */
  #turn = 0;

  /** Reads what is on the device. */
  async restore(who: Open): Promise<void> {
    const turn = this.#turn;
    const [kept, ready, name] = await Promise.all([held<Kept>(who, 'day'), held<Ready>(who, 'ready'), build()]);
    if (turn !== this.#turn) return;
    if (!this.kept || (kept && kept.fetched_at > this.kept.fetched_at)) this.kept = kept; // the server may have been quicker
    this.ready = Boolean(ready && this.kept && ready.fetched_at === this.kept.fetched_at && ready.build === name);
  }

  forget(): void {
    this.#turn += 1;
    this.kept = undefined;
    this.ready = false;
    this.busy = false;
    this.problem = undefined;
    this.unready = undefined;
  }

  /** Downloads the visits, then proves that they open without a network. */
  async download(who: Open): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const turn = this.#turn;
    try {
      if ((await this.#fetch(who)) || (turn === this.#turn && this.kept && !this.ready)) await this.#verify(who);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }

  /** Takes up what the server holds now; says whether it came. */
  async #fetch(who: Open): Promise<boolean> {
    const turn = this.#turn;
    const { data, problem } = await ask<DayDocument>('GET', '/api/rounds/capture/day');
    if (turn !== this.#turn) return false;
    this.problem = problem;
    if (!data || data.person_id !== who.member.person_id) return false;
    const kept = { day: data, fetched_at: Date.now() };
    await keep(who, 'day', kept);
    if (turn !== this.#turn) return false;
    this.kept = kept;
    void import('./coaching/forget').then(({ forget }) => forget(who, data)).catch((error) => console.warn('not forgotten', error));
    return true;
  }

  /** After notes went in: what the server holds, without another check (the files are the same). */
  async refresh(who: Open): Promise<void> {
    const was = this.ready;
    if (!(await this.#fetch(who)) || !this.kept || !was) return;
    const { fetched_at } = this.kept;
    await keep(who, 'ready', { build: await build(), fetched_at } satisfies Ready);
  }

  async #verify(who: Open): Promise<void> {
    const turn = this.#turn;
    const fetched_at = this.kept?.fetched_at;
    this.ready = false;
    this.unready = undefined;
    if (!navigator.serviceWorker) return void (this.unready = 'no-worker');
    await Promise.race([navigator.serviceWorker.ready.then(controlled), pause(PATIENCE_MS)]);
    const name = await build(PATIENCE_MS);
    if (turn !== this.#turn) return;
    if (!name) return void (this.unready = 'no-worker');
    const stood = await coldStart();
    if (turn !== this.#turn) return;
    // A day that came in meanwhile needs its own look only for its data; the frame says which it opened.
    const now = this.kept?.fetched_at;
    if (now === undefined || stood?.failed || (stood?.fetched_at !== now && stood?.fetched_at !== fetched_at)) return void (this.unready = 'failed');
    await keep(who, 'ready', { build: name, fetched_at: now } satisfies Ready);
    if (turn === this.#turn) this.ready = true;
  }
}

/** A worker is "ready" a moment before it answers for this window. */
async function controlled(): Promise<void> {
  const container = navigator.serviceWorker;
  if (!container.controller) await new Promise((done) => container.addEventListener('controllerchange', done, { once: true }));
}

const pause = (ms: number) => new Promise<undefined>((done) => setTimeout(done, ms));

/** Starts the whole app once more in a frame that has no network (the worker answers it from what it keeps, and
 * nothing else), and waits for it to say that it stands. */
async function coldStart(): Promise<Stood | undefined> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'cold start';
  frame.src = `${import.meta.env.BASE_URL}?cold`;
  const told = new Promise<Stood>((resolve) => {
    const hear = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow || event.origin !== location.origin || event.data?.rondo !== 'cold') return;
      removeEventListener('message', hear);
      resolve(event.data as Stood);
    };
    addEventListener('message', hear);
  });
  document.body.append(frame);
  const stood = await Promise.race([told, pause(PATIENCE_MS)]);
  frame.remove();
  return stood;
}

export const day = new Day();

/** The visit and slot of an address. */
export function find(slot_id: string): { visit: Visit; slot: Slot } | undefined {
  for (const visit of day.kept?.day.visits ?? []) {
    const slot = visit.slots.find((s) => s.slot_id === slot_id);
    if (slot) return { visit, slot };
  }
  return undefined;
}

export const findCycle = (cycle_id: string): Coaching | undefined => day.kept?.day.cycles?.find((c) => c.cycle_id === cycle_id);
