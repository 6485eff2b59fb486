/** What the database says, told again at every change, by any window. */
import { liveQuery } from 'dexie';

export class Live<T> {
  value = $state.raw<T | undefined>();
  #turn = 0;

  /** `then` works on what was read (to open boxes, say); the newest wins. Call it where a component is made. */
  constructor(read: () => Promise<unknown>, then: (found: never) => T | Promise<T> = (found) => found) {
    $effect(() => {
      const heard = liveQuery(read).subscribe({
        next: async (found) => {
          const mine = ++this.#turn;
          const value = await then(found as never);
          if (mine === this.#turn) this.value = value;
        },
        error: (error) => console.warn('the database could not be read', error),
      });
      return () => heard.unsubscribe();
    });
  }
}
