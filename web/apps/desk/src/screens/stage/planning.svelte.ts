/** The planning board's rounds and pins, kept up to date by server-sent events while the page is open. */
import { scheduling, type SchedulingSchemas } from '$lib/api/client';
import { outcome, renew } from '$lib/api/fetch';
import type { Problem } from '$lib/api/problem';
import { uuid7 } from '$lib/uuid7';

export type Round = SchedulingSchemas['RoundSummary'];
export type Pin = SchedulingSchemas['BoardPin'];
interface News {
  items: Round[];
  gone: string[];
  pins: number;
}
const PAUSE_MS = 2000;

export class Planning {
  rounds = $state.raw<Round[]>([]);
  pins = $state.raw<Pin[]>([]);
  problem = $state.raw<Problem>();
  loading = $state(true);
  lost = $state(false);
  /** Rounds that somebody else changed while the page was open, the newest first. */
  others = $state.raw<Round[]>([]);
  /** Rounds that left the days shown by somebody else's doing: cancelled, or moved beyond them. */
  left = $state.raw<Round[]>([]);
  #source: EventSource | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #span: [string, string] = ['', ''];
  #read = false;
  #pinsAt = -1;
  /** Versions that this page made, and rounds that it is moving. */
  readonly #mine = new Set<string>();
  readonly #moving = new Set<string>();

  /** Shows the days between these two. */
  open(since: string, until: string): void {
    this.#span = [since, until];
    this.#read = false;
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#waiting);
    this.#source?.close();
    this.#source = undefined;
  }

  /** What `work` does to the round is this page's own change. */
  async own<T extends { version: number }>(round: Round, work: () => Promise<T | undefined>): Promise<T | undefined> {
    this.#moving.add(round.round_id);
    try {
      const done = await work();
      if (done) this.#mine.add(`${round.round_id} ${done.version}`);
      return done;
    } finally {
      this.#moving.delete(round.round_id);
    }
  }

  async load(): Promise<void> {
    const [from, to] = this.#span;
    const items: Round[] = [];
    let after: string | undefined;
    do {
      const page = await outcome(scheduling.GET('/rounds', { params: { query: { from, to, limit: 200, after } } }));
      this.problem = page.problem;
      if (page.problem) return void (this.loading = false);
      items.push(...page.data.items);
      after = page.data.next ?? undefined;
    } while (after);
    if (from !== this.#span[0] || to !== this.#span[1]) return;
    const now = items.filter((r) => r.status === 'scheduled');
    if (this.#read) this.#tell(now.filter((r) => this.rounds.find((b) => b.round_id === r.round_id)?.version !== r.version));
    this.rounds = now;
    this.#read = true;
    this.loading = false;
  }

  async loadPins(): Promise<void> {
    const found = await outcome(scheduling.GET('/pins'));
    if (found.data) this.pins = found.data.items;
  }

  /** This page moved a round. */
  moved(round: Round): void {
    this.rounds = this.rounds.map((r) => (r.round_id === round.round_id ? round : r));
  }

  pinOf = (round: Round): Pin | undefined => this.pins.find((p) => p.round_id === round.round_id && p.day === round.day);

  /** Holds a round on its day, or keeps a school's day free. Answers the refusal, if any. */
  async pin(body: SchedulingSchemas['PinBody']): Promise<Problem | undefined> {
    const held = body.round_id ? this.pins.find((p) => p.round_id === body.round_id) : undefined;
    const { problem } = await outcome(scheduling.PUT('/pins/{pin_id}', { params: { path: { pin_id: held?.pin_id ?? uuid7() } }, body }));
    await this.loadPins();
    return problem;
  }

  async free(pin: Pin): Promise<Problem | undefined> {
    const { problem } = await outcome(scheduling.DELETE('/pins/{pin_id}', { params: { path: { pin_id: pin.pin_id } } }));
    await this.loadPins();
    return problem;
  }

  #connect(): void {
    this.close();
    const [from, to] = this.#span;
    const source = (this.#source = new EventSource(`/api/scheduling/board/events?from=${from}&to=${to}`));
    let first = true;
    source.addEventListener('rounds', (event) => {
      const news = JSON.parse(event.data) as News;
      this.lost = false;
      if (news.pins !== this.#pinsAt) void this.loadPins();
      this.#pinsAt = news.pins;
      if (first) void this.load();
      else this.#take(news);
      first = false;
    });
    source.addEventListener('ended', () => this.#again(0));
    source.onerror = () => {
      this.lost = true;
      if (!this.#read) void this.load();
      this.#again(PAUSE_MS);
    };
  }

  #again(pause: number): void {
    this.close();
    this.#waiting = setTimeout(() => void renew().then(() => this.#connect()), pause);
  }

  #take(news: News): void {
    const gone = new Set([...news.gone, ...news.items.map((r) => r.round_id)]);
    const [from, to] = this.#span; // what this page moved beyond them has its new day already
    const left = this.rounds.filter((r) => news.gone.includes(r.round_id) && !this.#moving.has(r.round_id) && r.day >= from && r.day <= to);
    if (left.length) this.left = [...left, ...this.left].slice(0, 5);
    this.#tell(news.items);
    this.rounds = [...this.rounds.filter((r) => !gone.has(r.round_id)), ...news.items];
  }

  #tell(changed: Round[]): void {
    const theirs = changed.filter((r) => !this.#moving.has(r.round_id) && !this.#mine.has(`${r.round_id} ${r.version}`));
    if (theirs.length) this.others = [...theirs, ...this.others.filter((o) => !theirs.some((r) => r.round_id === o.round_id))].slice(0, 5);
  }
}
