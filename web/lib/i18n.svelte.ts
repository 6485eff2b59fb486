/** The words on the screen, in English or Spanish, from `shared/catalogue`. */
import loaders from 'virtual:messages/all';
import { asked, STORED } from './asked';
import type { Area, Key } from './catalogue';

export const LANGUAGES = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof LANGUAGES;
type Words = Record<string, string>;
type Values = Record<string, string | number>;

let held = $state.raw<{ language: Language; areas: Record<string, Words> }>({ language: 'en', areas: {} });

const load = async (language: Language, areas: readonly string[]): Promise<Record<string, Words>> =>
  Object.fromEntries(
    await Promise.all(areas.map(async (area) => [area, (await loaders[language]![area]!()).default] as const)),
  );

const lacking = <Name extends string>(areas: readonly Name[], words: Record<string, Words>) => areas.filter((area) => !words[area]);

/** The language in force, as an IETF tag. */
export const language = (): Language => held.language;
export const locale = () => (held.language === 'es' ? 'es-US' : 'en-US');
/** One format per language: making it costs a hundred times what using it does, and a long list uses it in each row. */
const once = <T>(make: (locale: string) => T) => {
  const made: Record<string, T> = {};
  return (): T => (made[locale()] ??= make(locale()));
};
const plurals = once((l) => new Intl.PluralRules(l));
const numbers = once(() => new Intl.NumberFormat(held.language));

export const startLanguage = (...areas: Area[]): Promise<void> => speak(asked(), ['shell', ...areas]);

/** Loads the words of these areas of the catalogue in the language in force. */
export async function need(areas: readonly Area[]): Promise<void> {
  const missing = lacking(areas, held.areas);
  if (!missing[0]) return;
  const language = held.language;
  const words = await load(language, missing);
  if (language === held.language) held = { language, areas: { ...held.areas, ...words } };
  else await need(areas);
}

/** Speaks it in this window alone, until the window is left: the proof of a cold start tries both. */
export async function tried(language: Language, areas: readonly string[] = Object.keys(held.areas)): Promise<void> {
  const words: Record<string, Words> = {};
  // Again for what a screen needed meanwhile: it came in the language before.
  for (let more = areas; more[0]; more = lacking(Object.keys(held.areas), words)) Object.assign(words, await load(language, more));
  held = { language, areas: words };
  document.documentElement.lang = language;
}

/** Changes the language of the whole page, keeping what the person was doing. A page that is left before its words are
 * here begins in it. */
export async function speak(language: Language, areas: readonly string[] = Object.keys(held.areas)): Promise<void> {
  localStorage.setItem(STORED, language);
  await tried(language, areas);
}

/** The text of `key`, its `{placeholders}` filled; `count` chooses between `key_one` and `key_other`. */
export function t(key: Key, values: Values = {}): string {
  return find(key, values) ?? key;
}

/** The word for a code of the services' (`word('stage', 'describe')`), or the code itself when it is unknown. */
export function word(kind: string, code: string): string {
  return find(`words.${kind}.${code}`, {}) ?? code.replaceAll('_', ' ');
}

function find(key: string, values: Values): string | undefined {
  const dot = key.indexOf('.');
  const words = held.areas[key.slice(0, dot)];
  const name = key.slice(dot + 1);
  const plural = typeof values.count === 'number' ? plurals().select(values.count) : 'other';
  const text = words?.[name] ?? words?.[`${name}_${plural}`] ?? words?.[`${name}_other`];
  return text?.replace(/\{(\w+)\}(\.?)/g, (whole, slot: string, stop: string) => {
    const value = values[slot];
    if (value === undefined) return whole;
    const told = typeof value === 'number' ? number(value) : value;
    return told.endsWith('.') ? told : told + stop; // "6:52 a.m." ends a sentence by itself
  });
}

export const number = (value: number): string => numbers().format(value);

/** A share 0-1 as whole percent. */
export const percent = (share: number): string =>
  new Intl.NumberFormat(held.language, { style: 'percent' }).format(share);

/** A calendar day "2026-10-14", without a time zone, in words. */
export const day = (iso: string, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale(), {
    timeZone: 'UTC', year: 'numeric', day: 'numeric',
    month: style === 'long' ? 'long' : 'short', weekday: style === 'long' ? 'long' : undefined,
  }).format(new Date(`${iso}T00:00:00Z`));

/** An instant, in the time zone given (the district's) or the device's. */
export const moment = (iso: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(iso));

/** The time of day of an instant, in the time zone given; or a time "14:30" on the clocks of the place. */
export const clock = (iso: string, timeZone?: string): string =>
  iso.includes('T')
    ? new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone }).format(new Date(iso))
    : clock(`2000-01-01T${iso}Z`, 'UTC');

/** "a, b and c" in the language in force. */
export const list = (items: string[]): string => new Intl.ListFormat(locale()).format(items);
