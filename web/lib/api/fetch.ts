/** One way to the services: renews the session once when it has run out, and tells problems as values. */
import { OFFLINE, problemOf, type Problem } from './problem';

let renewal: Promise<boolean> | undefined;
let signedOut = () => {};

/** What to do when the session is over for good. */
export const onSignedOut = (then: () => void): void => void (signedOut = then);

/** Renews the access cookie. Many callers share one request; windows take turns, for a refresh token that is
 * used twice ends the session. */
export function renew(): Promise<boolean> {
  const ask = async () => (await fetch('/api/identity/session/refresh', { method: 'POST' })).ok;
  renewal ??= Promise.resolve(navigator.locks?.request('rondo.refresh', ask) ?? ask())
    .catch(() => false)
    .finally(() => (renewal = undefined));
  return renewal;
}

const OPEN = /\/api\/identity\/(session|session\/refresh|password|providers)$/;

/** Sends; once more after a renewal when the answer is 401. */
export async function again<A extends { status: number }>(send: () => Promise<A>): Promise<A> {
  const answer = await send();
  if (answer.status !== 401) return answer;
  if (await renew()) return send();
  signedOut();
  return answer;
}

/** `fetch`, sent again once after a renewal when the answer is 401. */
export function fetchAgain(request: Request): Promise<Response> {
  const signingIn = request.method !== 'GET' && OPEN.test(new URL(request.url).pathname);
  return signingIn ? fetch(request) : again(() => fetch(request.clone()));
}

export type Outcome<T> = { data: T; problem?: undefined; etag?: string } | { data?: undefined; problem: Problem; etag?: undefined };

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

let asking = 0;

/** Until all that the page asks for is answered, and what the answers made it ask for in turn. */
export async function answered(): Promise<void> {
  do await new Promise(requestAnimationFrame);
  while (asking);
}

/** The answer of an openapi-fetch call as data (an empty object when it has no body) or problem; never throws
 * for what the network does. */
export async function outcome<T>(call: Promise<Answer<T>>): Promise<Outcome<NonNullable<T>>> {
  asking++;
  try {
    const { data, error, response } = await call;
    if (!response.ok) return { problem: problemOf(error, response.status) };
    return { data: (data ?? {}) as NonNullable<T>, etag: response.headers.get('ETag') ?? undefined };
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return { problem: OFFLINE };
    throw error;
  } finally {
    asking--;
  }
}

/** One JSON request without the typed clients, which the first page does without for the sake of its weight. Whoever
 * signs out and closes the window at once is signed out. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> {
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const call = fetchAgain(new Request(new URL(path, location.origin), { method, keepalive: method === 'DELETE', ...json })).then(async (response) => {
    const told: unknown = await response.json().catch(() => undefined);
    return response.ok ? { data: told as T, response } : { error: told, response };
  });
  return outcome(call) as Promise<Outcome<T>>;
}
