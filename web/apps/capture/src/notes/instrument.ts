/** The pinned instrument as the screens need it: groups in order, relevance, and what an answer's text means. */
import type { RoundsSchemas } from '$lib/api/client';

export type Item = RoundsSchemas['LookFor'];
export type Instrument = RoundsSchemas['Instrument'];
export type Relevance = NonNullable<Item['relevance']>;
export type Answers = Map<string, { value: string; version?: number | null }>;

export const NOT_OBSERVED = 'not_observed';
export const NOT_APPLICABLE = 'not_applicable';

export const whole = (value: string | undefined): number | undefined => (value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined);

/** Whether a condition holds, by the answers so far. */
export function holds(when: Relevance, answers: Answers): boolean {
  switch (when.op) {
    case 'is': return answers.get(when.item)?.value === when.value;
    case 'includes': return (answers.get(when.item)?.value ?? '').split(' ').includes(when.value);
    case 'at_least': return (whole(answers.get(when.item)?.value) ?? -Infinity) >= when.number;
    case 'at_most': return (whole(answers.get(when.item)?.value) ?? Infinity) <= when.number;
    case 'answered': return answers.has(when.item);
    case 'all': return when.of.every((w) => holds(w as Relevance, answers));
    case 'any': return when.of.some((w) => holds(w as Relevance, answers));
    case 'not': return !when.of.every((w) => holds(w as Relevance, answers));
  }
}

export interface Section {
  id: string;
  label: { en: string; es: string } | undefined;
  items: Item[];
}

/** The items that are asked now, in the groups of the document. */
export function sections(instrument: Instrument, answers: Answers): Section[] {
  const groups = new Map((instrument.groups ?? []).map((g) => [g.id, g]));
  const made: Section[] = [];
  for (const item of instrument.items) {
    const group = groups.get(item.group ?? '');
    if (item.relevance && !holds(item.relevance, answers)) continue;
    if (group?.relevance && !holds(group.relevance, answers)) continue;
    const id = item.group ?? '';
    if (made.at(-1)?.id !== id) made.push({ id, label: group?.label, items: [] });
    made.at(-1)!.items.push(item);
  }
  return made;
}

/** A tally's samples by number: "0:lecture 4:groups". */
export function samples(value: string | undefined): Map<number, string> {
  const found = new Map<number, string>();
  for (const part of (value ?? '').split(' ')) {
    const [n, code] = part.split(':');
    if (code) found.set(Number(n), code);
  }
  return found;
}

export const sampled = (of: Map<number, string>): string =>
  [...of].sort(([a], [b]) => a - b).map(([n, code]) => `${n}:${code}`).join(' ');

/** Codes in the document's order, as a multi-choice is stored. */
export const chosen = (item: Item, codes: Set<string>): string => (item.choices ?? []).map((c) => c.code).filter((c) => codes.has(c)).join(' ');

/** What the person still has to answer, of what is asked now. A note is answered by a statement tagged with it. */
export const unanswered = (instrument: Instrument, answers: Answers, tagged: ReadonlySet<string>): Item[] =>
  sections(instrument, answers).flatMap((s) => s.items).filter((i) => (i.kind === 'note' ? !tagged.has(i.id) : !answers.has(i.id)));
