// SPDX-License-Identifier: Apache-2.0
// The same cameras in rows: more of them at once, and figures to compare.

import { StateBadge, historyOf, lastSeen } from './camera-card.js';
import { arrange, el, setText } from './dom.js';
import * as format from './format.js';
import { labels } from './labels.js';
import { Strip, swatch } from './stack.js';

export class CameraRow {
  #badge = new StateBadge();
  #strip = new Strip();
  #cells = Array.from({ length: 6 + labels.length }, () => el('td', {}));

  constructor(record) {
    this.record = record;
    const id = record.camera.camera;
    this.element = el('tr', {},
      el('th', { scope: 'row' }, el('a', { href: historyOf(id), title: `History of ${id}` }, id)),
      el('td', {}, this.#badge.element), el('td', { class: 'strip-cell' }, this.#strip.element), ...this.#cells);
  }

  show({ now }) {
    const { camera } = this.record;
    const { counts, total } = this.record.shown();
    this.element.dataset.state = camera.state;
    this.#badge.show(camera.state);
    this.#strip.draw(counts);
    const values = [
      ...counts.map((count) => format.share(count, total)), format.percent(camera.uncertainShare),
      format.rate(camera.facesPerSecond), format.compact(camera.faces), format.latency(camera.latencyP50Ms),
      format.compact(camera.lateFaces), lastSeen(camera, now).replace('last face ', '')];
    values.forEach((value, at) => setText(this.#cells[at], value));
  }
}

export class CameraTable {
  #body = el('tbody', {});
  element = el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows of cameras' },
    el('table', { class: 'cameras' },
      el('thead', {}, el('tr', {},
        ...['Camera', 'State', 'Mix'].map((word) => el('th', { scope: 'col' }, word)),
        ...labels.map((name, label) => el('th', { scope: 'col' }, swatch(label), name)),
        ...['uncertain', 'Faces/s', 'Faces', 'Latency', 'Late', 'Last face'].map((word) => el('th', { scope: 'col' }, word)))),
      this.#body));

  arrange(rows) {
    arrange(this.#body, rows);
  }
}
