import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { messages } from './vite/messages';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [messages(here('../shared/catalogue'), ['en', 'es']), svelte()],
  resolve: { alias: { $lib: here('./lib') }, conditions: ['browser'] },
  test: { include: ['lib/**/*.test.ts', 'apps/**/*.test.ts'] },
});
