/** A proposal that is watched while it is being made, by server-sent events; afterwards it is read as it stands. */
import { scheduling, type SchedulingSchemas } from './api/client';
import { outcome, renew } from './api/fetch';
import type { Problem } from './api/problem';

export type Proposal = SchedulingSchemas['ProposalOut'];
const PAUSE_MS = 1500;

export class WatchedPlan {
  data = $state.raw<Proposal>();
  problem = $state.raw<Problem>();
  loading = $state(true);
  lost = $state(false);
  #source: EventSource | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #left = false;
  readonly #id: string;

  constructor(proposal_id: string) {
    this.#id = proposal_id;
    void this.load();
  }

  async load(): Promise<void> {
    const found = await outcome(scheduling.GET('/plans/{proposal_id}', { params: { path: { proposal_id: this.#id } } }));
    this.loading = false;
    this.problem = found.problem;
    if (found.data) this.take(found.data);
  }

  /** Shows `data`, and watches on while it is being made. */
  take(data: Proposal): void {
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
    const source = (this.#source = new EventSource(`/api/scheduling/plans/${this.#id}/events`));
    source.addEventListener('plan', (event) => {
      this.lost = false;
      this.data = JSON.parse(event.data) as Proposal;
    });
    source.addEventListener('ended', () => this.#again(0));
    source.onerror = () => {
      this.lost = true;
      this.#again(PAUSE_MS);
    };
  }

  #again(pause: number): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#waiting);
    if (this.#left) return;
    this.#waiting = setTimeout(() => {
      if (this.data?.status === 'running') void (this.lost ? renew() : Promise.resolve(true)).then(() => this.load());
    }, pause);
  }
}
