import { scheduling, type SchedulingSchemas } from './api/client';
import { outcome } from './api/fetch';
import { Watched } from './watched.svelte';

export type Proposal = SchedulingSchemas['ProposalOut'];

/** A proposal of the year's plan. */
export class WatchedPlan extends Watched<Proposal> {
  constructor(proposal_id: string) {
    super(`/api/scheduling/plans/${proposal_id}/events`, 'plan', () =>
      outcome(scheduling.GET('/plans/{proposal_id}', { params: { path: { proposal_id } } })),
    );
  }
}
