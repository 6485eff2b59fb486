import { clockIn, today } from './days';

/** What the clocks of a time zone show at an instant, as a field for day and time takes it: "2026-11-29T10:36". */
export const shownIn = (iso: string, zone: string): string => `${today(zone, new Date(iso))}T${clockIn(iso, zone)}`;

/** The instant at which the clocks of a time zone show this; of an hour that is there twice one of them. */
export function instant(shown: string, zone: string): string {
  const wanted = Date.parse(`${shown}Z`);
  let at = wanted;
  for (let n = 0; n < 2; n++) at += wanted - Date.parse(`${shownIn(new Date(at).toISOString(), zone)}Z`);
  return new Date(at).toISOString();
}
