/** Calendar days as "2026-10-14", without clocks or time zones. */
const MS = 86_400_000;

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
export const plus = (day: string, days: number): string => new Date(utc(day) + days * MS).toISOString().slice(0, 10);
/** 0 is Sunday. */
export const weekday = (day: string): number => new Date(utc(day)).getUTCDay();

/** The day that it is now in an IANA time zone. */
export const today = (zone: string, now = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** The weeks (Sunday first) that hold a month "2026-10", each of seven days. */
export function weeks(month: string): string[][] {
  const first = `${month}-01`;
  const found: string[][] = [];
  for (let start = plus(first, -weekday(first)); start.slice(0, 7) <= month; start = plus(start, 7))
    found.push(Array.from({ length: 7 }, (_, n) => plus(start, n)));
  return found;
}

/** The month `count` months after "2026-10". */
export function addMonths(month: string, count: number): string {
  const [year, m] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, m - 1 + count, 1)).toISOString().slice(0, 7);
}

/** The time of day of an instant in a time zone, "09:05". */
export const clockIn = (iso: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

export const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
export const clockAt = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
