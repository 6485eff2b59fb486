/** Shares as the figures' screens show them, from released or live tables. */
import type { ReportingSchemas } from './api/client';
import type { Key } from './catalogue';
import { day, language, number, t, word } from './i18n.svelte';

export type Table = ReportingSchemas['ReleasedTable'];
export type Cell = ReportingSchemas['Cell'];
export type Hidden = ReportingSchemas['Hidden'];
export type Live = ReportingSchemas['LiveFigures'];

/** Names for the codes of a round: its focus questions, look-fors and answers. */
export interface Names {
  subject: (definition: string, subject: string) => string;
  answer: (lookFor: string, code: string) => string;
}

const MINUS = '\u2212';
const whole = (value: number): number => Math.sign(value) * Math.round(Math.abs(value)) || 0; // halves away from zero; no -0

const signed = (n: number): string => (n > 0 ? `+${number(n)}` : number(n).replace('-', MINUS));

/** A difference of shares (-1 to 1) in whole points, with its sign. */
export const points = (share: number | null | undefined): string => signed(whole(100 * (share ?? 0)));

/** What two shares differ by as they are shown, in whole percent each: 32 and 34 % by 2, whatever they were before. */
export function moved(before = 0, after = 0): string {
  const shown = (share: number) => whole(Math.round(1e4 * share) / 100);
  const n = shown(after) - shown(before);
  return n || before === after ? signed(n) : t('figures.change.under_a_point');
}

/** A coefficient (-1 to 1) with two decimals. */
export const hundredths = (value: number | null | undefined): string =>
  new Intl.NumberFormat(language(), { minimumFractionDigits: 2 }).format(whole(100 * (value ?? 0)) / 100).replace('-', MINUS);

/** Why something is hidden, in the language in force. */
export const why = (hidden: Hidden): string => t(`figures.hidden.${hidden.key}` as Key, { n: hidden.n });

/** The same of a released pattern, which holds why in English words. */
export function whyInWords(words: string): string {
  const [, n, what] = /^fewer than (\d+) (classrooms|visits|observers)$/.exec(words) ?? [];
  return what ? t(`figures.hidden.fewer_than_${what}` as Key, { n: n! }) : words;
}

const TITLES = {
  'core_element.visits': 'figures.core_visits',
  'core_element.statements': 'figures.core_statements',
  'focus_question.visits': 'figures.focus',
  'look_for.visits': 'figures.look_for_visits',
  'statements.judgmental': 'figures.manner',
  'look_for.answers': 'figures.look_for_answers',
  'look_for.options': 'figures.look_for_options',
  'look_for.intervals': 'figures.look_for_intervals',
} as const satisfies Record<Table['definition'], Key>;

/** The heading of a table, or of those of its definition. */
export const title = (definition: Table['definition'], name = ''): string => t(TITLES[definition], { name });

type Reason = ReportingSchemas['Reason'];

/** Why a release was kept back: of which table, and what could be found out. */
export function keptBack({ code, definition, subject }: Reason, names: Names): string {
  const name = !subject ? '' : definition === 'core_element.visits' ? word('core', subject) : names.subject(definition!, subject);
  const heading = definition ? title(definition, name) : '';
  return t(`figures.kept_back.${code}`, { table: name && !heading.includes(name) ? `${heading} – ${name}` : heading });
}

/** A live table in the shape of a released one: nothing is hidden from a round's facilitator. */
export const asReleased = (table: Live['tables'][number]): Table => ({
  definition: table.definition,
  subject: table.subject,
  unit: table.unit,
  n: table.n,
  cells: table.cells.map((cell) => ({ ...cell, state: 'told' as const, text: '' })),
  not_rated: Object.values(table.not_rated ?? {}).reduce((a, b) => a + b, 0),
  not_rated_cells: [],
});

/** One of the three sentences, its codes named. */
export function sentence(s: ReportingSchemas['Sentence'], names: Names): string {
  const params = { ...(s.params ?? {}) } as Record<string, string | number>;
  if (typeof params.look_for === 'string') {
    params.answer = names.answer(params.look_for, String(params.answer));
    params.look_for = names.subject('look_for.answers', params.look_for);
  }
  if (typeof params.focus_question === 'string') params.focus_question = names.subject('focus_question.visits', params.focus_question);
  if (typeof params.day === 'string') params.day = day(params.day);
  if (typeof params.element === 'string') params.element = word('core', params.element).toLowerCase();
  const key = `figures.sentence.${s.key}` as Key;
  const told = t(key, params);
  return told === key ? s.text : told;
}
