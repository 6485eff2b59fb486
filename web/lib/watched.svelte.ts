/** Something that is watched while it is being made, by server-sent events; afterwards it is read as it stands. */
import { renew, type Outcome } from './api/fetch';
import type { Problem } from './api/problem';

const PAUSE_MS = 1500;

export class Watched<T extends { status: string }> {
  data = $state.raw<T>();
  problem = $state.raw<Problem>();
  loading = $state(true);
  lost = $state(false);
  #source: EventSource | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #left = false;
  readonly #address: string;
  readonly #event: string;
  readonly #read: () => Promise<Outcome<T>>;

  /** `address`: of the events, whose data is what `read` gives. */
  constructor(address: string, event: string, read: () => Promise<Outcome<T>>) {
    this.#address = address;
    this.#event = event;
    this.#read = read;
    void this.load();
  }

  async load(): Promise<void> {
    const found = await this.#read();
    this.loading = false;
    this.problem = found.problem;
    if (found.data) this.take(found.data);
  }

  /** Shows `data`, and watches on while it is being made. */
  take(data: T): void {
    this.data = data;
    if (data.status === 'running' && !this.#source && !this.#left) this.#watch();
  }

  /** The page is left. */
  stop(): void {
    this.#left = true;
    clearTimeout(this.#waiting);
    this.#source?.close();
  }

  #watch(): void {
    const source = (this.#source = new EventSource(this.#address));
    source.addEventListener(this.#event, (event) => {
      this.lost = false;
      this.data = JSON.parse(event.data) as T;
    });
    source.addEventListener('ended', (event) => this.#again(0, (JSON.parse(event.data) as { reason: string }).reason === 'expired'));
    source.onerror = () => {
      this.lost = true;
      this.#again(PAUSE_MS, true);
    };
  }

  #again(pause: number, anew: boolean): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#waiting);
    if (this.#left) return;
    this.#waiting = setTimeout(() => {
      if (this.data?.status === 'running') void (anew ? renew() : Promise.resolve(true)).then(() => this.load());
    }, pause);
  }
}
