/** In the frame of a cold start: opens all that a visit needs, and says whether it stands. */
import { need, tried } from '$lib/i18n.svelte';
import { day, type Stood } from './day.svelte';
import { me } from './device/me.svelte';
import { SCREENS } from './screens';

export async function proveColdStart(): Promise<void> {
  const stood: Stood = { rondo: 'cold', fetched_at: day.kept?.fetched_at ?? 0, slots: 0 };
  try {
    const language = document.documentElement.lang === 'es' ? 'es' : 'en';
    await Promise.all([...SCREENS.map((s) => s.load()), need(['me', 'words', 'slot', 'observe', 'refused']), import('$lib/judging')]);
    for (const other of [language === 'es' ? 'en' : 'es', language] as const) await tried(other);
    stood.slots = day.kept?.day.visits.flatMap((v) => v.slots).length ?? 0;
    if (!me.open || !day.kept) stood.failed = 'nothing is on the device';
  } catch (error) {
    stood.failed = String(error);
  }
  parent.postMessage(stood, location.origin);
}
