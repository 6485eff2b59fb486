import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes the app's service worker with the list of all files of the build, and a name for exactly these files. */
export function worker(source: string, publicFolder: string): Plugin {
  return {
    name: 'rondo-worker',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const hash = createHash('sha256');
      const text = await readFile(source, 'utf8');
      hash.update(text);
      const files: string[] = [];
      for (const [name, made] of Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (name.startsWith('.vite/')) continue;
        hash.update(name).update(made.type === 'chunk' ? made.code : made.source);
        files.push(name === 'index.html' ? './' : name);
      }
      for (const name of (await readdir(publicFolder)).sort()) {
        hash.update(name).update(await readFile(join(publicFolder, name)));
        files.push(name);
      }
      const build = hash.digest('hex').slice(0, 12);
      const filled = text.replace("'__BUILD__'", JSON.stringify(build)).replace("'__FILES__'", JSON.stringify(files));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: filled });
    },
  };
}
