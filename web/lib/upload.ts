/** Uploads, which openapi-fetch does not type well: a file as multipart, the answer as data or problem. */
import { fetchAgain, type Outcome } from './api/fetch';
import { OFFLINE, problemOf } from './api/problem';

export async function upload<T>(path: string, file: File, query: Record<string, string | undefined>, key?: string): Promise<Outcome<T>> {
  const body = new FormData();
  body.set('file', file);
  const asked = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])));
  try {
    const headers = key ? { 'Idempotency-Key': key } : undefined;
    const answer = await fetchAgain(new Request(`${location.origin}/api/${path}?${asked}`, { method: 'POST', body, headers }));
    const told: unknown = await answer.json().catch(() => undefined);
    return answer.ok ? { data: told as T } : { problem: problemOf(told, answer.status) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: OFFLINE };
    throw error;
  }
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
