/** Which letter a day is where a school's bells follow a cycle (A and B days). */
import { scheduling } from '$lib/api/client';
import { outcome } from '$lib/api/fetch';
import { plus } from '$lib/days';
import { day as inWords, t } from '$lib/i18n.svelte';

/** A day that is typed digit by digit is of the year 2 first. */
const whole = (...days: (string | undefined)[]) => days.every((d) => d && d > '1900');

/** The letters of the days from one to another, of every school or of one; read again when these change. */
export class Letters {
  #bySchool = $state.raw(new Map<string, Record<string, string>>());

  constructor(asked: () => { from?: string; to?: string; school?: string }) {
    $effect(() => {
      const { from, to, school } = asked();
      let left = false;
      if (whole(from, to) && from! <= to!) {
        void outcome(scheduling.GET('/bells/letters', { params: { query: { from: from!, to: to!, school_id: school } } })).then(({ data }) => {
          if (data && !left) this.#bySchool = new Map(data.items.flatMap((i) => i.school_ids.map((id) => [id, i.days])));
        });
      }
      return () => (left = true);
    });
  }

  of = (school: string | undefined, day: string | undefined): string => this.#bySchool.get(school ?? '')?.[day ?? ''] ?? '';

  /** In words; empty where the day has none. */
  told(school: string | undefined, day: string | undefined): string {
    const letter = this.of(school, day);
    return letter && t('words.day_letter', { letter });
  }

  /** The day in words, and its letter where it has one. */
  with = (school: string | undefined, day: string): string => [inWords(day), this.told(school, day)].filter(Boolean).join(' · ');
}

/** As far back as one question reaches. */
const SPAN = 400;

/** The letters of some days at their schools: of the last year of them. */
export const lettersOf = (days: () => string[]): Letters =>
  new Letters(() => {
    const sorted = days().toSorted();
    const to = sorted.at(-1);
    const first = to && plus(to, -SPAN);
    return { from: first && sorted.find((day) => day >= first), to };
  });

/** The letter of one day at one school. */
export const letterOf = (asked: () => { school?: string; day?: string }): Letters =>
  new Letters(() => {
    const { school, day } = asked();
    return school ? { from: day, to: day, school } : {};
  });
