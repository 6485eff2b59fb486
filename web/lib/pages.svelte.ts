import type { Outcome } from './api/fetch';
import type { Problem } from './api/problem';

interface Page<T> {
  items: T[];
  next?: string | null;
}

/** So many at a time where a list is read to its end: as many as the services give. */
const MOST = 200;

/** A list that grows page by page, by the services' keyset cursors. */
export class Pages<T, P = unknown> {
  items = $state.raw<T[]>([]);
  /** The first page, for what it tells beside its items. */
  head = $state.raw<P | undefined>();
  etag = $state.raw<string | undefined>();
  problem = $state.raw<Problem | undefined>();
  loading = $state(true);
  next = $state.raw<string | undefined>();
  #newest = 0;
  readonly #read: (after?: string, limit?: number) => Promise<Outcome<Page<T> & P>>;

  constructor(read: (after?: string, limit?: number) => Promise<Outcome<Page<T> & P>>) {
    this.#read = read;
    void this.load();
  }

  async load(): Promise<void> {
    await this.#page(undefined, []);
  }

  async more(): Promise<void> {
    await this.#page(this.next, this.items);
  }

  /** Reads it to its end. */
  async all(): Promise<void> {
    while (this.next && !this.problem) await this.#page(this.next, this.items, MOST);
  }

  async #page(after: string | undefined, before: T[], limit?: number): Promise<void> {
    const mine = ++this.#newest;
    this.loading = true;
    const { data, problem, etag } = await this.#read(after, limit);
    if (mine !== this.#newest) return;
    this.loading = false;
    this.problem = problem;
    if (data) {
      if (!after) {
        this.head = data;
        this.etag = etag;
      }
      this.items = [...before, ...data.items];
      this.next = data.next ?? undefined;
    }
  }
}
