// SPDX-License-Identifier: Apache-2.0
// One camera: its state, its last windows, what they add up to.

import { write } from './address.js';
import { el, icon, setAttribute, setText } from './dom.js';
import * as format from './format.js';
import { inWords, labels } from './labels.js';
import { Stack, sum, swatch } from './stack.js';

const WIDTH = 300;
const HEIGHT = 76;
export const SHOWN_WINDOWS = 30;
const USUAL_SIZE = 10000;
export const STATE_WORDS = { live: 'Live', silent: 'Silent', gone: 'Gone' };

/** A badge that says a state by sign, word and colour. */
export class StateBadge {
  #state = null;
  element = el('span', { class: 'state' });

  show(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.element.dataset.state = state;
    this.element.replaceChildren(icon(state), STATE_WORDS[state] ?? state);
  }
}

/** What is known of a camera, kept up to date by the stream's messages. */
export class CameraRecord {
  camera;
  windows = [];
  #gained = new Map();

  /** Takes a camera of a message; `isWhole` if its windows are all there are to show. */
  take(camera, isWhole) {
    const added = camera.windows ?? [];
    if (isWhole) this.windows = [];
    const known = new Map(this.windows.map((window) => [window.startAt, window]));
    for (const window of added) known.set(window.startAt, window);
    this.windows = [...known.values()].sort((one, other) => (one.startAt < other.startAt ? -1 : 1))
      .filter((window, _, all) => window.sizeMs === all.at(-1).sizeMs).slice(-SHOWN_WINDOWS);
    this.#countGains(isWhole ? null : this.camera, camera);
    this.camera = camera;
  }

  get sizeMs() {
    return this.windows.at(-1)?.sizeMs ?? USUAL_SIZE;
  }

  /** Final windows, then what is counted but not final, with times in milliseconds. */
  bars() {
    const final = this.windows.map((window) => ({
      start: Date.parse(window.startAt), end: Date.parse(window.endAt), counts: window.counts, kind: window.kind }));
    return [...final, ...this.#openBars(final.at(-1)?.end)];
  }

  /** Puts what was counted since the last message where its newest face is: to a window, give or take a face. */
  #countGains(before, after) {
    if (!before || after.lastFaceAt === null) return;
    const gains = after.counts.map((count, label) => Math.max(0, count - before.counts[label]));
    if (sum(gains) === 0) return;
    const start = Math.floor(Date.parse(after.lastFaceAt) / this.sizeMs) * this.sizeMs;
    const known = this.#gained.get(start);
    this.#gained.set(start, known ? known.map((count, label) => count + gains[label]) : gains);
  }

  #openBars(lastEnd) {
    const oldest = Math.max(lastEnd ?? 0, this.camera.lastFaceAt === null ? 0 : Date.parse(this.camera.lastFaceAt) - SHOWN_WINDOWS * this.sizeMs);
    for (const start of this.#gained.keys()) if (start < oldest) this.#gained.delete(start);
    return [...this.#gained].sort(([one], [other]) => one - other)
      .map(([start, counts]) => ({ start, end: start + this.sizeMs, counts, open: true }));
  }

  /** The stretch of time to draw; `isPast` if it does not end about now. */
  span(bars, now) {
    const width = SHOWN_WINDOWS * this.sizeMs;
    const last = bars.at(-1)?.end ?? now;
    const isPast = now - last > 4 * this.sizeMs;
    const to = isPast ? last : Math.max(last, now);
    return { from: to - width, to, isPast };
  }

  shown() {
    const bars = this.bars();
    const counts = labels.map((_, label) => sum(bars.map((bar) => bar.counts[label])));
    return { bars, counts, total: sum(counts) };
  }
}

/** Says since when nothing is to be seen. */
export function lastSeen(camera, now) {
  if (camera.lastFaceAt === null) return 'no face yet';
  return `last face ${format.ago(now - Date.parse(camera.lastFaceAt))}`;
}

export class CameraCard {
  #badge = new StateBadge();
  #rate = el('strong', {});
  #details = el('span', {});
  #stack = new Stack({ role: 'img' });
  #top = el('span', { class: 'axis-top', 'aria-hidden': 'true' });
  #from = el('span', {});
  #readout = el('span', { class: 'readout' });
  #to = el('span', {});
  #shares = labels.map(() => el('dd', {}, format.ABSENT));
  #uncertain = el('dd', {}, format.ABSENT);
  #body = el('tbody', {});
  #table;
  #drawn = null;
  #pointed = null;

  constructor(record) {
    this.record = record;
    const id = record.camera.camera;
    this.#table = el('details', { class: 'windows', ontoggle: () => this.#showTable() },
      el('summary', {}, 'Windows as a table', el('span', { class: 'hidden' }, ` of ${id}`)),
      el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Windows of ${id}` },
        el('table', {},
          el('thead', {}, el('tr', {}, ...['Start', 'Faces', ...labels, 'uncertain'].map((word) => el('th', { scope: 'col' }, word)))),
          this.#body)));
    const chart = el('div', { class: 'spark' }, this.#stack.element, this.#top);
    chart.addEventListener('pointermove', (event) => this.#point(event));
    chart.addEventListener('pointerleave', () => this.#point(null));
    this.element = el('li', { class: 'card' },
      el('div', { class: 'card-head' },
        el('h3', {}, el('a', { href: historyOf(id), title: `History of ${id}` }, id)), this.#badge.element),
      el('p', { class: 'card-figures' }, this.#rate, ' faces/s', this.#details),
      chart,
      el('p', { class: 'axis', 'aria-hidden': 'true' }, this.#from, this.#readout, this.#to),
      el('dl', { class: 'shares' },
        ...labels.map((name, label) => el('div', {}, el('dt', {}, swatch(label), name), this.#shares[label])),
        el('div', { class: 'uncertain' }, el('dt', {}, 'uncertain'), this.#uncertain)),
      this.#table);
  }

  /** Draws what the record holds; `most` is given where all cameras share a scale. */
  show({ now, shares, most }) {
    const { camera } = this.record;
    const { bars, counts, total } = this.record.shown();
    const { from, to, isPast } = this.record.span(bars, now);
    const size = this.record.sizeMs;
    const upper = most ?? Math.max(1, ...bars.map((bar) => sum(bar.counts)));
    this.element.dataset.state = camera.state;
    this.#badge.show(camera.state);
    setText(this.#rate, format.rate(camera.facesPerSecond));
    setText(this.#details, this.#figures(camera, now));
    this.#drawn = { bars, from, to };
    this.#stack.draw(bars, { from, to, most: shares ? null : upper, width: WIDTH, height: HEIGHT });
    setText(this.#top, total === 0 ? '' : shares ? format.percent(1) : `${format.plural(upper, 'face', 'faces')} in ${format.duration(size)}`);
    setText(this.#from, isPast ? format.clock(from) : `${format.duration(to - from)} ago`);
    setText(this.#to, isPast ? format.clock(to) : 'now');
    this.#shares.forEach((value, label) => setText(value, format.share(counts[label], total)));
    setText(this.#uncertain, format.percent(camera.uncertainShare));
    setAttribute(this.#stack.element, 'aria-label', total === 0
      ? `${camera.camera}: no face in the ${SHOWN_WINDOWS} windows shown`
      : `${camera.camera}: ${format.plural(total, 'face', 'faces')} in windows of ${format.duration(size)}, ${format.moment(from)} to ${format.clock(to)}: ${inWords(counts, format.whole)}`);
    const nothing = bars.length === 0 ? 'no window yet' : 'no face';
    if (this.#pointed === null) setText(this.#readout, total === 0 ? nothing : '');
    if (this.#table.open) this.#showTable();
  }

  #figures(camera, now) {
    if (camera.state !== 'live') return ` · ${lastSeen(camera, now)}`;
    const late = camera.lateFaces ? ` · ${format.compact(camera.lateFaces)} late` : '';
    const delay = camera.latencyP50Ms === null ? '' : ` · ${format.latency(camera.latencyP50Ms)}`;
    return `${delay} · ${format.compact(camera.faces)} in all${late}`;
  }

  #point(event) {
    this.#pointed = null;
    if (event !== null && this.#drawn !== null) {
      const area = event.currentTarget.getBoundingClientRect();
      const time = this.#drawn.from + ((event.clientX - area.left) / area.width) * (this.#drawn.to - this.#drawn.from);
      this.#pointed = this.#drawn.bars.find((bar) => bar.start <= time && time < bar.end) ?? null;
    }
    const bar = this.#pointed;
    setText(this.#readout, bar === null ? '' : `${format.clock(bar.start)}: ${inWords(bar.counts, format.whole) || 'no face'}${bar.open ? ', not final' : ''}`);
    this.#readout.parentElement.classList.toggle('is-pointed', bar !== null);
  }

  #showTable() {
    if (!this.#table.open) return;
    this.#body.replaceChildren(...this.record.windows.toReversed().map((window) => el('tr', {},
      el('th', { scope: 'row' }, format.clock(Date.parse(window.startAt))),
      ...[window.total, ...window.counts, window.uncertain].map((value) => el('td', {}, format.whole(value))))));
  }
}

export const historyOf = (camera) => write({ view: 'history', camera: [camera], range: '1h' });
