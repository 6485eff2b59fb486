/** Server-sent events of something that a page shows as long as it is open; when they are cut, they are taken up anew. */
import { renew } from './api/fetch';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Gives each `event`'s data to `take`. The answer ends it: the page is left. */
export function follow<T>(address: string, event: string, take: (data: T) => void): () => void {
  let source: EventSource | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE_MS;
  let left = false;

  const connect = () => {
    if (left) return;
    const mine = (source = new EventSource(address));
    mine.addEventListener(event, (told) => {
      pause = FIRST_PAUSE_MS;
      take(JSON.parse((told as MessageEvent<string>).data) as T);
    });
    mine.addEventListener('ended', (told) => {
      mine.close();
      if ((JSON.parse((told as MessageEvent<string>).data) as { reason: string }).reason !== 'done') void renew().then(connect);
    });
    mine.addEventListener('error', () => {
      mine.close();
      waiting = setTimeout(() => void renew().finally(connect), pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  };
  connect();
  return () => {
    left = true;
    clearTimeout(waiting);
    source?.close();
  };
}
