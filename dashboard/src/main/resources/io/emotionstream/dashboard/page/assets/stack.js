// SPDX-License-Identifier: Apache-2.0
// Stacked bars over time, as one SVG path for each class: cheap to draw again every second.

import { el, svg } from './dom.js';

const CLASSES = 7;
const GAP = 1; // pixels of ground between two pieces, so that they part without colour, too

export const sum = (counts) => counts.reduce((total, count) => total + count, 0);

/** A picture of bars; `draw` fills it, the element stays. */
export class Stack {
  #final = paths('');
  #open = paths('open');
  #marks = svg('path', { class: 'mark-empty' });
  #gone = svg('path', { class: 'mark-gone' });

  constructor(attributes = {}) {
    this.element = svg('svg', { class: 'stack', preserveAspectRatio: 'none', ...attributes },
      this.#marks, this.#gone, ...this.#final, ...this.#open);
  }

  /**
   * Draws bars.
   *
   * @param bars `{start, end, counts, open, kind}`, times in milliseconds
   * @param from left edge, `to` right edge, in milliseconds
   * @param most faces at the upper edge; null to draw shares
   */
  draw(bars, { from, to, most, width, height }) {
    this.element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const final = Array.from({ length: CLASSES }, () => []);
    const open = Array.from({ length: CLASSES }, () => []);
    const empty = [];
    const gone = [];
    const scale = width / (to - from);
    for (const bar of bars) {
      const left = Math.max(0, (bar.start - from) * scale);
      const right = Math.min(width, (bar.end - from) * scale);
      if (right <= 0 || left >= width) continue;
      const wide = Math.max(0.7, right - left - Math.min(1.5, (right - left) * 0.2));
      const total = sum(bar.counts);
      if (total === 0) {
        (bar.kind === 'idle' ? gone : empty).push(box(left, height - 2, wide, 2));
        continue;
      }
      const unit = height / (most ?? total);
      let bottom = height;
      bar.counts.forEach((count, at) => {
        if (count === 0) return;
        const tall = count * unit;
        (bar.open ? open : final)[at].push(box(left, bottom - tall, wide, Math.max(0.6, tall - Math.min(GAP, tall * 0.3))));
        bottom -= tall;
      });
    }
    this.#final.forEach((path, at) => path.setAttribute('d', final[at].join('')));
    this.#open.forEach((path, at) => path.setAttribute('d', open[at].join('')));
    this.#marks.setAttribute('d', empty.join(''));
    this.#gone.setAttribute('d', gone.join(''));
  }
}

function paths(kind) {
  return Array.from({ length: CLASSES }, (_, at) => svg('path', { class: `class-${at} ${kind}`.trim() }));
}

const box = (x, y, wide, tall) => `M${x.toFixed(2)} ${y.toFixed(2)}h${wide.toFixed(2)}v${tall.toFixed(2)}h${(-wide).toFixed(2)}z`;

/** One bar of shares lying on its side. */
export class Strip {
  #pieces = Array.from({ length: CLASSES }, (_, at) => svg('rect', { class: `class-${at}`, y: 0, height: 10 }));

  constructor() {
    this.element = svg('svg', { class: 'strip', viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...this.#pieces);
  }

  draw(counts) {
    const total = sum(counts);
    let left = 0;
    this.#pieces.forEach((piece, at) => {
      const wide = total ? (counts[at] / total) * 1000 : 0;
      piece.setAttribute('x', left.toFixed(1));
      piece.setAttribute('width', Math.max(0, wide - Math.min(2, wide * 0.3)).toFixed(1));
      left += wide;
    });
  }
}

export const swatch = (label) => el('span', { class: `swatch ground-${label}`, 'aria-hidden': 'true' });

/** The next number at or above `value` of the kind that people like on an axis. */
export function nice(value) {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value && Number.isInteger(step)) ?? 10 * power;
}

/** Whole numbers for an axis from 0 to at least `most`, about `wanted` of them. */
export function ticks(most, wanted = 4) {
  const step = nice(Math.max(1, most / wanted));
  const values = [];
  for (let value = 0; value < most + step; value += step) values.push(value);
  return values;
}

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const STEPS = [10000, 30000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR, 168 * HOUR, 720 * HOUR];

/** Round times of the viewer's zone in [from, to], at most `wanted` of them. */
export function timeTicks(from, to, wanted) {
  const step = STEPS.find((each) => (to - from) / each <= wanted) ?? STEPS.at(-1);
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  const times = [];
  for (let at = midnight.getTime(); at <= to; at = next(at, step)) if (at >= from) times.push(at);
  return { times, step };
}

function next(at, step) {
  if (step < 24 * HOUR) return at + step;
  const date = new Date(at); // days are not always 24 hours long
  date.setDate(date.getDate() + step / (24 * HOUR));
  return date.getTime();
}
