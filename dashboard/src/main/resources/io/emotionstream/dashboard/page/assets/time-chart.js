// SPDX-License-Identifier: Apache-2.0
// Stacked bars over a long time with axes; pointer, keyboard and a drag choose from it.

import { el, setText, svg } from './dom.js';
import * as format from './format.js';
import { labels } from './labels.js';
import { Stack, sum, swatch, ticks, timeTicks } from './stack.js';

const HEIGHT = 276;
const LEFT = 52;
const BOTTOM = 24;
const TOP = 24;
const DAY = 86400000;
const LEAST_DRAG = 6; // pixels

export class TimeChart {
  #onZoom;
  #stack = new Stack({ x: LEFT, y: TOP });
  #grid = svg('g', { class: 'grid-lines' });
  #words = svg('g', { class: 'axis-words' });
  #cursor = svg('rect', { class: 'cursor', y: TOP });
  #drag = svg('rect', { class: 'drag', y: TOP });
  #svg = svg('svg', { class: 'time-chart', height: HEIGHT, 'aria-hidden': 'true' }, this.#grid, this.#stack.element, this.#words, this.#cursor, this.#drag);
  #tip = el('div', { class: 'tip', 'aria-hidden': 'true' });
  #spoken = el('p', { class: 'hidden', role: 'status' });
  #shown = null;
  #at = -1;
  #dragFrom = null;
  #width = 0;

  constructor(onZoom) {
    this.#onZoom = onZoom;
    this.element = el('div', { class: 'chart', tabindex: '0', role: 'group', 'aria-roledescription': 'chart' }, this.#svg, this.#tip, this.#spoken);
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('blur', () => this.#choose(-1));
    this.#svg.addEventListener('pointermove', (event) => this.#move(event));
    this.#svg.addEventListener('pointerdown', (event) => this.#press(event));
    this.#svg.addEventListener('pointerup', (event) => this.#release(event));
    this.#svg.addEventListener('pointerleave', () => { if (this.#dragFrom === null) this.#choose(-1); });
    this.#svg.addEventListener('pointercancel', () => this.#endDrag());
    this.sizes = new ResizeObserver(() => this.#layOut());
    this.sizes.observe(this.element);
  }

  /** Shows `{from, to, resolutionMs, buckets}`, times in milliseconds, as counts or as shares. */
  show(shown, shares) {
    this.#shown = { ...shown, shares };
    this.#choose(-1);
    this.element.setAttribute('aria-label',
      `Faces by apparent expression, ${format.moment(shown.from)} to ${format.moment(shown.to)}, a bar for each ${format.duration(shown.resolutionMs)}. Arrow keys go from bar to bar; the table below has the same figures.`);
    this.#layOut();
  }

  close() {
    this.sizes.disconnect();
  }

  #layOut() {
    this.#width = Math.floor(this.element.clientWidth);
    if (this.#shown === null || this.#width < 100) return;
    const { from, to, buckets, shares } = this.#shown;
    const wide = this.#width - LEFT - 8;
    const tall = HEIGHT - TOP - BOTTOM;
    const values = shares ? [0, 0.25, 0.5, 0.75, 1] : ticks(Math.max(1, ...buckets.map((bucket) => bucket.total)));
    const most = values.at(-1);
    this.#svg.setAttribute('width', this.#width);
    for (const element of [this.#stack.element]) {
      element.setAttribute('width', wide);
      element.setAttribute('height', tall);
    }
    this.#stack.draw(buckets, { from, to, most: shares ? null : most, width: wide, height: tall });
    const times = timeTicks(from, to, Math.max(2, Math.floor(wide / 90)));
    const across = (time) => LEFT + ((time - from) / (to - from)) * wide;
    this.#grid.replaceChildren(...values.map((value) => svg('path', { d: `M${LEFT} ${y(value, most, tall)}h${wide}` })),
      ...times.times.map((time) => svg('path', { class: 'tick', d: `M${across(time).toFixed(1)} ${TOP + tall}v4` })));
    this.#words.replaceChildren(
      ...values.map((value) => svg('text', { x: LEFT - 8, y: y(value, most, tall) + 4, 'text-anchor': 'end' }, shares ? format.percent(value) : format.compact(value))),
      svg('text', { x: 0, y: 12 }, shares ? 'Share of faces' : `Faces in ${format.duration(this.#shown.resolutionMs)}`),
      ...times.times.map((time) => svg('text', { x: Math.min(this.#width - 20, across(time)), y: HEIGHT - 4, 'text-anchor': 'middle' }, timeWord(time, times.step))));
    for (const element of [this.#cursor, this.#drag]) element.setAttribute('height', tall);
  }

  #time(event) {
    const area = this.#svg.getBoundingClientRect();
    const { from, to } = this.#shown;
    const part = (event.clientX - area.left - LEFT) / (this.#width - LEFT - 8);
    return from + Math.max(0, Math.min(1, part)) * (to - from);
  }

  #move(event) {
    if (this.#shown === null) return;
    if (this.#dragFrom !== null) this.#mark(this.#drag, this.#dragFrom.time, this.#time(event));
    const time = this.#time(event);
    this.#choose(this.#shown.buckets.findIndex((bucket) => bucket.start <= time && time < bucket.end));
  }

  #press(event) {
    if (this.#shown === null || event.button !== 0 || event.pointerType === 'touch') return;
    this.#dragFrom = { time: this.#time(event), x: event.clientX };
    this.#svg.setPointerCapture(event.pointerId);
  }

  #release(event) {
    const began = this.#dragFrom;
    this.#endDrag();
    if (began === null || Math.abs(event.clientX - began.x) < LEAST_DRAG) return;
    const times = [began.time, this.#time(event)].sort((one, other) => one - other);
    const step = this.#shown.resolutionMs;
    this.#onZoom(Math.floor(times[0] / step) * step, Math.ceil(times[1] / step) * step);
  }

  #endDrag() {
    this.#dragFrom = null;
    this.#drag.setAttribute('width', 0);
  }

  #key(event) {
    const last = (this.#shown?.buckets.length ?? 0) - 1;
    const to = { ArrowLeft: this.#at < 0 ? last : Math.max(0, this.#at - 1), ArrowRight: Math.min(last, this.#at + 1), Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    this.#choose(to);
    const bucket = this.#shown.buckets[to];
    setText(this.#spoken, bucket ? `${format.moment(bucket.start)}: ${format.plural(bucket.total, 'face', 'faces')}. ${labels.map((name, label) => `${name} ${format.whole(bucket.counts[label])}`).join(', ')}.` : '');
  }

  #mark(element, from, to) {
    const { from: start, to: end } = this.#shown;
    const scale = (this.#width - LEFT - 8) / (end - start);
    element.setAttribute('x', LEFT + (Math.min(from, to) - start) * scale);
    element.setAttribute('width', Math.abs(to - from) * scale);
  }

  #choose(at) {
    this.#at = at;
    const bucket = this.#shown?.buckets[at];
    this.#cursor.setAttribute('visibility', bucket ? 'visible' : 'hidden');
    this.#tip.hidden = !bucket;
    if (!bucket) return;
    this.#mark(this.#cursor, bucket.start, bucket.end);
    const total = sum(bucket.counts);
    this.#tip.replaceChildren(
      el('strong', {}, `${format.moment(bucket.start)}`),
      el('table', {}, el('tbody', {}, ...labels.map((name, label) => label).reverse().map((label) => el('tr', {},
        el('td', {}, swatch(label), labels[label]), el('td', {}, format.whole(bucket.counts[label])), el('td', {}, format.share(bucket.counts[label], total)))),
      el('tr', { class: 'sum' }, el('td', {}, 'faces'), el('td', {}, format.whole(total)), el('td', {}, '')))));
    const x = Number(this.#cursor.getAttribute('x'));
    const room = this.#tip.offsetWidth + 16;
    this.#tip.style.left = `${x + room > this.#width ? Math.max(0, x - room) : x + 16}px`;
  }
}

const y = (value, most, tall) => TOP + tall - (value / most) * tall;

function timeWord(time, step) {
  const date = new Date(time);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
  if (step >= DAY || isMidnight) return format.day(time);
  return step < 60000 ? format.clock(time) : format.hour(time);
}
