import { describe, expect, it } from 'vitest';
import { apply, comesAgain, EMPTY, expect as expected, inverse, placeOf, type Board, type Told, type Wish } from './board';

const told = (version: number, kind: Told['kind'], rest: Partial<Told>): Told => ({ version, kind, move_id: `m${version}`, by: 'ana', undoes: null, group_id: null, ...rest });
const lists = (board: Board) => board.groups.map((g) => `${g.title}: ${g.statements.join(' ')}`);

const start = [
  told(1, 'GroupMade', { group_id: 'g', title: 'Recall' }),
  told(2, 'GroupMade', { group_id: 'h', title: 'Reasons' }),
  told(3, 'StatementPlaced', { group_id: 'g', statement_id: 'a' }),
  told(4, 'StatementPlaced', { group_id: 'g', statement_id: 'b', counter: true }),
].reduce(apply, EMPTY);

describe('the board as a page folds it', () => {
  it('takes the server’s moves in order', () => {
    expect(lists(start)).toEqual(['Recall: a b', 'Reasons: ']);
    const after = apply(start, told(5, 'StatementPlaced', { group_id: 'h', statement_id: 'b', by: 'ben' }));
    expect(lists(after)).toEqual(['Recall: a', 'Reasons: b']);
    expect(after.counter.size).toBe(0);
    expect(after.by.get('b')).toBe('ben');
    expect(lists(apply(after, told(6, 'StatementPlaced', { group_id: 'g', statement_id: 'b', before: 'a' })))).toEqual(['Recall: b a', 'Reasons: ']);
    expect(lists(apply(after, told(6, 'GroupRemoved', { group_id: 'g' })))).toEqual(['Reasons: b']);
  });

  it('shows my moves before they are taken, and the same board once they are', () => {
    const mine: Wish = { kind: 'place_statement', move_id: 'x', statement_id: 'a', group_id: 'h', before: null, counter: false };
    const optimistic = expected(start, mine, 'me', new Map());
    const confirmed = apply(start, told(5, 'StatementPlaced', { move_id: 'x', by: 'me', statement_id: 'a', group_id: 'h' }));
    expect(optimistic).toEqual(confirmed);
  });

  it('keeps the last word of the server over mine', () => {
    const mine: Wish = { kind: 'place_statement', move_id: 'x', statement_id: 'a', group_id: 'h', before: null, counter: false };
    const meanwhile = apply(start, told(5, 'GroupRemoved', { group_id: 'h' }));
    expect(lists(expected(meanwhile, mine, 'me', new Map()))).toEqual(['Recall: a b']);
  });

  it('takes a move back to where it was', () => {
    const mine: Wish = { kind: 'place_statement', move_id: 'x', statement_id: 'b', group_id: 'h', before: null, counter: false };
    const back = inverse(start, mine, 'me');
    const moved = expected(start, mine, 'me', new Map());
    const undone = expected(moved, { kind: 'undo', move_id: 'y', of: 'x' }, 'me', new Map([['x', back]]));
    expect(lists(undone)).toEqual(lists(start));
    expect(placeOf(undone, 'b')).toEqual({ group_id: 'g', before: null, counter: true });
  });

  it('sends again what nothing was said against, and drops what was refused', () => {
    expect(comesAgain({ status: 409, type: '/problems/conflict' })).toBe(true);
    expect(comesAgain({ status: 503, type: '/problems/unavailable' })).toBe(true);
    expect(comesAgain({ status: 409, type: '/problems/refused' })).toBe(false);
    expect(comesAgain({ status: 422, type: '/problems/invalid' })).toBe(false);
  });
});
