/** Marks words that judge, offers descriptive words to start from, and sees names: the lists are those of the server
 * (`shared/judging.json`, services/rounds/capture/judging.py), and the two must mark the same. */
import rules from '../../shared/judging.json';

export type Kind = keyof typeof rules.kinds;
type Speech = keyof typeof rules.languages;

export interface Mark {
  start: number;
  end: number;
  kind: Kind;
  language: Speech;
}

interface Language {
  name: Speech;
  words: Map<string, Kind>;
  phrases: { kind: Kind; pattern: RegExp }[];
  fine: RegExp;
}

const QUOTED = new RegExp(rules.quotes, 'g');
const WORD = /[\p{L}\p{N}]+/gu;

/** `\w` of the lists is a letter of any language in Python's view of them only where it is written so. */
const languages: Language[] = Object.entries(rules.languages).map(([name, l]) => ({
  name: name as Speech,
  words: new Map(Object.entries(l.words).flatMap(([kind, words]) => words.map((w) => [w, kind as Kind]))),
  phrases: l.phrases.map((p) => ({ kind: p.kind as Kind, pattern: new RegExp(` (?:${p.is.trimEnd()}) `, 'g') })),
  fine: new RegExp(` (?:${l.fine.join('|')})(?= )`, 'g'),
}));

interface Token {
  word: string;
  start: number;
  end: number;
}

function tokensOf(words: string): Token[] {
  const text = words.normalize('NFC');
  const blank = text.replace(QUOTED, (quoted) => '\0'.repeat(quoted.length)).toLowerCase();
  const whole = blank.length !== text.length; // a letter that is two in lower case: no places to tell
  return [...blank.matchAll(WORD)].map((m) => ({ word: m[0], start: whole ? 0 : m.index, end: whole ? text.length : m.index + m[0].length }));
}

/** Where the statement judges, in its order. What stands in quotation marks was said in the room, and is a fact. */
export function marks(words: string): Mark[] {
  const tokens = tokensOf(words);
  const line = tokens.map((t) => t.word).join(' ');
  const places: number[] = [];
  let at = 1;
  for (const t of tokens) {
    places.push(at);
    at += t.word.length + 1;
  }
  const found = new Map<number, Mark>();
  const add = (mark: Mark) => found.has(mark.start) || found.set(mark.start, mark);
  for (const { name, words: single, phrases, fine } of languages) {
    const padded = ` ${line} `.replace(fine, (m) => ` ${'\u0001'.repeat(m.length - 1)}`);
    for (const [n, t] of tokens.entries()) {
      const kind = single.get(t.word);
      if (kind && padded[places[n]!] !== '\u0001') add({ start: t.start, end: t.end, kind, language: name });
    }
    for (const { kind, pattern } of phrases) {
      for (const m of padded.matchAll(pattern)) {
        const first = places.indexOf(m.index + 1);
        const last = places.findLastIndex((p) => p < m.index + m[0].length - 1);
        if (first >= 0 && last >= 0) add({ start: tokens[first]!.start, end: tokens[last]!.end, kind, language: name });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** A descriptive sentence to start from, in the language of the mark, about what the statement seems to be about. */
export function rewording(words: string, mark: Mark, minute: number): string {
  const said = new Set(tokensOf(words).map((t) => t.word));
  const topic = rules.topics.find((t) => t.on[mark.language].some((w) => said.has(w)));
  return (topic?.offer ?? rules.kinds[mark.kind])[mark.language].replace('{minute}', String(minute));
}

const given = new Set(rules.names.given);
const notNames = new Set(Object.values(rules.names.not).flat());
const titles = new Set(rules.names.titles);
const TITLE = new RegExp(`\\b(${rules.names.titles.join('|')})\\.`, 'gi');

/** Words that look like somebody's name: a given name with a capital letter anywhere, or a capital inside a sentence
 * that is no day, month, subject or place. People in classrooms are "student 3" and "the teacher". */
export function names(words: string): string[] {
  const found: string[] = [];
  const flat = words.replace(QUOTED, ' ').replace(TITLE, '$1');
  for (const sentence of flat.split(/(?<=[.!?:;\n])\s+/)) {
    const parts = sentence.match(/[\p{L}][\p{L}'’-]*\.?|\d+/gu) ?? [];
    for (const [n, part] of parts.entries()) {
      const word = part.replace(/\.$/, '');
      const low = word.toLowerCase().replace(/['’]s$/, '').normalize('NFC');
      if (!/^\p{Lu}\p{Ll}/u.test(word) || notNames.has(low)) continue;
      const plain = low.normalize('NFD').replace(/\p{M}/gu, '');
      const afterTitle = n > 0 && titles.has(parts[n - 1]!.toLowerCase().replace('.', ''));
      if (given.has(plain) || afterTitle || (n > 0 && !titles.has(low))) found.push(word.replace(/['’]s$/, ''));
    }
  }
  return [...new Set(found)];
}
