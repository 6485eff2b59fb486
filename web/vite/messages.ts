import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export type Entry = Record<string, string>;
const PREFIX = 'virtual:messages/';

/**
 * Serves `shared/catalogue/<area>.json` (every text with all its languages side by side, so that Python can
 * read it too) as one small module per language and area: a page loads only the words that it shows. `shows`: whether
 * the app has screens for an area.
 */
export function messages(folder: string, languages: readonly string[], shows: (area: string) => boolean = () => true): Plugin {
  return {
    name: 'rondo-messages',
    resolveId: (id) => (id.startsWith(PREFIX) ? '\0' + id : undefined),
    async load(id) {
      if (!id.startsWith('\0' + PREFIX)) return undefined;
      const [language, area] = id.slice(PREFIX.length + 1).split('/');
      if (area === undefined) {
        const areas = (await readdir(folder)).filter((f) => f.endsWith('.json')).map((f) => f.slice(0, -5)).filter(shows);
        const loaders = languages.map(
          (l) => `${l}: {${areas.map((a) => `${a}: () => import('${PREFIX}${l}/${a}')`).join(', ')}}`,
        );
        return `export default {${loaders.join(', ')}};`;
      }
      const file = join(folder, `${area}.json`);
      this.addWatchFile(file);
      const entries = JSON.parse(await readFile(file, 'utf8')) as Record<string, Entry>;
      const words: Entry = {};
      for (const [key, texts] of Object.entries(entries)) {
        const text = texts[language!];
        if (text === undefined) this.error(`${file}: "${key}" has no text in ${language}`);
        words[key] = text;
      }
      return `export default ${JSON.stringify(words)};`;
    },
  };
}
