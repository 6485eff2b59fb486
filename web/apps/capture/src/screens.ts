/** The screens of the app, and where they are. */
import type { Key } from '$lib/catalogue';
import type { Component } from 'svelte';

export interface Screen {
  path: string;
  title: Key;
  // Screens take the address's parameters; their types differ by screen.
  load: () => Promise<{ default: Component<any> }>;
}

export const SCREENS: Screen[] = [
  { path: '/', title: 'shell.my_visits', load: () => import('./screens/Visits.svelte') },
  { path: '/slot/:slot', title: 'capture.notes_title', load: () => import('./screens/Slot.svelte') },
  { path: '/slot/:slot/wrap-up', title: 'capture.wrap_up', load: () => import('./screens/WrapUp.svelte') },
  { path: '/coaching/:cycle/:artefact', title: 'capture.coaching', load: () => import('./screens/Coaching.svelte') },
  { path: '/outbox', title: 'capture.outbox', load: () => import('./screens/Outbox.svelte') },
];
