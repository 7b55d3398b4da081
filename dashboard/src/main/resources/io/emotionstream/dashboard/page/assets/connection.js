// SPDX-License-Identifier: Apache-2.0
// Says whether what is shown is what is, and how old it is. Only a change is told to screen readers.

import { setAttribute, setText } from './dom.js';
import * as format from './format.js';

const element = document.getElementById('connection');
const word = document.getElementById('connection-word');
const age = document.getElementById('connection-age');
const sign = element.querySelector('use');
const announcer = document.getElementById('announcer');
const SPOKEN_AFTER = 3000; // a break that mends itself at once is nobody's concern

export class Connection {
  #state = 'closed';
  #detail = null;
  #heardAt = null;
  #spoken = 'live';
  #speaking = 0;

  constructor() {
    setInterval(() => this.#show(), 1000);
  }

  heard() {
    this.#heardAt = Date.now();
    this.#show();
  }

  /** Milliseconds since the last message; 0 before the first. */
  age() {
    return this.#heardAt === null ? 0 : Date.now() - this.#heardAt;
  }

  change(state, detail = null) {
    this.#state = state;
    this.#detail = detail;
    this.#show();
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => this.#speak(), SPOKEN_AFTER);
  }

  #show() {
    element.hidden = this.#state === 'closed';
    setAttribute(element, 'data-state', this.#state);
    setAttribute(sign, 'href', { live: '#icon-live', refused: '#icon-gone' }[this.#state] ?? '#icon-wait');
    setText(word, this.#words());
    setText(age, this.#heardAt === null ? '' : this.#ageInWords());
  }

  /** A server that lives and says nothing has nothing new: its figures are no older for that. */
  #ageInWords() {
    if (this.#state === 'live') return this.age() < 3000 ? 'up to date' : `last change ${format.ago(this.age())}`;
    return `data from ${format.ago(this.age())}`;
  }

  #words() {
    switch (this.#state) {
      case 'live': return 'Live';
      case 'refused': return this.#detail;
      case 'waiting': return `Reconnecting in ${Math.max(1, Math.ceil((this.#detail - Date.now()) / 1000))} s`;
      default: return this.#heardAt === null ? 'Connecting' : 'Reconnecting';
    }
  }

  #speak() {
    const isLive = this.#state === 'live' || this.#state === 'closed';
    const say = isLive ? 'live' : 'broken';
    if (say !== this.#spoken) setText(announcer, isLive ? 'The figures are live again.' : 'The connection is broken; the figures stand still.');
    this.#spoken = say;
  }
}
