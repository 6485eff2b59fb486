/** Server-sent events of something that a page shows as long as it is open; when they are cut, they are taken up anew. */
import { renew } from './api/fetch';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;
/** What is followed tells how it stands at once: a connection on which nothing comes for so long brings nothing. */
const FIRST_WORD_MS = 10_000;

interface Besides {
  /** Called again and again as long as no events come: time to look by oneself. */
  away?: () => void;
  /** The service has said that there is nothing more to follow. */
  over?: () => void;
}

/** Gives each `event`'s data to `take`. The answer ends it: the page is left. */
export function follow<T>(address: string, event: string, take: (data: T) => void, { away, over }: Besides = {}): () => void {
  let source: EventSource | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE_MS;
  let left = false;

  const end = () => {
    source?.close();
    clearTimeout(waiting);
  };
  const connect = () => {
    end();
    if (left) return;
    source = new EventSource(address);
    const again = () => {
      end();
      away?.();
      waiting = setTimeout(() => void renew().finally(connect), pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    waiting = setTimeout(again, FIRST_WORD_MS);
    source.addEventListener(event, (told) => {
      clearTimeout(waiting);
      pause = FIRST_PAUSE_MS;
      take(JSON.parse((told as MessageEvent<string>).data) as T);
    });
    source.addEventListener('ended', (told) => {
      end();
      if ((JSON.parse((told as MessageEvent<string>).data) as { reason: string }).reason === 'done') over?.();
      else void renew().then(connect);
    });
    source.addEventListener('error', again);
  };
  connect();
  addEventListener('online', connect);
  return () => {
    left = true;
    removeEventListener('online', connect);
    end();
  };
}
