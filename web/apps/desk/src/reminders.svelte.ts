/** My coaching meetings ahead, and of which to remind me: from the hour at which the mail goes out until they are over. */
import { rounds, type RoundsSchemas } from '$lib/api/client';
import { outcome } from '$lib/api/fetch';
import { clock, day, t } from '$lib/i18n.svelte';
import { Resource } from '$lib/resource.svelte';
import { session } from '$lib/session.svelte';

export type MyMeeting = RoundsSchemas['MyMeetingOut'];
const DAY_MS = 86_400_000;

class Reminders {
  now = $state(Date.now());
  readonly read = new Resource(async () => {
    const of = session.person?.person_id;
    const found = await outcome(rounds.GET('/my-meetings'));
    this.now = Date.now();
    return found.data ? { data: { of, items: found.data.items } } : found;
  });
  /** Those of who is signed in: a page may be another's than the one who read them. */
  readonly mine: MyMeeting[] = $derived(this.read.data && this.read.data.of === session.person?.person_id ? this.read.data.items : []);
  readonly due: MyMeeting[] = $derived(
    this.mine.filter((m) => m.remind_at && Date.parse(m.remind_at) <= this.now && Date.parse(m.ends_at) > this.now),
  );

  load = () => this.read.load();

  /** Whether it is put aside. */
  async aside(meeting_id: string): Promise<boolean> {
    const { problem } = await outcome(rounds.DELETE('/my-meetings/{meeting_id}/reminder', { params: { path: { meeting_id } } }));
    await this.load();
    return !problem;
  }
}

export const reminders = new Reminders();

const dayOf = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: session.zone }).format(at);

/** "tomorrow, 8:30 AM", by the district's clocks. */
export function whenOf(meeting: MyMeeting): string {
  const [on, today] = [dayOf(Date.parse(meeting.starts_at)), dayOf(reminders.now)];
  const time = clock(meeting.starts_at, session.zone);
  const away = Math.round((Date.parse(on) - Date.parse(today)) / DAY_MS);
  if (away === 0) return t('remind.today', { time });
  return away === 1 ? t('remind.tomorrow', { time }) : t('remind.on_day', { day: day(on), time });
}

export const meetingAt = (m: MyMeeting): string => `/coaching/cycles/${m.cycle_id}`;
