/** The live figures of an open round, by server-sent events; when those are cut, the connection is made anew. */
import type { ReportingSchemas } from './api/client';
import { renew } from './api/fetch';

type Figures = ReportingSchemas['LiveFigures'];
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export class LiveFigures {
  figures = $state.raw<Figures>();
  state = $state<'connecting' | 'connected' | 'lost' | 'ended'>('connecting');
  #source: EventSource | undefined;
  #pause = FIRST_PAUSE_MS;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  readonly #address: string;

  constructor(round_id: string) {
    this.#address = `/api/reporting/rounds/${round_id}/live/events`;
    this.#connect();
  }

  /** Ends the connection: the page is left. */
  stop(): void {
    clearTimeout(this.#waiting);
    this.#source?.close();
  }

  #connect(): void {
    const source = (this.#source = new EventSource(this.#address));
    source.addEventListener('figures', (event) => {
      this.figures = JSON.parse(event.data) as Figures;
      this.state = 'connected';
      this.#pause = FIRST_PAUSE_MS;
    });
    source.addEventListener('ended', (event) => {
      source.close();
      const { reason } = JSON.parse(event.data) as { reason: string };
      if (reason === 'expired') void renew().then(() => this.#connect());
      else this.state = 'ended';
    });
    source.addEventListener('error', () => {
      source.close();
      this.state = 'lost';
      this.#waiting = setTimeout(() => void renew().finally(() => this.#connect()), this.#pause * (0.75 + Math.random() / 2));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    });
  }
}
