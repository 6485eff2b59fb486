import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { messages } from '../../vite/messages';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/desk/',
  plugins: [messages(here('../../../shared/catalogue'), ['en', 'es']), svelte({ configFile: here('../../svelte.config.js') })],
  resolve: { alias: { $lib: here('../../lib') } },
  build: { outDir: here('../../dist/desk'), emptyOutDir: true, manifest: true, target: 'es2022', modulePreload: false },
});
