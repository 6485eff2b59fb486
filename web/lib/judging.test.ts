import { expect, test } from 'vitest';
import golden from '../../tests/contract/golden_marks.json';
import named from '../../tests/contract/golden_names.json';
import { marks, names, rewording } from './judging';

test('the browser marks what the server marks', () => {
  for (const [sentence, expected] of Object.entries(golden as unknown as Record<string, (string | number)[][]>)) {
    expect(marks(sentence).map((m) => [m.start, m.end, m.kind, m.language]), sentence).toEqual(expected);
  }
});

test('a rewording is descriptive itself, in the language of the words, and about their topic', () => {
  const offer = (words: string) => rewording(words, marks(words)[0]!, 7);
  expect(offer('Good questioning.')).toBe('Teacher asked __ questions; __ asked for a reason.');
  expect(offer('Los alumnos estaban muy involucrados.')).toContain('En el minuto 7, __ de __ alumnos');
  for (const words of Object.keys(golden)) {
    for (const mark of marks(words)) expect(marks(rewording(words, mark, 3)), words).toEqual([]);
  }
});

test('names of people are seen, and words that only look like them are not', () => {
  expect(names('Maria told the class why.')).toEqual(['Maria']);
  expect(names('The teacher asked José and then Ms. Rivera helped.')).toEqual(['José', 'Rivera']);
  expect(names("At minute 3 Aaliyah's answer was 24.")).toEqual(['Aaliyah']);
  expect(names('Students read about Texas on Monday. Four wrote. English words were on the board.')).toEqual([]);
  expect(names('Teacher said: “Good, Maria.”')).toEqual([]);
  expect(names('En la clase de Inglés, un alumno leyó sobre México.')).toEqual([]);
});

test('the browser sees the names that the server sees', () => {
  for (const [sentence, expected] of Object.entries(named as Record<string, string[]>)) expect(names(sentence), sentence).toEqual(expected);
});
