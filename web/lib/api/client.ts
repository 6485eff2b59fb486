/** Typed clients of the services, from the types that `npm run types` makes of their OpenAPI documents. */
import createClient from 'openapi-fetch';
import { fetchAgain } from './fetch';
import type { components as IdentityComponents, paths as IdentityPaths } from './identity';
import type { components as ReportingComponents, paths as ReportingPaths } from './reporting';
import type { components as RoundsComponents, paths as RoundsPaths } from './rounds';
import type { components as SchedulingComponents, paths as SchedulingPaths } from './scheduling';

export type IdentitySchemas = IdentityComponents['schemas'];
export type SchedulingSchemas = SchedulingComponents['schemas'];
export type RoundsSchemas = RoundsComponents['schemas'];
export type ReportingSchemas = ReportingComponents['schemas'];

const at = (service: string) => ({ baseUrl: `/api/${service}`, fetch: fetchAgain });

export const identity = createClient<IdentityPaths>(at('identity'));
export const scheduling = createClient<SchedulingPaths>(at('scheduling'));
export const rounds = createClient<RoundsPaths>(at('rounds'));
export const reporting = createClient<ReportingPaths>(at('reporting'));

/** A header that makes a repeated POST harmless: the same key repeats nothing. */
export const once = (key: string = crypto.randomUUID()) => ({ 'Idempotency-Key': key });
