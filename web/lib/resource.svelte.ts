import { untrack } from 'svelte';
import type { Outcome } from './api/fetch';
import type { Problem } from './api/problem';

/** Something read from a service: loading, there, or refused. The newest request wins. */
export class Resource<T> {
  data = $state.raw<T | undefined>();
  problem = $state.raw<Problem | undefined>();
  etag = $state.raw<string | undefined>();
  loading = $state(false);
  #newest = 0;
  readonly #read: () => Promise<Outcome<T>>;

  constructor(read: () => Promise<Outcome<T>>) {
    this.#read = read;
  }

  /**
   * Reads it (again); what was there stays on the screen meanwhile. An effect that calls this depends on
   * nothing that happens in here: it would run for ever.
   */
  load(): Promise<this> {
    return untrack(() => this.#load());
  }

  async #load(): Promise<this> {
    const mine = ++this.#newest;
    this.loading = true;
    const found = await this.#read();
    if (mine !== this.#newest) return this;
    this.loading = false;
    this.problem = found.problem;
    if (found.problem === undefined) {
      this.data = found.data;
      this.etag = found.etag;
    }
    return this;
  }
}

/** A resource that starts to load at once. */
export function resource<T>(read: () => Promise<Outcome<T>>): Resource<T> {
  const made = new Resource(read);
  void made.load();
  return made;
}

/** Something done once at a time at a person's wish: busy while it runs, its problem kept until the next try. */
export class Action<A extends unknown[], T> {
  busy = $state(false);
  problem = $state.raw<Problem | undefined>();
  readonly #run: (...args: A) => Promise<Outcome<T>>;

  constructor(run: (...args: A) => Promise<Outcome<T>>) {
    this.#run = run;
  }

  /** The outcome's data, or undefined when it was refused (see `problem`) or is running already. */
  async do(...args: A): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.problem = undefined;
    try {
      const { data, problem } = await this.#run(...args);
      this.problem = problem;
      return data;
    } finally {
      this.busy = false;
    }
  }
}
