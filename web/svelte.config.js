/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // As good as Svelte's own, which is twice as long, and stands at every element that has a style.
    cssHash: ({ hash, css }) => `s${hash(css).slice(0, 5)}`,
    // A screen is built anew whenever its address changes, so that the parameters it starts with are its own for good.
    warningFilter: (warning) => warning.code !== 'state_referenced_locally',
  },
};
