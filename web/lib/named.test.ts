import { describe, expect, it } from 'vitest';
import { names } from './judging';
import { lettered, named } from './named';

const FIELDS = [
  { id: 'student', kind: 'alias' },
  { id: 'title', kind: 'words' },
  { id: 'why', kind: 'text' },
  { id: 'day', kind: 'date' },
  { id: 'steps', kind: 'items', fields: [{ id: 'does', kind: 'text' }, { id: 'minute', kind: 'minute' }] },
];

describe('names in a note that is being written', () => {
  it('are seen in each free text, once', () => {
    const values = { student: 'B', title: 'Then Daniel spoke', why: 'We asked Daniel.', day: '2026-10-01', steps: [{ does: 'We wait', minute: 3 }, { does: 'A asks Marisol' }] };
    expect(named(FIELDS, values, names)).toEqual(['Daniel', 'Marisol']);
  });
  it('are none where nothing is written yet', () => {
    expect(named(FIELDS, {}, names)).toEqual([]);
    expect(named(FIELDS, { why: null, steps: null }, names)).toEqual([]);
  });
  it('are looked for where students are letters alone', () => {
    expect(lettered([{ fields: FIELDS }])).toBe(true);
    expect(lettered([{ fields: [{ id: 'all', kind: 'items', fields: [{ id: 'student', kind: 'alias' }] }] }])).toBe(true);
    expect(lettered([{ fields: FIELDS.slice(1) }])).toBe(false);
  });
});
