// Writes TypeScript types from the services' OpenAPI documents; with --check only tells whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';

const check = process.argv.includes('--check');
const stale = [];
for (const service of ['identity', 'scheduling', 'rounds', 'reporting']) {
  const document = new URL(`${service}.openapi.json`, import.meta.url);
  const target = new URL(`${service}.d.ts`, import.meta.url);
  const types = `/* Made by "npm run types" from ${service}.openapi.json; do not edit. */\n\n${astToString(await openapi(document))}`;
  if (!check) await writeFile(target, types);
  else if ((await readFile(target, 'utf8').catch(() => '')) !== types) stale.push(service);
}
if (stale.length) {
  console.error(`The API types of ${stale.join(', ')} are out of date: run "npm run types" in web/ and commit.`);
  process.exit(1);
}
