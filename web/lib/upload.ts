/** Uploads, which openapi-fetch does not type well: a file as multipart, the answer as data or problem. */
import { again, type Outcome } from './api/fetch';
import { OFFLINE, problemOf } from './api/problem';

/** `sent` hears the share (0 to 1) that is on its way; at 1 the service works on it. */
export async function upload<T>(
  path: string, file: File, query: Record<string, string | undefined>, key?: string, sent: (share: number) => void = () => {},
  beside: Record<string, File> = {},
): Promise<Outcome<T>> {
  const body = new FormData();
  body.set('file', file);
  for (const [field, other] of Object.entries(beside)) body.set(field, other);
  const asked = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])));
  try {
    const answer = await again(() => post(`/api/${path}?${asked}`, body, key, sent));
    return answer.ok ? { data: answer.told as T } : { problem: problemOf(answer.told, answer.status) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: OFFLINE };
    throw error;
  }
}

interface Told {
  ok: boolean;
  status: number;
  told: unknown;
}

/** By XMLHttpRequest: `fetch` does not tell how much of a body has gone. */
function post(address: string, body: FormData, key: string | undefined, sent: (share: number) => void): Promise<Told> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    if (key) request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (e) => e.lengthComputable && sent(e.loaded / e.total);
    request.onload = () => done({ ok: request.status < 300, status: request.status, told: request.response });
    request.onerror = request.onabort = () => failed(new TypeError('the request did not go through'));
    request.send(body);
  });
}

/** One CSV line per row, quoted; a leading apostrophe keeps spreadsheets from running a cell as a formula. */
export function csv(rows: (string | number | null | undefined)[][]): string {
  const cell = (value: string | number | null | undefined) => {
    const text = String(value ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Hands the browser a file to save. */
export function save(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
