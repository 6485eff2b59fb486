/** A slot's timer. Within a sitting it counts by the clock that only goes forward, so a tablet whose time is set
 * meanwhile still stamps the right minute. */
import type { Open } from '../device/store';
import { held, keep } from '../kept';

interface Kept {
  started_at: number; // by the device's clock
  elapsed: number; // seconds, when last written down
  noted_at: number; // by the device's clock
}

const LONGEST_AWAY = 4 * 3600; // seconds; more between two sittings is a clock that was set, or another day
const NOTE_EVERY_MS = 10_000;

export class Timer {
  /** Seconds since the start; undefined before it. */
  elapsed = $state<number | undefined>();
  #from = 0; // performance.now() at zero
  #started_at = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #noted = 0;
  readonly #who: Open;
  readonly #key: string;

  constructor(who: Open, slot_id: string) {
    this.#who = who;
    this.#key = `timer ${slot_id}`;
  }

  get minute(): number {
    return Math.floor((this.elapsed ?? 0) / 60);
  }

  async restore(now = Date.now()): Promise<void> {
    const kept = await held<Kept>(this.#who, this.#key);
    if (!kept || this.elapsed !== undefined) return;
    const away = (now - kept.noted_at) / 1000;
    this.#run(kept.elapsed + (away >= 0 && away <= LONGEST_AWAY ? away : 0), kept.started_at);
  }

  start(seconds = 0): void {
    this.#run(seconds, Date.now() - seconds * 1000);
    void this.#note();
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #run(seconds: number, started_at: number): void {
    clearInterval(this.#ticking);
    this.#from = performance.now() - seconds * 1000;
    this.#started_at = started_at;
    this.#tick();
    this.#ticking = setInterval(() => this.#tick(), 1000);
  }

  #tick(): void {
    this.elapsed = Math.floor((performance.now() - this.#from) / 1000);
    if (performance.now() - this.#noted > NOTE_EVERY_MS) void this.#note();
  }

  async #note(): Promise<void> {
    this.#noted = performance.now();
    const kept: Kept = { started_at: this.#started_at, elapsed: this.elapsed ?? 0, noted_at: Date.now() };
    await keep(this.#who, this.#key, kept).catch(() => undefined); // it is told again in ten seconds
  }
}
