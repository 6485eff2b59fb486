/** The pinned instrument as the screens need it: its groups in order, and what of it is asked. */
import { holds } from '$lib/answers';
import type { RoundsSchemas } from '$lib/api/client';

export type Item = RoundsSchemas['LookFor'];
export type Instrument = RoundsSchemas['Instrument'];
/** An answer, and the instrument's version that it was given on, where it is known. */
export interface Given {
  value: string;
  version?: number | null;
}
export type Answers = Map<string, Given>;

export interface Section {
  id: string;
  label: { en: string; es: string } | undefined;
  items: Item[];
}

/** The items that are asked now, in the groups of the document. */
export function sections(instrument: Instrument, answers: Answers): Section[] {
  const groups = new Map((instrument.groups ?? []).map((g) => [g.id, g]));
  const said = (item: string) => answers.get(item)?.value;
  const made: Section[] = [];
  for (const item of instrument.items) {
    const group = groups.get(item.group ?? '');
    if (item.relevance && !holds(item.relevance, said)) continue;
    if (group?.relevance && !holds(group.relevance, said)) continue;
    const id = item.group ?? '';
    if (made.at(-1)?.id !== id) made.push({ id, label: group?.label, items: [] });
    made.at(-1)!.items.push(item);
  }
  return made;
}

/** What the person still has to answer, of what is asked now. A note is answered by a statement tagged with it. */
export const unanswered = (instrument: Instrument, answers: Answers, tagged: ReadonlySet<string>): Item[] =>
  sections(instrument, answers).flatMap((s) => s.items).filter((i) => (i.kind === 'note' ? !tagged.has(i.id) : !answers.has(i.id)));
