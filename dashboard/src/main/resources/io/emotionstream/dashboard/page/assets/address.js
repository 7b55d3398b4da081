// SPDX-License-Identifier: Apache-2.0
// What the page shows is in its address: a link to it shows the same, and back and forward work.

const CHOICES = {
  view: ['live', 'history'],
  state: ['', 'live', 'silent', 'gone'],
  sort: ['name', 'state', 'faces'],
  limit: ['24', '48', '96'],
  layout: ['cards', 'table'],
  bars: ['counts', 'shares'],
  scale: ['own', 'same'],
  range: ['1h', '15m', '6h', '24h', '7d', 'own'],
  resolution: ['', '10s', '1m', '5m', '15m', '1h', '1d'],
  columns: ['counts', 'shares', 'corrected'],
};
const NUMBERS = ['offset', 'size'];
const TEXTS = ['query', 'from', 'to'];
const listeners = [];

/** Reads the address; a value that is none of the choices counts as the first of them. */
export function read(search = location.search) {
  const query = new URLSearchParams(search);
  const state = { camera: query.getAll('camera') };
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = query.get(name);
    state[name] = choices.includes(value) ? value : choices[0];
  }
  for (const name of NUMBERS) state[name] = Math.max(0, Math.trunc(Number(query.get(name))) || 0);
  for (const name of TEXTS) state[name] = query.get(name) ?? '';
  if (state.from && state.to && !query.has('range')) state.range = 'own';
  if (state.range === 'own' && !(Date.parse(state.from) < Date.parse(state.to))) state.range = CHOICES.range[0];
  return state;
}

/** The address of `state`; what is as it is anyway is left out. */
export function write(state) {
  const query = new URLSearchParams({ view: state.view });
  const mine = state.view === 'live'
    ? ['state', 'query', 'sort', 'limit', 'offset', 'layout', 'bars', 'scale']
    : ['range', 'from', 'to', 'resolution', 'size', 'bars', 'columns'];
  for (const name of mine) {
    if ((name === 'from' || name === 'to') && state.range !== 'own') continue;
    if (state[name] && state[name] !== CHOICES[name]?.[0]) query.set(name, state[name]);
  }
  if (state.view === 'history') for (const camera of state.camera) query.append('camera', camera);
  return `/?${query}`;
}

/** Goes to another state; `replace` where going back to this one would be of no use. */
export function go(changes, { replace = false } = {}) {
  const before = read();
  const after = { ...before, ...changes };
  const address = write(after);
  if (address === write(before)) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell();
}

export function onChange(listener) {
  listeners.push(listener);
}

function tell() {
  const state = read();
  for (const listener of listeners) listener(state);
}

addEventListener('popstate', tell);

// Links within the page change what it shows and load nothing.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="/?"]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  tell();
  scrollTo(0, 0);
});
