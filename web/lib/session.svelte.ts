/** Who is signed in, and what their roles open. */
import type { IdentitySchemas } from './api/client';
import { ask, onSignedOut, type Outcome } from './api/fetch';

export type Person = IdentitySchemas['SignedIn'];
export type Role = 'district_admin' | 'district_leader' | 'facilitator' | 'observer' | 'host_principal' | 'teacher' | 'analyst' | 'coach';

const SESSION = '/api/identity/session';

class Session {
  person = $state.raw<Person | undefined>();
  /** True when a session ended by itself, so that the sign-in page can say so. */
  ended = $state(false);

  constructor() {
    onSignedOut(() => {
      if (this.person) this.ended = true;
      this.person = undefined;
    });
  }

  /** Finds out whether the browser still holds a session. */
  async restore(): Promise<void> {
    const { data } = await ask<Person>('GET', SESSION);
    this.person = data;
  }

  async signIn(email: string, password: string): Promise<Outcome<unknown>> {
    const found = await ask('POST', SESSION, { email, password });
    if (!found.problem) {
      await this.restore();
      this.ended = false;
    }
    return found;
  }

  /** Signs out here, or on every device. */
  async signOut(everywhere = false): Promise<Outcome<unknown>> {
    const found = await ask('DELETE', everywhere ? `${SESSION}s` : SESSION);
    if (!found.problem || found.problem.status === 401) {
      this.person = undefined;
      this.ended = false;
    }
    return found;
  }

  has(...roles: Role[]): boolean {
    return this.person?.grants.some((g) => roles.includes(g.role as Role)) ?? false;
  }

  /** The schools that the person's grants of `role` name. */
  schools(role: Role): string[] {
    return (this.person?.grants ?? []).filter((g) => g.role === role && g.school_id).map((g) => g.school_id!);
  }

  /** The district's IANA time zone. */
  get zone(): string {
    return this.person?.district.timezone ?? 'UTC';
  }
}

export const session = new Session();
