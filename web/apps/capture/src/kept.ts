/** Sealed documents beside the queue: the day, drafts, timers. */
import { open, seal } from './device/crypto';
import { steadily, type Open } from './device/store';

/** Under which the names of the people of my cycles lie, while I am signed in. */
export const NAMES = 'names';

export async function keep(who: Open, key: string, content: unknown): Promise<void> {
  const box = await seal(who.key, content, key);
  await steadily(who.db, () => who.db.kept.put({ key, box }));
}

export async function held<T>(who: Open, key: string): Promise<T | undefined> {
  const found = await steadily(who.db, () => who.db.kept.get(key));
  return found && open<T>(who.key, found.box, key);
}

export const drop = (who: Open, key: string): Promise<void> => steadily(who.db, () => who.db.kept.delete(key));
