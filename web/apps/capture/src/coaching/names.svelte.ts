/** The names of the people of my cycles: asked for while there is a network, kept sealed for when there is none, until they sign out. */
import { ask } from '$lib/api/fetch';
import { me } from '../device/me.svelte';
import type { Open } from '../device/store';
import { held, keep, NAMES } from '../kept';

type Names = Record<string, string>;

export class People {
  names = $state.raw<Names>({});

  constructor(who: Open, ids: readonly string[]) {
    void this.#load(who, [...new Set(ids)]);
  }

  async #load(who: Open, ids: string[]): Promise<void> {
    this.names = (await held<Names>(who, NAMES).catch(() => undefined)) ?? {};
    if (ids.every((id) => this.names[id])) return;
    const { data } = await ask<{ names: Names }>('GET', `/api/identity/names?${new URLSearchParams(ids.map((id) => ['id', id]))}`);
    if (!data || me.open !== who) return; // signed out meanwhile: nothing is kept
    this.names = { ...this.names, ...data.names };
    await keep(who, NAMES, this.names);
  }

  of(ids: readonly string[]): string {
    return ids.map((id) => this.names[id]).filter(Boolean).join(', ');
  }
}
