import type { Plugin, Rollup } from 'vite';

/** Links in the page all code and styles of these modules: a slow line is asked for them in one turn, not in five. */
export function first(...modules: string[]): Plugin {
  return {
    name: 'rondo-first',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle }) {
        if (!bundle) return [];
        const chunks = Object.values(bundle).filter((made) => made.type === 'chunk');
        const scripts = new Set<string>();
        const styles = new Set<string>();
        const follow = (chunk: Rollup.OutputChunk) => {
          if (scripts.has(chunk.fileName)) return;
          scripts.add(chunk.fileName);
          for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
          for (const needed of chunk.imports) follow(bundle[needed] as Rollup.OutputChunk);
        };
        for (const name of modules) {
          const chunk = chunks.find((c) => c.facadeModuleId?.endsWith(name));
          if (!chunk) throw new Error(`${name} is no chunk of the build`);
          follow(chunk);
        }
        const links = [...scripts].map((href) => ['modulepreload', href]).concat([...styles].map((href) => ['stylesheet', href]));
        return links.filter(([, href]) => !page.includes(href!)).map(([rel, href]) => ({
          tag: 'link', attrs: { rel: rel!, href: `/capture/${href}` }, injectTo: 'head' as const,
        }));
      },
    },
  };
}
