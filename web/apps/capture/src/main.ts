/** Asks for the first words beside the app's code instead of after it: on a slow line each turn is felt. */
import loaders from 'virtual:messages/all';
import '$lib/tokens.css';
import '$lib/base.css';
import '$lib/content.css';
import './capture.css';
import { asked } from '$lib/asked';

for (const area of ['shell', 'capture', 'me']) void loaders[asked()]![area]!();
void import('./start');
