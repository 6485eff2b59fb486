/** The words behind a round's codes: its focus questions and the items of its instrument. */
import { rounds, type RoundsSchemas } from './api/client';
import { outcome } from './api/fetch';
import type { Names } from './figures';
import { language, t } from './i18n.svelte';

type Instrument = RoundsSchemas['Instrument'];
type Question = { focus_question_id: string; words: string };

export const readInstrument = (key: string, version: number) =>
  outcome(rounds.GET('/instruments/{key}/{version}', { params: { path: { key, version } } }));

/** Instruments by key, each read once, in the version named last; one that cannot be read leaves its codes as they are. */
export async function readInstruments(used: { instrument: string; instrument_version: number }[]) {
  const newest = new Map(used.map((x) => [x.instrument, x.instrument_version]));
  const read = await Promise.all([...newest].map(async ([key, version]) => [key, (await readInstrument(key, version)).data] as const));
  return { data: new Map(read) };
}

/** Names from an instrument, those that the round had `before` (the newest first), and focus questions; a code that none
 * of them knows stays as it is. */
export function namesOf(instrument: Instrument | undefined, questions: Question[], before: Instrument[] = []): Names {
  const items = (id: string) => [instrument, ...before].flatMap((form) => form?.items.filter((i) => i.id === id) ?? []);
  return {
    subject: (definition, subject) =>
      definition.startsWith('focus_question')
        ? (questions.find((q) => q.focus_question_id === subject)?.words ?? subject)
        : (items(subject)[0]?.prompt[language()] ?? subject),
    answer: (lookFor, code) => {
      if (code === 'not_observed' || code === 'not_applicable') return t(`figures.answer.${code}`);
      return items(lookFor).flatMap((i) => i.choices ?? []).find((c) => c.code === code)?.label[language()] ?? code;
    },
  };
}
