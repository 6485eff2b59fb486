import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { first } from '../../vite/first';
import { messages } from '../../vite/messages';
import { worker } from '../../vite/worker';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const SHELL = /svelte\/src\/|node_modules\/dexie|lib\/(i18n|router|toast|api|ui\/(Notice|Toasts))|esm-env|clsx|capture\/src\/(App|Bar|day|drafts|kept|query|update|device\/|queue\/(drain|items|receipts)|parts\/QueueState)/;

export default defineConfig({
  root: here('.'),
  base: '/capture/',
  plugins: [
    messages(here('../../../shared/catalogue'), ['en', 'es'], (area) => ['shell', 'words', 'me', 'capture', 'slot', 'observe', 'refused'].includes(area)),
    svelte({ configFile: here('../../svelte.config.js') }),
    first('capture/index.html', 'src/start.ts', 'src/screens/SignIn.svelte'),
    worker(here('sw.js'), here('public')),
  ],
  resolve: {
    // Dexie's modern build is a fifth smaller than the one that its package names.
    alias: { $lib: here('../../lib'), $shared: here('../../../shared'), dexie: here('../../node_modules/dexie/dist/modern/dexie.mjs') },
  },
  build: {
    outDir: here('../../dist/capture'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('node_modules/svelte/') },
      // One file for all that the first screen needs compresses better than nine.
      output: { codeSplitting: { groups: [{ name: 'shell', test: SHELL, includeDependenciesRecursively: false }] } },
    },
  },
});
