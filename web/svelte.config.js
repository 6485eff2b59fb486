/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: {
    runes: true,
    // A screen is built anew whenever its address changes, so that the parameters it starts with are its own for good.
    warningFilter: (warning) => warning.code !== 'state_referenced_locally',
  },
};
