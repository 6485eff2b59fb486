/** The district's schools, read once and shared by the screens that offer or name them. */
import { scheduling, type SchedulingSchemas } from './api/client';
import { outcome } from './api/fetch';
import { Resource } from './resource.svelte';

export type School = SchedulingSchemas['School'];

async function all() {
  const found: School[] = [];
  let after: string | undefined;
  do {
    const page = await outcome(scheduling.GET('/schools', { params: { query: { limit: 200, after } } }));
    if (page.problem) return page;
    found.push(...page.data.items);
    after = page.data.next ?? undefined;
  } while (after);
  return { data: found.toSorted((a, b) => a.name.localeCompare(b.name)) };
}

const schools = new Resource<School[]>(all);

/** The list, loading when it has not been read yet. */
export function allSchools(): Resource<School[]> {
  const missing = () => schools.data === undefined && !schools.loading && !schools.problem;
  if (missing()) queueMicrotask(() => missing() && schools.load());
  return schools;
}

export const schoolName = (id: string): string => allSchools().data?.find((s) => s.school_id === id)?.name ?? '…';
