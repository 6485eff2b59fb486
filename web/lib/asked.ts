/** The language that a page starts in. */
export const STORED = 'rondo.language';

/** What somebody chose on this device, or else what the browser speaks. */
export const asked = (): 'en' | 'es' => ((localStorage.getItem(STORED) ?? navigator.language.slice(0, 2)) === 'es' ? 'es' : 'en');
