/** What the database says, told again at every change, by any window. */
import { liveQuery } from 'dexie';

const RETRY_MS = 300;

export class Live<T> {
  value = $state.raw<T | undefined>();
  #turn = 0;

  /** `then` works on what was read (to open boxes, say); the newest wins. Call it where a component is made. */
  constructor(read: () => Promise<unknown>, then: (found: never) => T | Promise<T> = (found) => found) {
    $effect(() => {
      let heard: { unsubscribe(): void };
      let again: ReturnType<typeof setTimeout> | undefined;
      const listen = () => (heard = liveQuery(read).subscribe({
        next: async (found) => {
          const mine = ++this.#turn;
          const value = await then(found as never);
          if (mine === this.#turn) this.value = value;
        },
        error: (error) => {
          console.warn('the database could not be read', error); // closed underneath, say: it is opened again
          again = setTimeout(listen, RETRY_MS);
        },
      }));
      listen();
      return () => {
        clearTimeout(again);
        heard.unsubscribe();
      };
    });
  }
}
