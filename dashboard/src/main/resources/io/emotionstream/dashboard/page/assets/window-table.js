// SPDX-License-Identifier: Apache-2.0
// Final windows as they stand in the database, newest first.

import { el } from './dom.js';
import * as format from './format.js';
import { labels } from './labels.js';
import { swatch } from './stack.js';

const KINDS = { faces: 'faces', empty: 'nobody', idle: 'camera gone' };

export class WindowTable {
  #head = el('tr', {});
  #body = el('tbody', {});
  #columns = 'counts';
  #windows = [];
  element = el('div', { class: 'scroll tall', tabindex: '0', role: 'region', 'aria-label': 'Rows of windows' },
    el('table', { class: 'history' }, el('thead', {}, this.#head), this.#body));

  show(windows, columns) {
    this.#windows = [...windows];
    this.#columns = columns;
    this.#head.replaceChildren(...['Start', 'Camera', 'Window', 'Seen', 'Faces'].map((word) => el('th', { scope: 'col' }, word)),
      ...labels.map((name, label) => el('th', { scope: 'col' }, swatch(label), name)),
      ...['uncertain', 'Tracks', 'Late', 'Model'].map((word) => el('th', { scope: 'col' }, word)));
    this.#body.replaceChildren(...windows.map((window) => this.#row(window)));
  }

  add(windows) {
    this.#windows.push(...windows);
    this.#body.append(...windows.map((window) => this.#row(window)));
  }

  get length() {
    return this.#windows.length;
  }

  #row(window) {
    return el('tr', {},
      el('th', { scope: 'row' }, format.moment(Date.parse(window.startAt))),
      el('td', { class: 'word' }, window.camera),
      el('td', {}, format.duration(window.sizeMs)),
      el('td', { class: 'word' }, KINDS[window.kind] ?? window.kind),
      el('td', {}, format.whole(window.total)),
      ...labels.map((_, label) => el('td', {}, this.#cell(window, label))),
      el('td', {}, format.whole(window.uncertain)), el('td', {}, format.whole(window.tracks)),
      el('td', {}, format.whole(window.late)), el('td', { class: 'word' }, window.model ?? format.ABSENT));
  }

  #cell(window, label) {
    if (this.#columns === 'shares') return format.share(window.counts[label], window.total);
    if (this.#columns === 'counts') return format.whole(window.counts[label]);
    if (!window.correctedShares) return format.ABSENT;
    const interval = window.correctedLow ? ` (${format.percent(window.correctedLow[label])} to ${format.percent(window.correctedHigh[label])})` : '';
    return `${format.percent(window.correctedShares[label])}${interval}`;
  }
}
