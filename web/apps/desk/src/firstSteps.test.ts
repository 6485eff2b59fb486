import { expect, test } from 'vitest';
import { firstSteps, type Standing } from './firstSteps';

const EMPTY: Standing = { timezone: 'Etc/UTC', schools: 0, people: 0, days: 0, accounts: [{ grants: [{ role: 'district_admin', school_id: null }] }], more: false };
const done = (standing: Partial<Standing>) => firstSteps({ ...EMPTY, ...standing }).filter((step) => step.done).map((step) => step.key);

test('an empty district has everything to do, and each step is done by what it brings in', () => {
  expect(done({})).toEqual([]);
  expect(done({ timezone: 'America/New_York' })).toEqual(['zone']);
  expect(done({ schools: 316 })).toEqual(['schools']);
  expect(done({ people: 1 })).toEqual(['people']);
  expect(done({ days: 1 })).toEqual(['year']);
});

test('invitations are done when somebody leads the district', () => {
  expect(done({ accounts: [{ grants: [{ role: 'observer', school_id: null }] }] })).toEqual([]);
  expect(done({ accounts: [{ grants: [{ role: 'district_leader', school_id: null }] }] })).toEqual(['accounts']);
  expect(done({ more: true })).toEqual(['accounts']);
});
