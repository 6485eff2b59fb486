/** One coaching cycle as the page works on it: read, kept in step with what the others do, changed. */
import { rounds, type RoundsSchemas } from '$lib/api/client';
import { outcome, type Outcome } from '$lib/api/fetch';
import type { Problem } from '$lib/api/problem';
import { follow } from '$lib/follow';
import { language } from '$lib/i18n.svelte';
import { Resource } from '$lib/resource.svelte';
import { session } from '$lib/session.svelte';
import { uuid7 } from '$lib/uuid7';
import { untrack } from 'svelte';

export type Cycle = RoundsSchemas['CycleOut'];
export type Written = RoundsSchemas['ArtefactOut'];
export type Kind = RoundsSchemas['Artefact'];
export type FieldOf = RoundsSchemas['ArtefactField'];
export type Said = RoundsSchemas['Bilingual'];
export type Values = Record<string, unknown>;

/** The sentence in the language in force. */
export const says = (said: Said | null | undefined): string => said?.[language()] ?? '';

interface Spoken {
  where?: string;
  detail: string;
  say?: Said;
}
/** What a refusal says, by place ('' for the whole), in the language in force where the service has both. */
export function spoken(problem: Problem | undefined): { where: string; text: string }[] {
  if (!problem) return [];
  const list = (problem.problems as Spoken[] | undefined)?.length ? (problem.problems as Spoken[]) : [problem as Spoken];
  return list.map((p) => ({ where: (p.where ?? '').replace(/^body\//, ''), text: p.say ? says(p.say) : [p.detail, (p as Problem).mend].filter(Boolean).join(' ') }));
}

interface Seen {
  version: number;
  meetings: number;
  commitments: number;
}
/** What somebody was writing when its place on the page went: they left the page, or another opened a stage, or wrote it
 *  first. `revision`: over which version; 0: nothing was written yet. */
export interface LeftOver {
  artefact: string;
  artefact_id: string;
  revision: number;
  turn: number;
  values: Values;
}
/** What one person is writing in a cycle. It outlasts the page, when they look at another or their session ends, and is
 *  never on a disk: a table of counts may hold what the service will not take. */
class Unsent {
  leftOver = $state.raw<LeftOver[]>([]);
  agreement = $state<{ body: AgreementBody; over: number }>();
}
const unsent = new Map<string, Unsent>();
export interface AgreementBody {
  goals: { what: string; sign: string; by: string }[];
  norms: number[];
  own_norms: string[];
  out_of_bounds: string;
  confidentiality: string;
}

export class CycleDesk {
  readonly id: string;
  /** Whose page it is: nobody is signed in any more while it goes. */
  readonly me = session.person!.person_id;
  readonly cycle: Resource<Cycle>;
  busy = $state(false);
  problem = $state.raw<Problem | undefined>();
  /** How far the meetings and the commitments have come, once it is known. */
  meetings = $state<number>();
  commitments = $state<number>();
  /** How often the page had to look by itself, as no events came. */
  looks = $state(0);
  readonly #unsent: Unsent;
  #newest = 0;
  #behind = false;
  #left: () => void;

  constructor(id: string) {
    this.id = id;
    const key = `${this.me} ${id}`;
    this.#unsent = unsent.get(key) ?? new Unsent();
    unsent.set(key, this.#unsent);
    this.cycle = new Resource(() => this.#read());
    void this.cycle.load();
    const again = () => void this.cycle.load();
    this.#left = follow<Seen>(`/api/rounds/cycles/${id}/events`, 'seen', (now) => void this.#told(now), {
      away: () => {
        this.looks++;
        if (!this.busy) again();
      },
      over: again,
    });
  }

  stop(): void {
    this.#left();
  }

  get leftOver(): LeftOver[] {
    return this.#unsent.leftOver;
  }
  set leftOver(left: LeftOver[]) {
    this.#unsent.leftOver = left;
  }

  /** The agreement while it is written, over this revision. */
  get agreement(): Unsent['agreement'] {
    return this.#unsent.agreement;
  }
  set agreement(written: Unsent['agreement']) {
    this.#unsent.agreement = written;
  }

  leave(left: Omit<LeftOver, 'turn'>): void {
    untrack(() => (this.leftOver = [...this.leftOver, { ...left, turn: this.cycle.data?.turn ?? 1 }]));
  }

  /** Takes up what was left at this place: over what is `written` there, or of what nothing is there yet. */
  takeUp(artefact: string, written?: Written): LeftOver | undefined {
    return untrack(() => {
      const here = (l: LeftOver) => (written ? l.artefact_id === written.artefact_id : l.revision === 0 && l.turn === this.cycle.data!.turn && !this.cycle.data!.artefacts.some((a) => a.artefact_id === l.artefact_id));
      const found = this.leftOver.findLast((l) => l.artefact === artefact && here(l));
      if (found) this.leftOver = this.leftOver.filter((l) => l !== found);
      return found;
    });
  }

  /** What was read before one's own change, and comes after it, is not shown over it. */
  async #read(): Promise<Outcome<Cycle>> {
    const found = await outcome(rounds.GET('/cycles/{cycle_id}', { params: { path: { cycle_id: this.id } } }));
    const held = this.cycle.data;
    return found.data && held && found.data.version < held.version ? { ...found, data: held } : found;
  }

  /** Reads the cycle again when somebody changed it. One's own change, under way, answers the cycle anew by itself. */
  async #told({ version, meetings, commitments }: Seen): Promise<void> {
    this.#behind ||= this.commitments !== undefined && this.commitments !== commitments; // stages may wait for some
    this.meetings = meetings;
    this.commitments = commitments;
    this.#newest = version;
    if (!this.busy) await this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    if (!this.#behind && !this.cycle.problem && !(this.cycle.data && this.cycle.data.version < this.#newest)) return;
    this.#behind = false;
    await this.cycle.load();
  }

  /** Runs a change that answers the cycle anew. */
  async do(call: () => Promise<Outcome<Cycle>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    try {
      const found = await call();
      this.problem = found.problem;
      if (found.data) this.cycle.data = found.data;
      return !found.problem;
    } finally {
      this.busy = false;
      void this.#catchUp();
    }
  }

  #path = () => ({ cycle_id: this.id });

  open = (stage: string) =>
    this.do(() => outcome(rounds.POST('/cycles/{cycle_id}/stages/{stage}', { params: { path: { ...this.#path(), stage } } })));

  finish = () => this.do(() => outcome(rounds.POST('/cycles/{cycle_id}/finish', { params: { path: this.#path() } })));

  /** `over`: what it takes the place of, by default a new one. */
  write = (artefact: string, fields: Values, ready: boolean, over: Pick<Written, 'artefact_id' | 'revision'> = { artefact_id: uuid7(), revision: 0 }) =>
    this.do(() =>
      outcome(
        rounds.PUT('/cycles/{cycle_id}/artefacts/{artefact_id}', {
          params: { path: { ...this.#path(), artefact_id: over.artefact_id } },
          body: { artefact, fields, ready, base_revision: over.revision },
        }),
      ),
    );

  remove = (written: Written) =>
    this.do(() => outcome(rounds.DELETE('/cycles/{cycle_id}/artefacts/{artefact_id}', { params: { path: { ...this.#path(), artefact_id: written.artefact_id } } })));

  kind(id: string): Kind {
    return this.cycle.data!.protocol.artefacts!.find((a) => a.id === id)!;
  }

  /** What is written of a kind, oldest first; in the present turn only, unless all turns are asked for. */
  all(id: string, everyTurn = false): Written[] {
    const c = this.cycle.data!;
    return c.artefacts.filter((a) => a.artefact === id && (everyTurn || a.turn === c.turn));
  }

  stage(id: string | null | undefined) {
    return this.cycle.data!.protocol.stages.find((s) => s.id === id);
  }

  /** Whether the person may begin one of this kind now. */
  may(id: string): boolean {
    const c = this.cycle.data!;
    const kind = this.kind(id);
    const by = kind.written_by ?? ['everyone'];
    const here = this.stage(c.stage)?.artefacts?.includes(id) ?? false;
    const there = this.all(id);
    const free = kind.many || (kind.together ? there.length === 0 : !there.some((w) => w.author_id === this.me));
    return c.standing === 'under_way' && here && free && (by.includes('everyone') || by.includes(c.my_role));
  }
}

/** The option's label, or what is stored when the document does not know it. */
export const labelOf = (field: { options?: { id: string; label: Said }[] }, id: unknown): string =>
  says(field.options?.find((o) => o.id === id)?.label) || String(id);

export const roleTitle = (cycle: Cycle, role: string): string => says(cycle.protocol.people.roles.find((r) => r.id === role)?.title) || role;
