// Fails the build when a page grows beyond its budget (gzip): the desk's first load, what any screen adds to it, and
// the first load of the capture app.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const SCREEN_KB = 25;

/** The sizes of one built app: its first load (with the words of `areas` in the longer language) and its screens. */
function measure(app, areas, first) {
  const folder = new URL(`dist/${app}/`, import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8'));
  const size = (file) => gzipSync(readFileSync(new URL(file, folder)), { level: 9 }).length;

  /** A chunk, all that it imports at once, and their styles. */
  function files(key, found = new Set()) {
    const chunk = manifest[key];
    if (found.has(chunk.file)) return found;
    found.add(chunk.file);
    for (const style of chunk.css ?? []) found.add(style);
    for (const needed of chunk.imports ?? []) files(needed, found);
    return found;
  }
  const words = (area) =>
    Math.max(...Object.values(manifest).filter((c) => c.name === area && c.src?.includes('virtual:messages')).map((c) => size(c.file)));
  const sum = (found) => [...found].reduce((total, file) => total + size(file), 0);

  const shell = files('index.html');
  for (const module of first) files(`src/${module}`, shell);
  const total = sum(['index.html', ...shell]) + areas.reduce((n, area) => n + words(area), 0);
  const screens = [];
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry || !key.includes('/screens/')) continue;
    screens.push([chunk.name, sum([...files(key)].filter((file) => !shell.has(file)))]);
  }
  return { total, screens };
}

const desk = measure('desk', ['shell'], []);
const lines = [['first load', desk.total, 30], ...desk.screens.map(([name, bytes]) => [name, bytes, SCREEN_KB])];
const [largest] = lines.slice(1).sort((a, b) => b[1] - a[1]);
const told = ([name, bytes, limit]) => `${name} ${(bytes / KB).toFixed(1)} kB (budget ${limit} kB)`;
let said = `gzip: ${told(lines[0])}; largest screen: ${told(largest)}`;
if (existsSync(new URL('dist/capture/', import.meta.url))) {
  const capture = measure('capture', ['shell', 'capture', 'me'], ['start.ts', 'screens/SignIn.svelte']);
  const again = measure('capture', ['shell', 'capture'], ['start.ts', 'screens/Visits.svelte']);
  lines.push(['capture, first load', Math.max(capture.total, again.total), 70], ...capture.screens.map(([name, bytes]) => [`capture, ${name}`, bytes, SCREEN_KB]));
  said += `; ${told(lines.find(([name]) => name === 'capture, first load'))}`;
}
console.log(said);
const over = lines.filter(([, bytes, limit]) => bytes > limit * KB);
if (over.length) {
  console.error(`Over budget: ${over.map(told).join('; ')}`);
  process.exit(1);
}
