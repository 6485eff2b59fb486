import { rounds, type RoundsSchemas } from '$lib/api/client';
import { outcome, type Outcome } from '$lib/api/fetch';
import { Resource } from '$lib/resource.svelte';

export type Evidence = RoundsSchemas['EvidenceItem'];
export interface Read {
  reading: RoundsSchemas['EvidencePage']['reading'];
  items: Evidence[];
}

/** All the evidence of a round that the signed-in person may read, page by page. */
async function all(round_id: string, kind?: 'statement' | 'rating'): Promise<Outcome<Read>> {
  const items: Evidence[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await outcome(rounds.GET('/rounds/{round_id}/evidence', { params: { path: { round_id }, query: { after, kind, limit: 2000 } } }));
    if (page.problem) return page;
    items.push(...page.data.items);
    after = page.data.next ?? undefined;
    if (!after) return { data: { reading: page.data.reading, items } };
  }
}

export const evidenceOf = (round_id: string, kind?: 'statement' | 'rating'): Resource<Read> => {
  const made = new Resource(() => all(round_id, kind));
  void made.load();
  return made;
};

/** The statements with the newest verdicts: a verdict changes the debrief, and the words need not be read again. */
export function screenedBy(items: Evidence[], debrief: RoundsSchemas['DebriefOut']): Evidence[] {
  const challenged = new Set(debrief.challenged.map((c) => c.statement_id));
  const admitted = new Set(debrief.admitted);
  return items.map((s) => {
    const screening = challenged.has(s.id) ? 'challenged' : admitted.has(s.id) ? 'admitted' : null;
    return screening === (s.screening ?? null) ? s : { ...s, screening };
  });
}
