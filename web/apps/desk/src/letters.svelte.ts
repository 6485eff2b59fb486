/** Which letter a day is where a school's bells follow a cycle (A and B days). */
import { scheduling } from '$lib/api/client';
import { outcome } from '$lib/api/fetch';
import { t } from '$lib/i18n.svelte';

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
}

/** The letter of one day at one school. */
export const letterOf = (asked: () => { school?: string; day?: string }): Letters =>
  new Letters(() => {
    const { school, day } = asked();
    return school ? { from: day, to: day, school } : {};
  });
