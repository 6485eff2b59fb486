/** Which pattern a group of the board has become. */
import type { RoundsSchemas } from '$lib/api/client';
import type { Group } from './board';

type Pattern = RoundsSchemas['DebriefOut']['patterns'][number];

/** The one of its name; or one that no group bears the name of and that lies in this group for the most part: the group
 * was given another title since. */
export function patternOf(group: Group, groups: readonly Group[], patterns: readonly Pattern[]): Pattern | undefined {
  const named = patterns.find((p) => p.name === group.title);
  if (named) return named;
  const titles = new Set(groups.map((g) => g.title));
  const here = new Set(group.statements);
  return patterns.find((p) => !titles.has(p.name) && p.statement_ids.filter((id) => here.has(id)).length * 2 > p.statement_ids.length);
}
