// SPDX-License-Identifier: Apache-2.0
// Makes elements. Text is always text: nothing that came over the wire is parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element; `on...` are listeners, `class` and the rest attributes; null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const icon = (name) => svg('svg', { class: 'icon', 'aria-hidden': 'true' }, svg('use', { href: `#icon-${name}` }));

/** Changes an element's text only if it is another: a reader's selection and place survive. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Puts `nodes` into `parent` in this order, moves only what stands elsewhere, keeps the focus. */
export function arrange(parent, nodes) {
  const focused = document.activeElement;
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

let ids = 0;
/** A group of radio buttons that looks like one control. `options` are `[value, word]`. */
export function segmented(legend, options, value, onChange) {
  const name = `choice-${++ids}`;
  const inputs = options.map(([option]) =>
    el('input', { type: 'radio', name, value: option, checked: option === value, onchange: () => onChange(option) }));
  const words = options.map(([, word]) => el('span', {}, word));
  const element = el('fieldset', { class: 'segmented' }, el('legend', { class: 'hidden' }, legend),
    ...inputs.map((input, at) => el('label', {}, input, words[at])));
  return {
    element,
    set: (chosen) => inputs.forEach((input) => { input.checked = input.value === chosen; }),
    word: (option, word) => setText(words[options.findIndex(([each]) => each === option)], word),
  };
}

export function select(label, options, value, onChange) {
  const input = el('select', { onchange: () => onChange(input.value) },
    ...options.map(([option, word]) => el('option', { value: option, selected: option === value }, word)));
  return { element: el('label', { class: 'field' }, el('span', {}, label), input), input };
}
