// Fails the build when a page grows beyond its budget (gzip): the desk's first load, and what any screen adds to it.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const KB = 1000;
const SHELL_KB = 30;
const SCREEN_KB = 25;
const folder = new URL('dist/desk/', import.meta.url);
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
const total = sum(['index.html', ...shell]) + words('shell');
const lines = [['first load', total, SHELL_KB]];
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry || !key.includes('/screens/')) continue;
  const own = [...files(key)].filter((file) => !shell.has(file));
  lines.push([chunk.name, sum(own), SCREEN_KB]);
}
const over = lines.filter(([, bytes, limit]) => bytes > limit * KB);
const [largest] = lines.slice(1).sort((a, b) => b[1] - a[1]);
const told = ([name, bytes, limit]) => `${name} ${(bytes / KB).toFixed(1)} kB (budget ${limit} kB)`;
console.log(`gzip: ${told(lines[0])}; largest screen: ${told(largest)}`);
if (over.length) {
  console.error(`Over budget: ${over.map(told).join('; ')}`);
  process.exit(1);
}
