// SPDX-License-Identifier: Apache-2.0
// What the cameras see now.

import { go } from './address.js';
import { getJson, withQuery } from './api.js';
import { CameraCard, CameraRecord, STATE_WORDS } from './camera-card.js';
import { CameraRow, CameraTable } from './camera-table.js';
import { arrange, el, segmented, select, setText } from './dom.js';
import { follow } from './event-stream.js';
import * as format from './format.js';
import { sum } from './stack.js';
import { Totals } from './totals.js';

const ASK_EVERY = 5000;
const TYPING = 300;

export class LiveView {
  #state;
  #connection;
  #records = new Map();
  #items = new Map();
  #selection = [];
  #message = null;
  #stream = null;
  #streamed = null;
  #matching = null;
  #frame = 0;
  #timer;
  #typing = 0;
  #asking;
  #drawnLayout = null;

  #health = el('p', { class: 'warning banner', role: 'status', hidden: true });
  #totals = new Totals();
  #grid = el('ul', { class: 'grid', role: 'list' });
  #table = new CameraTable();
  #empty = el('div', { class: 'empty' }, el('p', {}, 'Waiting for the first figures'));
  #range = el('span', { class: 'paging-range' });
  #previous = el('button', { type: 'button', onclick: () => this.#turn(-1) }, 'Previous');
  #next = el('button', { type: 'button', onclick: () => this.#turn(1) }, 'Next');
  #search = el('input', { type: 'search', placeholder: 'Part of a name', oninput: () => this.#type() });
  #filter = segmented('State of cameras', [['', 'All'], ...Object.entries(STATE_WORDS)], '', (state) => go({ state, offset: 0 }));
  #sort = select('Sort by', [['name', 'Name'], ['state', 'Concern first'], ['faces', 'Most faces']], 'name', (sort) => go({ sort, offset: 0 }));
  #limit = select('Per page', [['24', '24'], ['48', '48'], ['96', '96']], '24', (limit) => go({ limit, offset: 0 }));
  #layout = segmented('Layout', [['cards', 'Cards'], ['table', 'Table']], 'cards', (layout) => go({ layout }));
  #bars = segmented('Height of bars', [['counts', 'Counts'], ['shares', 'Shares']], 'counts', (bars) => go({ bars }));
  #scale = el('input', { type: 'checkbox', onchange: (event) => go({ scale: event.target.checked ? 'same' : 'own' }) });

  constructor(connection) {
    this.#connection = connection;
    this.element = el('div', {},
      this.#health,
      this.#totals.element,
      el('section', { 'aria-labelledby': 'cameras-title' },
        el('div', { class: 'toolbar' },
          el('h2', { id: 'cameras-title' }, 'Cameras'),
          el('label', { class: 'field search' }, el('span', { class: 'hidden' }, 'Search cameras'), this.#search),
          this.#filter.element, this.#sort.element,
          el('div', { class: 'push' }, this.#bars.element,
            el('label', { class: 'check', title: 'Bars of the same height mean the same number of faces on every card' }, this.#scale, 'Same scale'),
            this.#layout.element)),
        this.#grid, this.#table.element, this.#empty,
        el('nav', { class: 'paging', 'aria-label': 'Pages of cameras' }, this.#range, this.#limit.element, this.#previous, this.#next)));
    this.#grid.hidden = true; // until there are some
    this.#table.element.hidden = true;
    this.#previous.disabled = true;
    this.#next.disabled = true;
    this.#timer = setInterval(() => this.#draw(), 1000);
    this.#asking = setInterval(() => this.#ask(), ASK_EVERY);
  }

  /** Shows what the address asks for. */
  show(state) {
    this.#state = state;
    if (document.activeElement !== this.#search) this.#search.value = state.query;
    this.#filter.set(state.state);
    this.#layout.set(state.layout);
    this.#bars.set(state.bars);
    this.#scale.checked = state.scale === 'same';
    this.#sort.input.value = state.sort;
    this.#limit.input.value = state.limit;
    const { state: only, query, sort, offset, limit } = state;
    const path = withQuery('/api/live', { state: only, query, sort, offset, limit });
    if (path !== this.#streamed) {
      this.#streamed = path;
      this.#stream?.close();
      this.#matching = null;
      this.#stream = follow(path, (event) => this.#take(event), (...change) => this.#connection.change(...change));
      this.#ask();
    }
    if (state.layout !== this.#drawnLayout) this.#items.clear();
    this.#drawnLayout = state.layout;
    this.#draw();
  }

  close() {
    clearInterval(this.#timer);
    clearInterval(this.#asking);
    this.#stream?.close();
    this.#connection.change('closed');
  }

  #take({ event, data }) {
    const message = JSON.parse(data);
    const isWhole = event === 'snapshot';
    for (const camera of message.cameras) {
      const record = this.#records.get(camera.camera) ?? new CameraRecord();
      record.take(camera, isWhole || !this.#records.has(camera.camera));
      this.#records.set(camera.camera, record);
    }
    this.#selection = message.selection ?? this.#selection; // told where it changed
    for (const id of this.#records.keys()) {
      if (!this.#selection.includes(id)) {
        this.#records.delete(id);
        this.#items.delete(id);
      }
    }
    this.#message = message;
    this.#connection.heard();
    if (!document.hidden) {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  /** What the stream does not tell. */
  #ask() {
    this.#count();
    this.#askHealth();
  }

  /** A stream that lives says nothing of what the server itself can reach. */
  async #askHealth() {
    try {
      const { reasons } = await getJson('/api/health');
      this.#health.hidden = reasons.length === 0;
      setText(this.#health, reasons.length === 0 ? '' : `What is shown may be old. ${reasons.join('; ')}`);
    } catch {
      this.#health.hidden = true; // the connection says what is wrong
    }
  }

  /** How many cameras match in all; a search is the one thing that the totals do not tell. */
  async #count() {
    const { state, query } = this.#state ?? {};
    if (!query) return;
    try {
      const { total } = await getJson(withQuery('/api/cameras', { state, query, limit: 1 }));
      if (this.#state.query === query && this.#state.state === state) this.#matching = total;
    } catch {
      this.#matching = null; // the connection says what is wrong
    }
  }

  #total() {
    const { totals } = this.#message;
    if (this.#state.query) return this.#matching ?? this.#state.offset + this.#selection.length;
    return this.#state.state ? totals[this.#state.state] : totals.cameras;
  }

  #draw() {
    if (this.#message === null || document.hidden) return;
    const { totals, model, at } = this.#message;
    const now = Date.parse(at) + this.#connection.age();
    this.#totals.show(totals, model);
    document.title = `${totals.gone ? `${format.whole(totals.gone)} gone` : 'Live'} – Emotion Stream`;
    for (const [state, word] of [['', 'All'], ...Object.entries(STATE_WORDS)]) {
      this.#filter.word(state, `${word} ${format.compact(state ? totals[state] : totals.cameras)}`);
    }
    const records = this.#selection.map((id) => this.#records.get(id)).filter(Boolean);
    const isTable = this.#state.layout === 'table';
    const items = records.map((record) => this.#item(record, isTable));
    const largest = this.#state.scale === 'same'
      ? Math.max(1, ...records.flatMap((record) => record.bars().map((bar) => sum(bar.counts)))) : null;
    for (const item of items) item.show({ now, shares: this.#state.bars === 'shares', most: largest });
    arrange(this.#grid, isTable ? [] : items.map(({ element }) => element));
    this.#table.arrange(isTable ? items.map(({ element }) => element) : []);
    this.#grid.hidden = isTable || items.length === 0;
    this.#table.element.hidden = !isTable || items.length === 0;
    this.#bars.element.hidden = isTable;
    this.#scale.parentElement.hidden = isTable || this.#state.bars === 'shares';
    this.#drawPaging(items.length);
    this.#drawEmpty(items.length, totals);
  }

  #item(record, isTable) {
    const id = record.camera.camera;
    if (!this.#items.has(id)) this.#items.set(id, isTable ? new CameraRow(record) : new CameraCard(record));
    return this.#items.get(id);
  }

  #drawPaging(shown) {
    const total = this.#total();
    const { offset } = this.#state;
    setText(this.#range, shown === 0 ? '' : `${format.whole(offset + 1)} to ${format.whole(offset + shown)} of ${format.whole(Math.max(total, offset + shown))}`);
    this.#previous.disabled = offset === 0;
    this.#next.disabled = offset + shown >= total;
  }

  #drawEmpty(shown, totals) {
    this.#empty.hidden = shown > 0;
    if (shown > 0) return;
    const kind = totals.cameras === 0 ? 'none' : 'filtered';
    if (this.#empty.dataset.kind === kind) return;
    this.#empty.dataset.kind = kind;
    this.#empty.replaceChildren(...(kind === 'none'
      ? [el('h3', {}, 'No camera has been seen yet'),
        el('p', {}, 'Faces appear here by themselves as soon as a source is read and its faces are classified:'),
        el('pre', {}, './emotion ingest --source rtsp://CAMERA/stream\n./emotion classify'),
        el('p', {}, 'If both are running, see whether brokers and topic prefix are the same for them and for this dashboard.')]
      : [el('h3', {}, 'No camera matches'),
        el('p', {}, 'None has this name and this state.'),
        el('button', { type: 'button', onclick: () => { this.#search.value = ''; go({ query: '', state: '', offset: 0 }); } }, 'Show all cameras')]));
  }

  #turn(pages) {
    const limit = Number(this.#state.limit);
    go({ offset: Math.max(0, this.#state.offset + pages * limit) });
    document.getElementById('cameras-title').scrollIntoView({ block: 'start' });
  }

  #type() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => go({ query: this.#search.value.trim(), offset: 0 }, { replace: true }), TYPING);
  }
}
