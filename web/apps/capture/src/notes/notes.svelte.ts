/** The notes of one slot on the screen, and what can be done with them. Every change is a new item; none is undone
 * in silence. */
import { untrack } from 'svelte';
import { day, find } from '../day.svelte';
import { inState, type Open, type Row } from '../device/store';
import { sync } from '../queue/drain.svelte';
import type { Content, Statement, Written } from '../queue/items';
import { rate, write } from '../queue/write';
import { Live } from '../query.svelte';
import { fold, type Entry, type Notes } from './fold';
import { openAll } from './rows';

export class SlotNotes {
  readonly #rows: Live<[Row, Written][]>;
  readonly #slot_id: string;
  readonly #who: Open;
  readonly #elapsed: () => number | null;
  /** Set while the last words are not on the disk: they stay on the screen, and it says so. */
  failure = $state<'full' | 'closed' | undefined>();

  constructor(who: Open, slot_id: string, elapsed: () => number | null) {
    this.#who = who;
    this.#slot_id = slot_id;
    this.#elapsed = elapsed;
    this.#rows = new Live(
      () => who.db.rows.where('slot_id').equals(slot_id).sortBy('seq'),
      (rows: Row[]) => openAll(who, rows),
    );
  }

  readonly notes: Notes = $derived.by(() => fold(find(this.#slot_id)?.slot, day.kept?.fetched_at ?? 0, this.#rows?.value ?? []));

  get loaded(): boolean {
    return this.#rows.value !== undefined;
  }

  /** True when it is on the disk. Otherwise `failure` says why, and nothing was saved. */
  async #saved(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      this.failure = JSON.stringify([(error as Error).name, (error as { inner?: Error }).inner?.name]).includes('Quota') ? 'full' : 'closed';
      console.warn('not saved', error);
      return false;
    }
    this.failure = undefined;
    return true;
  }

  async #add(content: Content, draft?: string): Promise<boolean> {
    const saved = await this.#saved(() => write(this.#who, this.#slot_id, content, this.#elapsed(), draft));
    if (saved) sync.saved();
    return saved;
  }

  record = (s: Statement, draft?: string) => this.#add({ kind: 'statement', ...s }, draft);
  amend = (e: Entry, s: Statement) => this.#add({ kind: 'amend', of: e.client_id, base_revision: e.revision, ...s });
  withdraw = (e: Entry) => this.#add({ kind: 'withdraw', of: e.client_id });
  submit = () => this.#add({ kind: 'submit' });

  /** `value` null takes the answer back. `instrument_version`: the one on the screen, or that of an answer given back. */
  async rate(look_for_id: string, value: string | null, instrument_version: number | null | undefined): Promise<boolean> {
    const saved = await this.#saved(() => rate(this.#who, this.#slot_id, { look_for_id, value, instrument_version }, this.#elapsed()));
    if (saved) this.#soon();
    return saved;
  }

  /** Taps of a tally come in dozens: they wait for one another a little before they are sent. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #soon(): void {
    untrack(() => clearTimeout(this.#timer));
    this.#timer = setTimeout(() => void sync.go(), 2000);
  }

  /** A person has chosen between two versions: the choice is an edit on the newest, and the question is closed. */
  async choose(e: Entry, s: Statement): Promise<boolean> {
    const done = e.withdrawn ? await this.record(s) : await this.amend(e, s);
    if (done) await settleConflicts(this.#who, e.client_id);
    return done;
  }
}

export async function settleConflicts(who: Open, of: string): Promise<void> {
  await who.db.transaction('rw', who.db.rows, async () => {
    const open = (await inState(who.db, 'conflict').toArray()).filter((r) => r.of === of || r.client_id === of);
    await who.db.rows.bulkPut(open.map((r) => ({ ...r, state: 'settled' as const })));
  });
}
