// The first file that runs, in every window: fonts, then the app. Which screen is shown is decided by the address (#/duk is the projector).
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/source-serif-4/wght.css';
import './tokens.css';
import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { backend } from './backend';

const target = document.getElementById('app');
if (!target) throw new Error('index.html saknar #app');
if (import.meta.env.DEV && location.search.includes('sample')) await (await import('./dev/sample')).useSample();
mount(App, { target });

// The native window is hidden until there is something to see, so that nobody sees a white flash. A hidden window gets no
// animation frames, so we wait for the first turn after mounting instead.
setTimeout(() => void backend.painted(), 0);
