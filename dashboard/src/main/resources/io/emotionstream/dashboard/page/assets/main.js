// SPDX-License-Identifier: Apache-2.0
// Puts the page together.

import { onChange, read } from './address.js';
import { getJson } from './api.js';
import { Connection } from './connection.js';
import { el, setText } from './dom.js';
import { zone } from './format.js';
import { HistoryView } from './history-view.js';
import { setLabels } from './labels.js';
import { LiveView } from './live-view.js';

const VIEWS = { live: 'Live', history: 'History' };
const THEMES = ['system', 'light', 'dark'];
const RETRY = 3000;
const root = document.documentElement;
const connection = new Connection();
const place = document.getElementById('view');
let meta = null;
let current = null;

function show(state) {
  if (current?.name !== state.view) {
    current?.view.close();
    const view = state.view === 'live' ? new LiveView(connection) : new HistoryView(meta);
    current = { name: state.view, view };
    place.replaceChildren(view.element);
  }
  setText(document.getElementById('title'), VIEWS[state.view]);
  document.title = `${VIEWS[state.view]} – Emotion Stream`;
  for (const name of Object.keys(VIEWS)) {
    const link = document.getElementById(`to-${name}`);
    if (name === state.view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  current.view.show(state);
}

function startTheme() {
  const button = document.getElementById('theme');
  const label = () => {
    const theme = root.dataset.theme ?? 'system';
    setText(document.getElementById('theme-word'), { system: 'System', light: 'Light', dark: 'Dark' }[theme]);
    button.setAttribute('aria-label', `Theme: ${theme}`);
  };
  button.addEventListener('click', () => {
    const theme = THEMES[(THEMES.indexOf(root.dataset.theme ?? 'system') + 1) % THEMES.length];
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // It lasts as long as the page, then.
    }
    label();
  });
  label();
}

async function start() {
  startTheme();
  setText(document.getElementById('zone'), zone());
  for (;;) {
    try {
      meta = await getJson('/api/meta');
      break;
    } catch (error) {
      place.replaceChildren(el('div', { class: 'empty' },
        el('h2', {}, 'The server does not answer'),
        el('p', {}, `${error.message} This page tries again by itself; if that goes on, see whether the dashboard still runs.`)));
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
  setLabels(meta.labels);
  setText(document.getElementById('version'), `Emotion Stream ${meta.version}`);
  onChange(show);
  show(read());
}

start();
