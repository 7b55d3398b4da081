// SPDX-License-Identifier: Apache-2.0
// The seven classes as the server names and colours them; their order is the order of all arrays.

export let labels = [];

/** Takes the server's labels; sets their colours once for the whole page, for both grounds. */
export function setLabels(given) {
  labels = given.map(({ name }) => name);
  for (const { label, color, darkColor } of given) {
    document.documentElement.style.setProperty(`--light-${label}`, color);
    document.documentElement.style.setProperty(`--dark-${label}`, darkColor);
  }
}

/** The classes that have faces, the most frequent first: "5 happy, 2 sad". */
export function inWords(counts, format) {
  return counts
    .map((count, label) => ({ count, label }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .map(({ count, label }) => `${format(count)} ${labels[label]}`)
    .join(', ');
}
