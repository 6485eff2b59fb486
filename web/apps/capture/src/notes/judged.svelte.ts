/** The nudge, fetched beside the slot's screen rather than before it: its lists weigh as much as half of the screen.
 * Until it is there nothing is marked; then what stands on the screen is looked at again. */
import type { Mark } from '$lib/judging';

let held = $state.raw<typeof import('$lib/judging')>();
void import('$lib/judging').then((nudge) => (held = nudge));

export const marks = (words: string): Mark[] => held?.marks(words) ?? [];
export const names = (words: string): string[] => held?.names(words) ?? [];
export const rewording = (words: string, mark: Mark, minute: number): string => held?.rewording(words, mark, minute) ?? '';
