/** The debrief board as a page folds it: the server's moves in the server's order, one's own unsent ones on top. */
import type { RoundsSchemas } from '$lib/api/client';
import type { Problem } from '$lib/api/problem';

export type Wish = RoundsSchemas['Moves']['moves'][number];
type Kind<K extends Wish['kind']> = Extract<Wish, { kind: K }>;

/** A move as the server tells it; `before` and `counter` only where a statement was placed. */
export interface Told {
  version: number;
  kind: 'GroupMade' | 'GroupRetitled' | 'GroupRemoved' | 'StatementPlaced';
  move_id: string;
  by: string;
  undoes: string | null;
  group_id: string | null;
  title?: string;
  statement_id?: string;
  before?: string | null;
  counter?: boolean;
}

export interface Group {
  group_id: string;
  title: string;
  statements: string[];
}
export interface Place {
  group_id: string | null;
  before: string | null;
  counter: boolean;
}
export interface Board {
  groups: Group[];
  counter: ReadonlySet<string>;
  by: ReadonlyMap<string, string>;
}

export const EMPTY: Board = { groups: [], counter: new Set(), by: new Map() };

export function boardOf(told: RoundsSchemas['BoardOut']): Board {
  const all = told.groups.flatMap((g) => g.statements);
  return {
    groups: told.groups.map((g) => ({ group_id: g.group_id, title: g.title, statements: g.statements.map((s) => s.statement_id) })),
    counter: new Set(all.filter((s) => s.counter).map((s) => s.statement_id)),
    by: new Map(all.map((s) => [s.statement_id, s.by])),
  };
}

export function placeOf(board: Board, statement_id: string): Place {
  for (const { group_id, statements } of board.groups) {
    const at = statements.indexOf(statement_id);
    if (at >= 0) return { group_id, before: statements[at + 1] ?? null, counter: board.counter.has(statement_id) };
  }
  return { group_id: null, before: null, counter: false };
}

function placed(board: Board, statement_id: string, to: Place, by: string): Board {
  const counter = new Set(board.counter);
  counter.delete(statement_id);
  let lies = false;
  const groups = board.groups.map((group) => {
    const statements = group.statements.filter((s) => s !== statement_id);
    if (group.group_id !== to.group_id) return statements.length === group.statements.length ? group : { ...group, statements };
    const at = to.before === null ? -1 : statements.indexOf(to.before);
    statements.splice(at < 0 ? statements.length : at, 0, statement_id);
    lies = true;
    return { ...group, statements };
  });
  if (lies && to.counter) counter.add(statement_id);
  return { groups, counter, by: new Map(board.by).set(statement_id, by) };
}

function made(board: Board, group_id: string, title: string): Board {
  if (board.groups.some((g) => g.group_id === group_id)) return board;
  return { ...board, groups: [...board.groups, { group_id, title, statements: [] }] };
}

const retitled = (board: Board, group_id: string, title: string): Board => ({
  ...board,
  groups: board.groups.map((g) => (g.group_id === group_id ? { ...g, title } : g)),
});

function removed(board: Board, group_id: string): Board {
  const gone = new Set(board.groups.find((g) => g.group_id === group_id)?.statements);
  return {
    ...board,
    groups: board.groups.filter((g) => g.group_id !== group_id),
    counter: new Set([...board.counter].filter((s) => !gone.has(s))),
  };
}

/** The board after a move that the server took. */
export function apply(board: Board, move: Told): Board {
  switch (move.kind) {
    case 'GroupMade':
      return made(board, move.group_id!, move.title!);
    case 'GroupRetitled':
      return retitled(board, move.group_id!, move.title!);
    case 'GroupRemoved':
      return removed(board, move.group_id!);
    case 'StatementPlaced':
      return placed(board, move.statement_id!, { group_id: move.group_id, before: move.before ?? null, counter: move.counter ?? false }, move.by);
  }
}

/** The board as it will look if the server takes this wish of mine; one that no longer fits changes nothing. */
export function expect(board: Board, wish: Wish, me: string, inverses: ReadonlyMap<string, Inverse>): Board {
  const there = (id: string | null) => id === null || board.groups.some((g) => g.group_id === id);
  switch (wish.kind) {
    case 'make_group':
      return made(board, wish.group_id, wish.title);
    case 'retitle_group':
      return retitled(board, wish.group_id, wish.title);
    case 'remove_group':
      return removed(board, wish.group_id);
    case 'place_statement':
      return there(wish.group_id) ? placed(board, wish.statement_id, { group_id: wish.group_id, before: wish.before ?? null, counter: wish.counter ?? false }, me) : board;
    case 'undo':
      return inverses.get(wish.of)?.(board) ?? board;
  }
}

export type Inverse = (board: Board) => Board;

/** How the board looks when this wish, made on `board`, is taken back. */
export function inverse(board: Board, wish: Exclude<Wish, Kind<'undo'>>, me: string): Inverse {
  switch (wish.kind) {
    case 'make_group':
      return (now) => removed(now, wish.group_id);
    case 'retitle_group': {
      const title = board.groups.find((g) => g.group_id === wish.group_id)?.title ?? wish.title;
      return (now) => retitled(now, wish.group_id, title);
    }
    case 'remove_group': {
      const gone = board.groups.find((g) => g.group_id === wish.group_id);
      return (now) => (gone ? { ...now, groups: [...now.groups, gone] } : now);
    }
    case 'place_statement': {
      const was = placeOf(board, wish.statement_id);
      return (now) => placed(now, wish.statement_id, was, me);
    }
  }
}

/** Whether the moves may be taken when they are sent again: nothing was said against the moves themselves. */
export const comesAgain = ({ status, type }: Pick<Problem, 'status' | 'type'>): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500 || type === '/problems/conflict';
