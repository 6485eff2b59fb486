import type { SchedulingSchemas } from '$lib/api/client';
import { list, t } from '$lib/i18n.svelte';

export type Kind = SchedulingSchemas['ChangeOut']['kind'];

/** Which of the rounds that differ are asked for. */
export class Asked {
  kind = $state<Kind | ''>('');
  school = $state('');
  region = $state('');
  network = $state('');
  person = $state('');

  get query() {
    const { kind, region, network } = this;
    return { kind: kind || undefined, school: this.school.trim() || undefined, region: region || undefined, network: network || undefined, person: this.person.trim() || undefined };
  }

  /** In words, for paper; `kind`: what the kind is called. */
  told(kind: string): string {
    const { school, region, network, person } = this.query;
    const parts = { school, region, network, person };
    const named = Object.entries(parts).filter(([, value]) => value).map(([key, value]) => `${t(`plans.${key as keyof typeof parts}`)}: ${value}`);
    return list([...(this.kind ? [kind] : []), ...named]);
  }
}
