/** What the device tells of itself, so that an administrator sees a tablet that has notes and never sends them. */
import { ask, type Outcome } from '$lib/api/fetch';

export interface Unsent {
  unsent: number;
  attention: number;
  oldest_unsent_at?: string;
}

interface Told {
  secret: string;
  server_time: string;
  skew_seconds: number;
}

/** As a person would say it: "Android, Chrome". */
function kind(): string {
  const agent = navigator.userAgent;
  const first = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  const system = first([[/iPad/, 'iPad'], [/iPhone/, 'iPhone'], [/Android/, 'Android'], [/CrOS/, 'Chromebook'], [/Windows/, 'Windows'], [/Mac OS/, 'Mac'], [/Linux/, 'Linux']]);
  const browser = first([[/Edg\//, 'Edge'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']]);
  return [system, browser].filter(Boolean).join(', ');
}

export const installed = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

export const keptForGood = async (): Promise<boolean | undefined> => navigator.storage?.persisted?.();

/** The build that answers this window, as the worker names it; empty without one. */
export async function build(patience_ms = 1000): Promise<string> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return '';
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event) => resolve(String(event.data));
    setTimeout(() => resolve(''), patience_ms);
    worker.postMessage('build', [port2]);
  });
}

export async function report(device_id: string, said: Unsent): Promise<Outcome<Told>> {
  const body = { ...said, sent_at: new Date().toISOString(), kept: (await keptForGood()) ?? null, installed: installed(), build: await build(), kind: kind() };
  return ask<Told>('PUT', `/api/rounds/capture/devices/${device_id}`, body);
}
