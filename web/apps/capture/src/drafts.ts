/** What is being typed, sealed on the device every moment, so that a crash costs no word. */
import type { Open } from './device/store';
import { drop, held, keep } from './kept';

/** Without words there is nothing to write down. */
export interface Written {
  words: string;
}
export interface Draft extends Written {
  focus_question_ids: string[];
  look_for_ids: string[];
}

const PAUSE_MS = 250;
let pending: { who: Open; key: string; draft: Written } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<unknown> = Promise.resolve();

export const draftKey = (slot_id: string): string => `draft ${slot_id}`;
export const draftOf = <T extends Written = Draft>(who: Open, slot_id: string): Promise<T | undefined> => held<T>(who, draftKey(slot_id));

/** Written down after a short pause in the typing. */
export function noteDraft<T extends Written = Draft>(who: Open, slot_id: string, draft: T): void {
  pending = { who, key: draftKey(slot_id), draft };
  clearTimeout(timer);
  timer = setTimeout(() => void flushDraft(), PAUSE_MS);
}

/** The draft becomes a statement now: it is not written down any more. */
export async function endDraft(): Promise<void> {
  clearTimeout(timer);
  pending = undefined;
  await writing;
}

/** Writes down at once what has not been; answers when it is on the disk. */
export function flushDraft(): Promise<unknown> {
  clearTimeout(timer);
  const now = pending;
  pending = undefined;
  if (now) {
    const work = () => (now.draft.words ? keep(now.who, now.key, now.draft) : drop(now.who, now.key));
    writing = writing.then(work).catch((error) => console.warn('the draft was not written down', error));
  }
  return writing;
}

addEventListener('pagehide', () => void flushDraft());
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void flushDraft());
