/** The year in which the school year of a day begins: with the first of the district's terms that begins from July to
 * October; where none is known of that year, on the same day as in the nearest that is; without any, with July. */
export function schoolYear(day: string, terms: readonly { starts_on: string }[] = []): number {
  const begins = new Map<number, string>();
  for (const first of terms.map((term) => term.starts_on).sort().reverse())
    if (first.slice(5, 7) >= '07' && first.slice(5, 7) <= '10') begins.set(Number(first.slice(0, 4)), first.slice(5));
  const year = Number(day.slice(0, 4));
  const [nearest] = [...begins.keys()].sort((a, b) => Math.abs(a - year) - Math.abs(b - year));
  const turn = begins.get(nearest ?? year) ?? '07-01';
  return day.slice(5) < turn ? year - 1 : year;
}
