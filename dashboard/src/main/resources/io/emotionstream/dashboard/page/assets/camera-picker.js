// SPDX-License-Identifier: Apache-2.0
// Chooses cameras that have a history by name; none chosen means all.

import { getJson, withQuery } from './api.js';
import { el, icon } from './dom.js';

const SUGGESTIONS = 20;
const TYPING = 200;

export class CameraPicker {
  #onChange;
  #chosen = [];
  #typing = 0;
  #input = el('input', { type: 'text', list: 'camera-names', autocomplete: 'off', spellcheck: 'false', placeholder: 'All; add by name',
    oninput: (event) => this.#type(event), onkeydown: (event) => this.#key(event), onchange: () => this.#add() });
  #names = el('datalist', { id: 'camera-names' });
  #chips = el('ul', { class: 'chips', role: 'list', 'aria-label': 'Chosen cameras' });

  constructor(onChange) {
    this.#onChange = onChange;
    this.element = el('div', { class: 'picker' },
      el('label', { class: 'field' }, el('span', {}, 'Cameras'), this.#input), this.#names, this.#chips);
    this.#suggest();
  }

  show(chosen) {
    this.#chosen = chosen;
    this.#chips.hidden = chosen.length === 0;
    this.#chips.replaceChildren(...chosen.map((camera) => el('li', {}, camera,
      el('button', { type: 'button', 'aria-label': `Remove ${camera}`, onclick: () => { this.#onChange(this.#chosen.filter((each) => each !== camera)); this.#input.focus(); } }, icon('close')))));
  }

  #key(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.#add();
  }

  #add() {
    const name = this.#input.value.trim();
    if (!name) return;
    this.#input.value = '';
    clearTimeout(this.#typing);
    this.#suggest(); // those for what was typed would stay
    if (!this.#chosen.includes(name)) this.#onChange([...this.#chosen, name]);
  }

  #type(event) {
    // A name that is taken from the list comes as a whole.
    const names = [...this.#names.options].map((option) => option.value);
    if (event.inputType === 'insertReplacementText' && names.includes(this.#input.value)) {
      this.#add();
      return;
    }
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#suggest(), TYPING);
  }

  async #suggest() {
    const query = this.#input.value.trim();
    try {
      const { cameras } = await getJson(withQuery('/api/history/cameras', { query, limit: SUGGESTIONS }));
      if (query !== this.#input.value.trim()) return; // the answer to what stands there now comes later
      this.#names.replaceChildren(...cameras.map((camera) => el('option', { value: camera })));
    } catch {
      // Names can be typed without suggestions.
    }
  }
}
