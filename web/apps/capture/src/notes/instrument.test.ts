import { expect, test } from 'vitest';
import { earlier, inWords } from './earlier';
import { sections, unanswered, type Instrument, type Item } from './instrument';

const text = (en: string) => ({ en, es: en });
const item = (id: string, kind: string, more: Partial<Item> = {}) => ({ id, kind, prompt: text(id), ...more }) as Item;
const choices = (...codes: string[]) => codes.map((code) => ({ code, label: text(code) }));
const form = (version: number, ...items: Item[]) =>
  ({ key: 'k', version, title: text('k'), items, groups: [{ id: 'g', label: text('g'), relevance: { op: 'is', item: 'seen', value: 'yes' } }] }) as unknown as Instrument;
const answers = (given: Record<string, string>, version?: number) => new Map(Object.entries(given).map(([id, value]) => [id, { value, version }]));

test('what is asked follows the answers, and only what is asked can be left unanswered', () => {
  const of = form(1, item('seen', 'observed'), item('how', 'choice', { group: 'g', choices: choices('one', 'two') }), item('free', 'note'));
  expect(sections(of, answers({})).flatMap((s) => s.items.map((i) => i.id))).toEqual(['seen', 'free']);
  expect(unanswered(of, answers({}), new Set()).map((i) => i.id)).toEqual(['seen', 'free']);
  expect(unanswered(of, answers({ seen: 'yes' }), new Set(['free'])).map((i) => i.id)).toEqual(['how']);
  expect(unanswered(of, answers({ seen: 'no' }), new Set(['free']))).toEqual([]);
});

test('an answer that the form has no place for any more is told with the words of the version that it was given on', () => {
  const first = form(1, item('gone', 'observed'), item('how', 'multi_choice', { choices: choices('one', 'two') }), item('n', 'count', { maximum: 9 }));
  const second = form(2, item('how', 'multi_choice', { choices: choices('two', 'three') }), item('n', 'count', { maximum: 5 }));
  const told = earlier(second, [first], answers({ gone: 'no', how: 'one two', n: '3' }, 1));
  expect(told.map((e) => [e.id, e.item?.prompt.en, inWords(e.item, e.value), e.version])).toEqual([['gone', 'gone', 'slot.no', 1], ['how', 'how', 'one and two', 1]]);
  expect(earlier(second, [first], answers({ how: 'two', n: '5' }, 1))).toEqual([]);
  expect(earlier(second, [first], answers({ n: '7' })).map((e) => e.version)).toEqual([1]);
  expect(earlier(second, [], answers({ other: '7' })).map((e) => e.item)).toEqual([undefined]);
  expect(earlier(second, [first], answers({ gone: 'not_observed' }, 1)).map((e) => e.id)).toEqual(['gone']);
  // One that is given back does not change its place.
  expect(earlier(second, [first], answers({ how: 'one', gone: 'no' }, 1)).map((e) => e.id)).toEqual(['gone', 'how']);
});
