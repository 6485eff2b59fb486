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

/** Names from an instrument and focus questions; a code that neither knows stays as it is. */
export function namesOf(instrument: Instrument | undefined, questions: Question[]): Names {
  const item = (id: string) => instrument?.items.find((i) => i.id === id);
  return {
    subject: (definition, subject) =>
      definition.startsWith('focus_question')
        ? (questions.find((q) => q.focus_question_id === subject)?.words ?? subject)
        : (item(subject)?.prompt[language()] ?? subject),
    answer: (lookFor, code) => {
      if (code === 'not_observed' || code === 'not_applicable') return t(`figures.answer.${code}`);
      return item(lookFor)?.choices?.find((c) => c.code === code)?.label[language()] ?? code;
    },
  };
}
