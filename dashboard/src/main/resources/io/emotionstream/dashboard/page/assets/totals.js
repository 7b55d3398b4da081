// SPDX-License-Identifier: Apache-2.0
// The figures over all cameras, and the model that made them.

import { el, setText } from './dom.js';
import * as format from './format.js';
import { labels } from './labels.js';
import { Strip, sum, swatch } from './stack.js';

export class Totals {
  #tiles = {};
  #strip = new Strip();
  #shares = labels.map(() => el('span', { class: 'value' }));
  #model = el('p', { class: 'model' });

  constructor() {
    const tile = (name, label, help) => {
      const value = el('dd', { class: 'figure' }, format.ABSENT);
      const note = el('dd', { class: 'note' });
      this.#tiles[name] = { value, note };
      return el('div', { class: `tile tile-${name}`, title: help }, el('dt', {}, label), value, note);
    };
    this.element = el('section', { class: 'totals', 'aria-label': 'All cameras together' },
      el('dl', { class: 'tiles' },
        tile('faces', 'Faces', 'Classified faces since this dashboard began to count'),
        tile('rate', 'Faces per second', 'Over the last seconds, all cameras'),
        tile('latency', 'Latency', 'From capture of a picture to its classified event, last minute'),
        tile('uncertain', 'Uncertain', 'Share of faces below the confidence at which the model is held to know'),
        tile('cameras', 'Cameras', 'Live: faces lately. Silent: there, but no face. Gone: no sign of life'),
        tile('dead', 'Dead letters', 'Records that could not be processed, by reason'),
        tile('late', 'Late faces', 'Came after their window was final: in no distribution')),
      el('div', { class: 'mix' },
        el('h2', { class: 'caption' }, 'All faces by apparent expression'),
        this.#strip.element,
        el('ul', { class: 'legend', role: 'list' },
          ...labels.map((name, label) => el('li', {}, swatch(label), el('span', { class: 'name' }, name), this.#shares[label])))),
      this.#model);
  }

  show(totals, model) {
    const deadLetters = Object.entries(totals.deadLetters ?? {}).sort((one, other) => other[1] - one[1]);
    const dead = sum(deadLetters.map(([, count]) => count));
    this.#tile('faces', format.compact(totals.faces), since(totals.sinceAt));
    this.#tile('rate', format.rate(totals.facesPerSecond), 'all cameras');
    this.#tile('latency', format.latency(totals.latencyP50Ms),
      totals.latencyP99Ms === null ? 'no face in the last minute' : `median; p99 ${format.latency(totals.latencyP99Ms)}`);
    this.#tile('uncertain', format.finePercent(totals.uncertainShare), totals.uncertainShare === null ? 'not known' : 'of faces');
    this.#tile('cameras', format.whole(totals.cameras),
      `${format.whole(totals.live)} live, ${format.whole(totals.silent)} silent, ${format.whole(totals.gone)} gone`);
    if (totals.deadLetters === null) {
      this.#tile('dead', format.ABSENT, 'not known: this page may not read them');
    } else {
      this.#tile('dead', format.compact(dead), reasons(deadLetters, totals.recordsUnreadable ?? 0));
    }
    this.#tile('late', format.compact(totals.lateFaces), totals.lateFaces ? 'in no window' : 'none');
    this.#tiles.cameras.value.parentElement.dataset.concern = totals.gone > 0 ? 'gone' : totals.silent > 0 ? 'silent' : '';
    this.#tiles.dead.value.parentElement.dataset.concern = dead > 0 ? 'silent' : '';
    this.#strip.draw(totals.counts);
    const all = sum(totals.counts);
    this.#shares.forEach((value, label) => setText(value, format.share(totals.counts[label], all)));
    this.#showModel(model);
  }

  #tile(name, value, note) {
    setText(this.#tiles[name].value, value);
    setText(this.#tiles[name].note, note);
  }

  #showModel(model) {
    setText(this.#model, describe(model));
  }
}

const HALF_A_DAY = 43200000;

function since(text) {
  if (!text) return 'since counting began';
  const time = Date.parse(text);
  return `since ${Date.now() - time < HALF_A_DAY ? '' : `${format.day(time)}, `}${format.hour(time)}`;
}

function reasons(deadLetters, unreadable) {
  const words = deadLetters.map(([reason, count]) => `${format.compact(count)} ${reason.toLowerCase().replaceAll('_', ' ')}`);
  if (unreadable > 0) words.push(`and ${format.plural(unreadable, 'record', 'records')} not readable here`);
  return words.join(', ') || 'none';
}

/** Says how good the model was where it was measured, and where that was. */
export function describe(model) {
  if (!model) return 'Model: none has answered yet.';
  const id = typeof model === 'string' ? model : model.id;
  const network = model.network ? ` (${model.network})` : '';
  if (model.accuracy === null || model.accuracy === undefined) {
    return `Model ${id}${network}; this dashboard does not know how accurate it was measured to be.`;
  }
  const interval = model.accuracyLow === null || model.accuracyLow === undefined ? ''
    : ` (${format.percent(0.95)} interval ${format.finePercent(model.accuracyLow)} to ${format.finePercent(model.accuracyHigh)})`;
  const macro = model.macroF1 === null || model.macroF1 === undefined ? '' : `, macro F1 ${format.finePercent(model.macroF1)}`;
  const faces = model.faces ? `, ${format.plural(model.faces, 'face', 'faces')}` : '';
  return `Model ${id}${network}: ${format.finePercent(model.accuracy)} accuracy${interval}${macro}, measured on ${model.split}${faces}.`;
}
