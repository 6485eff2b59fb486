import { mount } from 'svelte';
import '$lib/tokens.css';
import '$lib/base.css';
import { startLanguage } from '$lib/i18n.svelte';
import { session } from '$lib/session.svelte';
import App from './App.svelte';

await Promise.all([startLanguage(), session.restore()]);
mount(App, { target: document.getElementById('app')! });
