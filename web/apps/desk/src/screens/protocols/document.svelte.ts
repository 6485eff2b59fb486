/** A protocol's document as a form and as text at once: what the form changes, the service writes into the text, and
 *  what is typed into the text, it reads. The text is the document; the form never holds more than it says. */
import { rounds, type RoundsSchemas } from '$lib/api/client';
import { outcome } from '$lib/api/fetch';
import type { FieldProblem, Problem } from '$lib/api/problem';
import { language } from '$lib/i18n.svelte';
import { says, type Said } from '../coaching/cycle.svelte';

export type At = (string | number)[];
type Change = RoundsSchemas['Edit'];
type Protocol = RoundsSchemas['Protocol'];
/** The document as it stands, right or wrong: every part may be missing. */
export type Loose<T> = T extends (infer I)[] ? Loose<I>[] : T extends object ? { [K in keyof T]?: Loose<T[K]> } : T;
export type Parts = Loose<Protocol>;

const TYPED_MS = 350;
const UNDOES = 50;

export class Document {
  text = $state('');
  parts = $state<Parts>();
  protocol = $state.raw<Protocol>();
  problems = $state.raw<RoundsSchemas['DocumentProblem'][]>([]);
  problem = $state.raw<Problem | undefined>();
  before = $state.raw<string[]>([]);
  loaded = $state(false);
  #changes: Change[] = [];
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async read(text: string): Promise<void> {
    this.text = text;
    await this.check();
    this.loaded = true;
  }

  /** The text as typed: read when the hands rest. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), TYPED_MS);
  }

  async check(): Promise<void> {
    const text = this.text;
    const found = await outcome(rounds.POST('/protocol-check', { body: { text } }));
    this.problem = found.problem;
    if (found.data && text === this.text) this.#took(found.data);
  }

  /** A change of the form: seen at once, in the text when the service has written it. */
  change(edit: Omit<Change, 'to'> & { to?: number }): void {
    const full: Change = { to: 0, ...edit };
    const last = this.#changes.at(-1);
    if (full.do === 'set' && last?.do === 'set' && last.at.join('/') === full.at.join('/')) last.value = full.value;
    else this.#changes.push(full);
    apply(this.parts, full);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settled(), full.do === 'set' ? TYPED_MS : 0);
  }

  set = (at: At, value: unknown) => this.change({ do: 'set', at, value });

  /** Everything that the form changed is in the text. */
  async settled(): Promise<void> {
    clearTimeout(this.#timer);
    await (this.#running ??= this.#write().finally(() => (this.#running = undefined)));
  }

  async #write(): Promise<void> {
    while (this.#changes.length) {
      const edits = this.#changes.splice(0);
      const text = this.text;
      const found = await outcome(rounds.POST('/protocol-edit', { body: { text, edits: $state.snapshot(edits) as Change[] } }));
      this.problem = found.problem;
      if (!found.data) return this.check();
      this.before = [...this.before, text].slice(-UNDOES);
      this.text = found.data.text;
      if (this.#changes.length === 0) this.#took(found.data);
    }
    if (this.parts === undefined) await this.check();
  }

  async undo(): Promise<void> {
    await this.settled();
    const text = this.before.at(-1);
    if (text === undefined) return;
    this.before = this.before.slice(0, -1);
    await this.read(text);
  }

  /** What is wrong with a part, or with what is in it. */
  at(at: At): FieldProblem[] {
    const place = at.join('/');
    return this.problems.filter((p) => p.where === place || p.where.startsWith(`${place}/`)).map((p) => ({ detail: says(p.say), lang: language() }));
  }

  #took(found: RoundsSchemas['Checked']): void {
    this.parts = (found.document ?? undefined) as Parts | undefined;
    this.protocol = found.protocol ?? undefined;
    this.problems = found.problems;
  }
}

function apply(parts: unknown, { do: what, at, value, to }: Change): void {
  let held = parts as Record<string | number, unknown>;
  const way = at.slice(0, -1);
  for (const [n, step] of way.entries()) {
    if (what === 'insert' && n === way.length - 1) held[step] ??= [];
    held = held[step] as Record<string | number, unknown>;
  }
  const last = at.at(-1)!;
  const list = held as unknown as unknown[];
  if (what === 'insert') list.splice(last as number, 0, value);
  else if (what === 'remove' && Array.isArray(held)) list.splice(last as number, 1);
  else if (what === 'move') list.splice(to ?? 0, 0, ...list.splice(last as number, 1));
  else if (what === 'remove' || value == null) delete held[last];
  else held[last] = value;
}

/** Who may be named: the parts of people, and everybody. */
export const rolesOf = (parts: Parts): { id: string; title?: Loose<Said> }[] =>
  (parts.people?.roles ?? []).filter((r) => r?.id).map((r) => ({ id: r.id!, title: r.title }));

/** An id that none of them has yet: `part-2`. */
export function freshId(stem: string, taken: (string | undefined)[]): string {
  let n = taken.length + 1;
  while (taken.includes(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}
