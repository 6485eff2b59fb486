import { expect, test } from 'vitest';
import { instant, shownIn } from './instant';

test("a moment is chosen on the district's clocks, wherever the browser is", () => {
  const zone = 'America/New_York';
  expect(instant('2026-11-29T10:36', zone)).toBe('2026-11-29T15:36:00.000Z');
  expect(instant('2026-07-01T23:30', zone)).toBe('2026-07-02T03:30:00.000Z');
  expect(instant('2026-03-08T03:00', zone)).toBe('2026-03-08T07:00:00.000Z');
  expect(shownIn('2026-07-02T03:30:00Z', zone)).toBe('2026-07-01T23:30');
});
