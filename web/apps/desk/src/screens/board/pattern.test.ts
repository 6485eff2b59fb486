import { expect, test } from 'vitest';
import type { Group } from './board';
import { patternOf } from './pattern';

const group = (title: string, ...statements: string[]): Group => ({ group_id: title, title, statements });
const pattern = (name: string, ...statement_ids: string[]) => ({ name, statement_ids }) as never as Parameters<typeof patternOf>[2][number];

test('a group that was given another title is still the pattern that it has become', () => {
  const copying = pattern('Copying', 'a', 'b', 'c');
  const of = (...groups: Group[]) => groups.map((g) => patternOf(g, groups, [copying])?.name);
  expect(of(group('Copying', 'a'), group('Reasons', 'b', 'c'))).toEqual(['Copying', undefined]);
  expect(of(group('Students copy', 'a', 'b', 'd'), group('Reasons', 'c'))).toEqual(['Copying', undefined]);
  expect(of(group('Reasons', 'c'), group('Other'))).toEqual([undefined, undefined]);
});
