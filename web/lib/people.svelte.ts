/** The names of people whose ids a screen holds; asked for together, kept for the page's life. */
import { SvelteMap } from 'svelte/reactivity';
import { identity } from './api/client';
import { outcome } from './api/fetch';

const names = new SvelteMap<string, string>();
let wanted = new Set<string>();

async function ask() {
  const ids = [...wanted];
  wanted = new Set();
  const found = await outcome(identity.GET('/names', { params: { query: { id: ids } } }));
  for (const id of ids) names.set(id, found.data?.names[id] ?? '–');
}

/** The name, "…" until it is known. */
export function personName(id: string): string {
  const known = names.get(id);
  if (known !== undefined) return known;
  if (!wanted.has(id)) {
    if (wanted.size === 0) queueMicrotask(ask);
    wanted.add(id);
  }
  return '…';
}
