import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { messages } from '../../vite/messages';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const ELSEWHERE = ['capture', 'slot', 'observe', 'refused', 'columns', 'notices', 'document', 'collisions', 'checks', 'whyday', 'findings', 'publishing', 'dayplans', 'refusals', 'errors', 'rounds', 'cycles', 'reporting', 'faults']; // words of tablets, files, mail and services
const SHELL = /svelte\/src\/(?!.*(bindings(?!.*select)|custom-element|attachments|clone))|lib\/(i18n|session|router|toast|resource)\.svelte|lib\/(asked|api\/(fetch|problem))|messages\/all|preload-helper|clsx/;

export default defineConfig({
  root: here('.'),
  base: '/desk/',
  plugins: [messages(here('../../../shared/catalogue'), ['en', 'es'], (area) => !ELSEWHERE.includes(area)), svelte({ configFile: here('../../svelte.config.js') })],
  resolve: { alias: { $lib: here('../../lib') } },
  build: {
    outDir: here('../../dist/desk'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: false,
    // Svelte's modules do nothing when merely loaded: what a page does not use stays out of it.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/svelte/') },
      // One file for all that the first page needs compresses better than nine.
      output: { codeSplitting: { groups: [{ name: 'shell', test: SHELL, includeDependenciesRecursively: false }] } },
    },
  },
});
