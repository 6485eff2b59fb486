import { expect, test } from 'vitest';
import { holds, inOrder, sampled, samples, type Relevance } from './answers';

test('a condition holds by the answers so far', () => {
  const said = { level: '3', seen: 'yes', how: 'pairs alone', gone: 'not_observed' } as Record<string, string>;
  const asked = (when: unknown) => holds(when as Relevance, (item) => said[item]);
  const yes = { op: 'is', item: 'seen', value: 'yes' };
  const no = { op: 'is', item: 'seen', value: 'no' };
  expect([asked(yes), asked(no)]).toEqual([true, false]);
  expect([asked({ op: 'includes', item: 'how', value: 'alone' }), asked({ op: 'includes', item: 'how', value: 'one' })]).toEqual([true, false]);
  expect([3, 4].map((number) => asked({ op: 'at_least', item: 'level', number }))).toEqual([true, false]);
  expect([3, 2].map((number) => asked({ op: 'at_most', item: 'level', number }))).toEqual([true, false]);
  expect(['at_least', 'at_most'].map((op) => asked({ op, item: 'gone', number: 0 })), 'what is no number is neither').toEqual([false, false]);
  expect([asked({ op: 'answered', item: 'gone' }), asked({ op: 'answered', item: 'else' })]).toEqual([true, false]);
  expect([asked({ op: 'all', of: [yes, no] }), asked({ op: 'any', of: [yes, no] }), asked({ op: 'not', of: [no] })]).toEqual([false, true, true]);
});

test('a tally is taken apart and put together, a multi-choice kept in the order of the document', () => {
  expect([...samples('0:lecture 4:groups')]).toEqual([[0, 'lecture'], [4, 'groups']]);
  expect([samples(undefined).size, samples('not_observed').size]).toEqual([0, 0]);
  expect(sampled(samples('4:groups 0:lecture'))).toBe('0:lecture 4:groups');
  expect(inOrder(['pairs', 'groups', 'alone'], new Set(['alone', 'pairs']))).toBe('pairs alone');
});
