// Appends single events to new streams with emmett-postgresql: node emmett.mjs URL CALLERS SECONDS DATA
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { randomUUID } from 'node:crypto';

const [url, callers, seconds, data] = process.argv.slice(2);
const store = getPostgreSQLEventStore(url);
await store.schema.migrate();
const event = () => [{ type: 'EvidenceRecorded', data: JSON.parse(data) }];

async function append(until) {
  let stored = 0;
  while (performance.now() < until) {
    await store.appendToStream(`slot-${randomUUID()}`, event());
    stored += 1;
  }
  return stored;
}

async function all(milliseconds) {
  const until = performance.now() + milliseconds;
  const stored = await Promise.all(Array.from({ length: Number(callers) }, () => append(until)));
  return stored.reduce((a, b) => a + b, 0);
}

await all(500);
const started = performance.now();
const stored = await all(Number(seconds) * 1000);
console.log(JSON.stringify({ rate: (stored * 1000) / (performance.now() - started) }));
process.exit(0);
