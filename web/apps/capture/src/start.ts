import { mount } from 'svelte';
import { startLanguage } from '$lib/i18n.svelte';
import App from './App.svelte';
import { proveColdStart } from './cold';
import { day } from './day.svelte';
import { me } from './device/me.svelte';

const cold = location.search === '?cold' && parent !== window;
if (cold) window.fetch = () => Promise.reject(new TypeError('this start does without a network'));

await Promise.all([startLanguage('capture', 'me'), me.restore()]);
if (me.open) await day.restore(me.open);
mount(App, { target: document.getElementById('app')!, props: { cold } });
if (cold) void proveColdStart(); // not awaited: the screens import this very module
