// SPDX-License-Identifier: Apache-2.0
// What the cameras saw, from the database.

import { go } from './address.js';
import { getJson, hasToken, request, withQuery } from './api.js';
import { CameraPicker } from './camera-picker.js';
import { el, segmented, select, setText } from './dom.js';
import * as format from './format.js';
import { labels } from './labels.js';
import { sum, swatch } from './stack.js';
import { TimeChart } from './time-chart.js';
import { WindowTable } from './window-table.js';

const MINUTE = 60000;
const RANGES = { '15m': 15 * MINUTE, '1h': 60 * MINUTE, '6h': 360 * MINUTE, '24h': 1440 * MINUTE, '7d': 10080 * MINUTE };
const ROWS = 100;
const REFRESH = 30000;

export class HistoryView {
  #state = null;
  #meta;
  #loading = null;
  #next = null;
  #span = null;
  #timer;
  #shownBuckets = null;

  #range = segmented('Range of time', [['15m', '15 min'], ['1h', '1 h'], ['6h', '6 h'], ['24h', '24 h'], ['7d', '7 d'], ['own', 'Own']], '1h', (range) => this.#chooseRange(range));
  #from = el('input', { type: 'datetime-local', step: '1', required: true });
  #to = el('input', { type: 'datetime-local', step: '1', required: true });
  #own = el('form', { class: 'own', onsubmit: (event) => this.#applyOwn(event) },
    el('label', { class: 'field' }, el('span', {}, 'From'), this.#from),
    el('label', { class: 'field' }, el('span', {}, 'To'), this.#to),
    el('button', { type: 'submit' }, 'Show'));
  #picker = new CameraPicker((camera) => go({ camera }));
  #resolution = select('A bar for each', [['', 'Automatic'], ['10s', '10 s'], ['1m', '1 min'], ['5m', '5 min'], ['15m', '15 min'], ['1h', '1 h'], ['1d', '1 day (UTC)']], '', (resolution) => go({ resolution }));
  #bars = segmented('Height of bars', [['counts', 'Counts'], ['shares', 'Shares']], 'counts', (bars) => go({ bars }));
  #size;
  #columns = select('Columns', [['counts', 'Counts'], ['shares', 'Shares'], ['corrected', `Corrected shares (${format.percent(0.9)} interval)`]], 'counts', (columns) => go({ columns }));
  #summary = el('p', { class: 'summary', role: 'status' });
  #chart = new TimeChart((from, to) => go({ range: 'own', from: new Date(from).toISOString(), to: new Date(to).toISOString() }));
  #sums = labels.map(() => el('span', { class: 'value' }));
  #legend = el('ul', { class: 'legend', role: 'list' },
    ...labels.map((name, label) => el('li', {}, swatch(label), el('span', { class: 'name' }, name), this.#sums[label])));
  #table = new WindowTable();
  #more = el('button', { type: 'button', onclick: () => this.#loadMore() }, 'Load more');
  #shownRows = el('span', {});
  #csv = el('a', { class: 'button', download: '', onclick: (event) => this.#download(event) }, 'Download CSV');
  #error = el('p', { class: 'error banner', role: 'alert' });
  #empty = el('div', { class: 'empty' });
  #results = el('div', {});

  constructor(meta) {
    this.#meta = meta;
    this.#size = select('Windows of', this.#sizes(meta), '', (size) => go({ size: Number(size) }));
    this.#results.append(
      el('section', { class: 'panel', 'aria-labelledby': 'chart-title' },
        el('div', { class: 'toolbar' },
          el('h2', { id: 'chart-title' }, 'Faces over time'), this.#summary,
          el('div', { class: 'push' }, this.#resolution.element, this.#bars.element)),
        this.#chart.element, this.#legend),
      el('section', { class: 'panel', 'aria-labelledby': 'windows-title' },
        el('div', { class: 'toolbar' },
          el('h2', { id: 'windows-title' }, 'Windows'),
          el('div', { class: 'push' }, this.#size.element, this.#columns.element, this.#csv)),
        this.#table.element,
        el('div', { class: 'paging' }, this.#shownRows, this.#more)));
    this.element = el('div', { class: 'history-view' },
      el('div', { class: 'toolbar filters', role: 'search', 'aria-label': 'What to show' },
        this.#range.element, this.#own, this.#picker.element,
        el('button', { type: 'button', class: 'push', onclick: () => this.#load() }, 'Refresh')),
      this.#error, this.#empty, this.#results);
    this.#error.hidden = true;
    this.#empty.hidden = true;
    this.#results.hidden = true; // until there are some: no empty chart beside an error
    this.#timer = setInterval(() => this.#refresh(), REFRESH);
  }

  show(state) {
    const needsData = this.#state === null
      || ['range', 'from', 'to', 'resolution', 'size'].some((name) => state[name] !== this.#state[name])
      || state.camera.join('\n') !== this.#state.camera.join('\n');
    const columnsChanged = state.columns !== this.#state?.columns;
    this.#state = state;
    this.#range.set(state.range);
    this.#own.hidden = state.range !== 'own';
    this.#bars.set(state.bars);
    this.#resolution.input.value = state.resolution;
    this.#columns.input.value = state.columns;
    this.#picker.show(state.camera);
    if (needsData || columnsChanged) this.#load();
    else this.#drawChart();
  }

  close() {
    clearInterval(this.#timer);
    this.#loading?.abort();
    this.#chart.close();
  }

  #sizes(meta) {
    const sizes = meta.windowSizesMs.map((size) => [String(size), format.duration(size)]);
    return sizes.length ? sizes : [['', 'All sizes']];
  }

  #chooseRange(range) {
    if (range !== 'own') {
      go({ range });
      return;
    }
    go({ range, from: new Date(this.#span.from).toISOString(), to: new Date(this.#span.to).toISOString() });
    this.#from.focus();
  }

  #applyOwn(event) {
    event.preventDefault();
    const from = new Date(this.#from.value);
    const to = new Date(this.#to.value);
    this.#to.setCustomValidity(from < to ? '' : 'It has to end after it begins.');
    if (!this.#to.reportValidity()) return;
    go({ range: 'own', from: from.toISOString(), to: to.toISOString() });
  }

  #refresh() {
    // What was scrolled or loaded further stays as it is.
    if (this.#state?.range !== 'own' && !document.hidden && this.#table.length <= ROWS && this.#table.element.scrollTop === 0) this.#load();
  }

  #query() {
    const { camera } = this.#state;
    const size = this.#state.size || this.#size.input.value;
    return { camera, size, from: new Date(this.#span.from).toISOString(), to: new Date(this.#span.to).toISOString() };
  }

  async #load() {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    const { range } = this.#state;
    this.#span = range === 'own'
      ? { from: Date.parse(this.#state.from), to: Date.parse(this.#state.to) }
      : { from: Date.now() - RANGES[range], to: Date.now() };
    this.#from.value = format.toLocalInput(this.#span.from);
    this.#to.value = format.toLocalInput(this.#span.to);
    this.element.setAttribute('aria-busy', 'true');
    if (this.#results.hidden && this.#error.hidden && this.#empty.hidden) this.#showEmpty('Reading what is stored');
    try {
      this.#meta = await getJson('/api/meta', { signal: loading.signal });
      if (!this.#meta.history) {
        this.#showEmpty('There is no history here', 'This dashboard was started without a database. Give it the one that the sink writes to:', './emotion dashboard --jdbc-url jdbc:postgresql://HOST/DATABASE');
        return;
      }
      this.#showSizes();
      const query = this.#query();
      const { camera, from, to } = query;
      const [distribution, page] = await Promise.all([
        getJson(withQuery('/api/distribution', { camera, from, to, resolution: this.#state.resolution }), { signal: loading.signal }),
        getJson(withQuery('/api/windows', { ...query, limit: ROWS }), { signal: loading.signal })]);
      this.#csv.href = withQuery('/api/windows.csv', { ...query, limit: 100000 });
      this.#showResults(distribution, page);
    } catch (error) {
      if (error.name !== 'AbortError') this.#showError(error);
    } finally {
      if (this.#loading === loading) this.element.removeAttribute('aria-busy');
    }
  }

  #showSizes() {
    const { input } = this.#size;
    const sizes = this.#sizes(this.#meta);
    const wanted = String(this.#state.size || sizes[0][0]);
    if (!sizes.some(([size]) => size === wanted)) sizes.push([wanted, format.duration(Number(wanted))]);
    input.replaceChildren(...sizes.map(([size, word]) => el('option', { value: size }, word)));
    input.value = wanted;
  }

  #showResults(distribution, page) {
    this.#error.hidden = true;
    const buckets = distribution.buckets.map((bucket) => {
      const start = Date.parse(bucket.startAt);
      return { ...bucket, start, end: start + distribution.resolutionMs };
    });
    this.#shownBuckets = { from: Date.parse(distribution.from), to: Date.parse(distribution.to), resolutionMs: distribution.resolutionMs, buckets };
    this.#next = page.next;
    if (page.windows.length === 0 && buckets.every((bucket) => bucket.total === 0)) {
      const who = this.#state.camera.length ? 'of these cameras ' : '';
      this.#showEmpty('Nothing in this range', `There is no window ${who}from ${format.moment(this.#span.from)} to ${format.moment(this.#span.to)}. Choose a longer range${who ? ' or other cameras' : ''}; if there should be some, see whether the sink runs:`, './emotion sink');
      return;
    }
    this.#empty.hidden = true;
    this.#results.hidden = false;
    this.#drawChart();
    this.#table.show(page.windows, this.#state.columns);
    this.#showPaging();
  }

  #drawChart() {
    if (this.#shownBuckets === null || this.#results.hidden) return;
    const { buckets, resolutionMs } = this.#shownBuckets;
    this.#chart.show(this.#shownBuckets, this.#state.bars === 'shares');
    const counts = labels.map((_, label) => sum(buckets.map((bucket) => bucket.counts[label])));
    const total = sum(counts);
    this.#sums.forEach((value, label) => setText(value, `${format.share(counts[label], total)} · ${format.compact(counts[label])}`));
    const known = buckets.filter((bucket) => bucket.uncertain !== null && bucket.uncertain !== undefined);
    const uncertain = known.length ? `, ${format.share(sum(known.map((bucket) => bucket.uncertain)), sum(known.map((bucket) => bucket.total)))} uncertain` : '';
    setText(this.#summary, `${format.plural(total, 'face', 'faces')}${uncertain}; a bar is ${format.duration(resolutionMs)}`);
  }

  #showPaging() {
    this.#more.hidden = this.#next === null;
    setText(this.#shownRows, `${format.plural(this.#table.length, 'window', 'windows')}, newest first${this.#next === null ? '' : '; there are more'}`);
  }

  async #loadMore() {
    this.#more.disabled = true;
    try {
      const page = await getJson(withQuery('/api/windows', { ...this.#query(), limit: ROWS, cursor: this.#next }));
      this.#next = page.next;
      this.#table.add(page.windows);
      this.#showPaging();
    } catch (error) {
      this.#showError(error);
    } finally {
      this.#more.disabled = false;
    }
  }

  /** A link can't send the token, so with one the file is fetched and then handed over. */
  async #download(event) {
    if (!hasToken()) return;
    event.preventDefault();
    try {
      const response = await request(this.#csv.getAttribute('href'));
      const url = URL.createObjectURL(await response.blob());
      el('a', { href: url, download: 'emotion-windows.csv' }).click();
      URL.revokeObjectURL(url);
    } catch (error) {
      this.#showError(error);
    }
  }

  #showError(error) {
    this.#error.hidden = false;
    if (this.#results.hidden) this.#empty.hidden = true;
    setText(this.#error, error.status ? error.message : `The server does not answer: ${error.message}`);
  }

  #showEmpty(title, text = null, command = null) {
    this.#error.hidden = true;
    this.#results.hidden = true;
    this.#empty.hidden = false;
    this.#empty.replaceChildren(el('h2', {}, title),
      ...(text === null ? [] : [el('p', {}, text), el('pre', {}, command)]));
  }
}
