/** Notes at rest are sealed: AES-GCM under a key of the person's own, which only a sign-in of theirs opens. */

/** Sealed bytes; they open for the name only that they were sealed for. */
export interface Box {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}
/** The person's key, sealed under a password or under the secret that the server gives after a sign-in. */
export interface Wrapped extends Box {
  salt: Uint8Array<ArrayBuffer>;
}

const ROUNDS = 310_000;
const AES = { name: 'AES-GCM', length: 256 } as const;
const bytes = (text: string) => new TextEncoder().encode(text);
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

export async function seal(key: CryptoKey, content: unknown, about: string): Promise<Box> {
  const iv = random(12);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytes(about) }, key, bytes(JSON.stringify(content)));
  return { iv, data };
}

/** Throws an OperationError when the box was sealed by another key or for another name. */
export async function open<T>(key: CryptoKey, box: Box, about: string): Promise<T> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: box.iv, additionalData: bytes(about) }, key, box.data);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

/** A new key that can still be wrapped; keep `locked(key)` of it. */
export const newKey = (): Promise<CryptoKey> => crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']);

/** The same key, which no script can read out any more. */
export async function locked(key: CryptoKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', await crypto.subtle.exportKey('raw', key), AES, false, ['encrypt', 'decrypt']);
}

async function fromPassword(password: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', bytes(password), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, base, AES, false, ['wrapKey', 'unwrapKey']);
}

async function fromSecret(secret: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(secret), (c) => c.charCodeAt(0));
  const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info: bytes('rondo capture') }, base, AES, false, ['wrapKey', 'unwrapKey']);
}

const by = { password: fromPassword, secret: fromSecret };
export type Means = keyof typeof by;

export async function wrap(key: CryptoKey, means: Means, word: string): Promise<Wrapped> {
  const salt = random(16);
  const iv = random(12);
  return { salt, iv, data: await crypto.subtle.wrapKey('raw', key, await by[means](word, salt), { name: 'AES-GCM', iv }) };
}

/** The key, still to be `locked`; undefined when the word does not open it. */
export async function unwrap(wrapped: Wrapped, means: Means, word: string): Promise<CryptoKey | undefined> {
  try {
    const opener = await by[means](word, wrapped.salt);
    return await crypto.subtle.unwrapKey('raw', wrapped.data, opener, { name: 'AES-GCM', iv: wrapped.iv }, AES, true, ['encrypt', 'decrypt']);
  } catch {
    return undefined;
  }
}
