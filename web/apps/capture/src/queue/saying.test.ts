import { expect, test } from 'vitest';
import type { Visit } from '../day.svelte';
import type { Written } from './items';
import { saying } from './saying';

const text = (en: string) => ({ en, es: en });
const form = (version: number, prompt: string, ...choices: string[]) =>
  ({ version, items: [{ id: 'how', kind: 'multi_choice', prompt: text(prompt), choices: choices.map((code) => ({ code, label: text(code.toUpperCase()) })) }] });
const visit = { instrument: form(2, 'How now?', 'a', 'b'), earlier_instruments: [form(1, 'How?', 'a', 'c')] } as unknown as Visit;
const said = (content: object, of: Visit | undefined = visit, withdrawn = '') => saying(content as Written, of, withdrawn);

test('an answer is told in the words of the form that it was given on, as far as this device has it', () => {
  const rating = { kind: 'rating', look_for_id: 'how', value: 'a c', instrument_version: 1 };
  expect(said(rating)).toBe('How?: A and C');
  expect(said({ ...rating, value: 'b', instrument_version: 2 })).toBe('How now?: B');
  expect(said({ ...rating, value: null, instrument_version: null })).toBe('How now?: –');
  expect(said({ ...rating, look_for_id: 'gone' })).toBe('gone: a and c');
  expect(saying(rating as Written, undefined)).toBe('how: a and c');
});

test('a deletion is told by the words that it takes back', () => {
  expect(said({ kind: 'withdraw', of: 'x' }, visit, 'Two wrote.')).toBe('Two wrote.');
  expect(said({ kind: 'withdraw', of: 'x' })).toBe('');
});
