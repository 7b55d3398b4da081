// SPDX-License-Identifier: Apache-2.0
// Figures and times as people read them, in the browser's language and zone. An absent figure is a dash.

export const ABSENT = '–';
const language = navigator.language;
const number = (options) => {
  const format = new Intl.NumberFormat(language, options);
  return (value) => (value === null || value === undefined ? ABSENT : format.format(value));
};

export const whole = number({ maximumFractionDigits: 0 });
const compactly = number({ notation: 'compact', maximumFractionDigits: 1 });
export const compact = (value) => (value < 100000 ? whole(value) : compactly(value));
const tenths = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const rate = (value) => (value !== null && value >= 100 ? whole(value) : tenths(value));
export const percent = number({ style: 'percent', maximumFractionDigits: 0 });
export const finePercent = number({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A share of a count, never rounded to nothing or to all. */
export function share(part, total) {
  if (!total) return ABSENT;
  const value = part / total;
  if (value > 0 && value < 0.005) return `<${percent(0.01)}`;
  if (value < 1 && value > 0.995) return `>${percent(0.99)}`;
  return percent(value);
}

const unit = (name, digits = 0) => number({ style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
const milliseconds = unit('millisecond');
const seconds = unit('second', 1);
const minutes = unit('minute', 1);
const UNITS = [[86400000, unit('day', 1)], [3600000, unit('hour', 1)], [60000, minutes], [1000, seconds], [1, milliseconds]];
const LONG = 120000;

/** How long an answer took. */
export function latency(ms) {
  if (ms === null || ms === undefined) return ABSENT;
  return ms < 1000 ? milliseconds(ms) : ms < LONG ? seconds(ms / 1000) : minutes(ms / 60000);
}

/** A length of time in the largest unit of which it is tenths, so that it is said as it is. */
export function duration(ms) {
  const [size, format] = UNITS.find(([each]) => ms >= each && ms % (each / 10) === 0) ?? UNITS.at(-1);
  return format(ms / size);
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' });
const STEPS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
export function ago(ms) {
  const past = Math.max(0, Math.round(ms / 1000));
  const [name, size] = STEPS.find(([, each]) => past >= each) ?? STEPS.at(-1);
  return relative.format(-Math.floor(past / size), name);
}

const dates = (options) => {
  const format = new Intl.DateTimeFormat(language, options);
  return (time) => format.format(time);
};
export const clock = dates({ timeStyle: 'medium' });
export const hour = dates({ timeStyle: 'short' });
export const day = dates({ month: 'short', day: 'numeric' });
export const moment = dates({ dateStyle: 'medium', timeStyle: 'medium' });

/** The viewer's zone by name and by its distance from UTC now. */
export function zone() {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset' }).formatToParts();
  const offset = parts.find((part) => part.type === 'timeZoneName').value;
  return name === 'UTC' || offset === name ? name : `${name} (${offset})`;
}

/** A time as an input of type datetime-local wants it. */
export function toLocalInput(time) {
  const date = new Date(time);
  const two = (value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

export const plural = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;
