/** Addresses below the app's own (/desk/, /capture/), kept in the browser's history. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');

let place = $state.raw(read());

function read(): { path: string; query: URLSearchParams } {
  const path = location.pathname.slice(BASE.length).replace(/\/+$/, '') || '/';
  return { path, query: new URLSearchParams(location.search) };
}

export const path = (): string => place.path;
export const query = (): URLSearchParams => place.query;
export const href = (to: string): string => BASE + to;

export function go(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', href(to));
  place = read();
  if (!replace) window.scrollTo(0, 0);
}

/** Lets plain links change the page without loading it anew. */
export function listen(): () => void {
  const back = () => (place = read());
  const click = (event: MouseEvent) => {
    const link = (event.target as Element).closest?.('a');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(`${BASE}/`) || (link.hash && link.pathname === location.pathname)) return;
    event.preventDefault();
    go(link.pathname.slice(BASE.length) + link.search);
  };
  addEventListener('popstate', back);
  document.addEventListener('click', click);
  return () => {
    removeEventListener('popstate', back);
    document.removeEventListener('click', click);
  };
}
