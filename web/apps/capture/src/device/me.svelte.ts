/** Who uses the app now. The app opens from what is on the device; the network is asked afterwards. */
import { ask, onSignedOut } from '$lib/api/fetch';
import type { Problem } from '$lib/api/problem';
import type { Person } from '$lib/session.svelte';
import { drop, NAMES } from '../kept';
import { locked, newKey, unwrap, wrap } from './crypto';
import { report } from './report';
import { currentId, keepMember, leaving, member, people, QueueDb, setCurrent, setLeaving, unsentOf, type Member, type Open } from './store';

const SESSION = '/api/identity/session';

/** Neither the sign-in nor the password opens the notes that lie here. */
export const SEALED: Problem = { type: '/problems/sealed', title: '', status: 409, detail: '' };

/** How the server sees us: unknown until asked; `other` when the browser's session is somebody else's. */
export type Standing = 'unknown' | 'mine' | 'signed-out' | 'other';

class Me {
  open = $state.raw<Open | undefined>();
  standing = $state<Standing>('unknown');
  /** The talk with the server about whose session this is. A sign-in waits for it: the end of an earlier session that
   * is told late would take the new one with it. */
  #talk: Promise<unknown> = Promise.resolve();

  constructor() {
    onSignedOut(() => (this.standing = 'signed-out'));
  }

  /** Opens what the person who used the app last has here; needs no network. */
  async restore(): Promise<void> {
    const id = await currentId();
    const held = id ? await member(id) : undefined;
    if (held?.key) this.#enter(held, held.key);
  }

  /** Finds out whose session the browser holds; takes it up when nobody is in. */
  check(): Promise<void> {
    const asked = this.#check();
    this.#talk = asked.catch(() => undefined);
    return asked;
  }

  async #check(): Promise<void> {
    if ((await leaving()) && !(await this.#leave())) return;
    const { data, problem } = await ask<Person>('GET', SESSION);
    if (problem?.status === 401) this.standing = 'signed-out';
    if (!data) return;
    if (!this.open) await this.#admit(data);
    else this.standing = data.person_id === this.open.member.person_id ? 'mine' : 'other';
  }

  /** By password: with the server, or without a network from what is on the device. */
  async signIn(email: string, password: string): Promise<Problem | undefined> {
    await this.#talk;
    const { problem } = await ask('POST', SESSION, { email, password });
    if (problem?.status === 0 && (await this.#offline(email, password))) return undefined;
    if (problem) return problem;
    await setLeaving(false);
    const { data, problem: unread } = await ask<Person>('GET', SESSION);
    return data ? this.#admit(data, password) : unread;
  }

  /** Closes the person's notes. Nothing that they wrote is deleted: what is unsent stays, sealed, until they sign in again. */
  async signOut(): Promise<void> {
    const who = this.open!;
    const { member: leaving, db } = who;
    const { key: _, ...without } = leaving;
    await setLeaving(true);
    await keepMember(without);
    await setCurrent(undefined);
    this.open = undefined;
    await drop(who, NAMES); // of others, and no work of this person's
    db.close();
    this.standing = 'signed-out';
    await (this.#talk = this.#leave());
  }

  /** Ends the session that the browser holds; says whether the server has heard of it. */
  async #leave(): Promise<boolean> {
    const { problem } = await ask('DELETE', SESSION);
    const heard = !problem || problem.status === 401;
    if (heard) await setLeaving(false);
    return heard;
  }

  async #offline(email: string, password: string): Promise<boolean> {
    const found = (await people()).find((m) => m.email.toLowerCase() === email.toLowerCase());
    const key = found?.by_password && (await unwrap(found.by_password, 'password', password));
    if (!found || !key) return false;
    await this.#keep({ ...found, key: await locked(key) });
    this.standing = 'unknown';
    return true;
  }

  /** The server knows the person: their key is made, or opened by the secret that it gives, or by the password. */
  async #admit(person: Person, password?: string): Promise<Problem | undefined> {
    const held = await member(person.person_id);
    const device_id = held?.device_id ?? crypto.randomUUID();
    const { data, problem } = await report(device_id, await unsentOf(person.person_id));
    if (!data) return problem;
    const key =
      (held?.by_secret && (await unwrap(held.by_secret, 'secret', data.secret))) ||
      (held?.by_password && password && (await unwrap(held.by_password, 'password', password))) ||
      (held ? undefined : await newKey());
    // A new key beside notes that only the old one opens would bury them.
    if (!key && !held?.key) return SEALED;
    const made: Member = {
      person_id: person.person_id, name: person.name, email: person.email, timezone: person.district.timezone, device_id,
      by_password: held?.by_password, by_secret: held?.by_secret, key: held?.key,
    };
    if (key) {
      made.by_secret = await wrap(key, 'secret', data.secret);
      if (password) made.by_password = await wrap(key, 'password', password);
      made.key = await locked(key);
    }
    await this.#keep(made);
    this.standing = 'mine';
    return undefined;
  }

  async #keep(m: Member): Promise<void> {
    await keepMember(m);
    await setCurrent(m.person_id);
    this.open?.db.close();
    this.#enter(m, m.key!);
  }

  #enter(m: Member, key: CryptoKey): void {
    const db = new QueueDb(m.person_id);
    this.open = { member: m, key, db };
  }
}

export const me = new Me();
