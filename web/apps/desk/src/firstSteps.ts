/** What a district needs before its first round. */
import type { IdentitySchemas } from '$lib/api/client';

const UNSET = 'Etc/UTC';

export interface Standing {
  timezone: string;
  schools: number;
  people: number;
  days: number;
  /** The first page of accounts, and whether there are more. */
  accounts: Pick<IdentitySchemas['AccountView'], 'grants'>[];
  more: boolean;
}

/** The steps in their order. With more accounts than a page holds somebody leads the district: nobody else invites so many. */
export function firstSteps({ timezone, schools, people, days, accounts, more }: Standing) {
  const led = more || accounts.some((account) => account.grants.some((grant) => grant.role === 'district_leader'));
  return [
    { key: 'zone', to: '/settings', done: timezone !== UNSET },
    { key: 'schools', to: '/imports', done: schools > 0 },
    { key: 'people', to: '/imports', done: people > 0 },
    { key: 'year', to: '/stage', done: days > 0 },
    { key: 'accounts', to: '/accounts/invite', done: led },
  ] as const;
}
