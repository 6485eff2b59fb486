import { describe, expect, it } from 'vitest';
import { chosen, rows, sampled } from './ratings';

describe('answers that are more than one code', () => {
  it('keeps a multi-choice in the order of the document', () => {
    const order = ['pairs', 'groups', 'alone'];
    expect(chosen(order, 'alone', 'pairs', true)).toBe('pairs alone');
    expect(chosen(order, 'pairs alone', 'pairs', false)).toBe('alone');
    expect(chosen(order, 'alone', 'alone', false)).toBeUndefined();
    expect(chosen(order, 'not_observed', 'groups', true)).toBe('groups');
  });
  it('keeps the samples of a tally by their number', () => {
    expect(sampled('4:groups', 0, 'lecture')).toBe('0:lecture 4:groups');
    expect(sampled('0:lecture 4:groups', 2, 'pairs')).toBe('0:lecture 2:pairs 4:groups');
    expect(sampled('not_applicable', 0, 'pairs')).toBe('0:pairs');
    expect([sampled('0:lecture 4:groups', 0, ''), sampled('0:lecture', 0, '')]).toEqual(['4:groups', '']);
    expect([rows(undefined), rows('0:a 1:b'), rows('not_observed')]).toEqual([1, 3, 1]);
  });
});
