// Keeps the files of one build, all or none, and answers with them whether there is a network or not.
// It never touches /api, and never takes over by itself: a new build waits until somebody accepts it.
const BUILD = '__BUILD__';
const FILES = '__FILES__';
const NAME = `capture-${BUILD}`;
const SCOPE = new URL(self.registration.scope).pathname;

self.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(FILES.map((file) => new Request(SCOPE + file.replace('./', ''), { cache: 'reload' })));
  };
  event.waitUntil(fill().catch(async (error) => (await caches.delete(NAME), Promise.reject(error))));
});

// The build before this one stays: a window that still runs it may ask for one of its files.
self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const others = (await caches.keys()).filter((name) => name.startsWith('capture-') && name !== NAME);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener('message', (event) => {
  if (event.data === 'accept') self.skipWaiting();
  if (event.data === 'build') event.ports[0]?.postMessage(BUILD);
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(SCOPE)) return;
  event.respondWith(answer(event, request.mode === 'navigate' ? SCOPE : url.pathname));
});

async function answer(event, path) {
  const own = await (await caches.open(NAME)).match(path);
  const kept = own ?? (await caches.match(path));
  if (kept) return kept;
  // The cold start that proves readiness must do without a network: what is missing is missing.
  const asker = event.clientId ? await self.clients.get(event.clientId) : undefined;
  return asker?.url.includes('?cold') ? Response.error() : fetch(event.request);
}
