// SPDX-License-Identifier: Apache-2.0
// Server-sent events by fetch: unlike EventSource it can send a token, and says how it stands.

import { request } from './api.js';

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const SILENCE = 40000; // the server gives a sign of life every 15 s

/** Splits text that comes in pieces into events; a comment is a sign of life and no event. */
export class EventParser {
  #rest = '';
  #fields = {};

  /** Takes the next piece and returns the events that are complete by it. */
  push(text) {
    const events = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    for (const line of lines) {
      if (line === '') this.#end(events);
      else if (!line.startsWith(':')) this.#field(line);
    }
    return events;
  }

  #field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    this.#fields[name] = name === 'data' && 'data' in this.#fields ? `${this.#fields.data}\n${value}` : value;
  }

  #end(events) {
    if ('data' in this.#fields) events.push({ event: 'message', ...this.#fields });
    this.#fields = {};
  }
}

/** How long to wait before the attempt after `failures` of them; `chance` is in [0, 1). */
export function backOff(failures, chance) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures) * (0.5 + chance / 2);
}

/**
 * Follows `path` until closed, and goes on after a break where it was.
 *
 * @param onEvent gets `{event, id, data}`
 * @param onState gets `('connecting' | 'live' | 'waiting' | 'refused', retryAt | message)`
 */
export function follow(path, onEvent, onState) {
  let lastId = null;
  let failures = 0;
  let closed = false;
  let attempt = null;
  let wake = () => {};

  async function read() {
    attempt = new AbortController();
    let watch;
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(() => attempt.abort(), SILENCE);
    };
    try {
      const headers = { Accept: 'text/event-stream' };
      if (lastId !== null) headers['Last-Event-ID'] = lastId;
      heard();
      const response = await request(path, { headers, signal: attempt.signal });
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      onState('live');
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        heard();
        for (const event of parser.push(value)) {
          failures = 0;
          lastId = event.id ?? lastId;
          if (!closed) onEvent(event);
        }
      }
    } finally {
      clearTimeout(watch);
    }
  }

  async function run() {
    onState('connecting');
    while (!closed) {
      try {
        await read();
      } catch (error) {
        if (closed) return;
        if (error.status >= 400 && error.status < 500 && error.status !== 429) {
          onState('refused', error.message);
          return;
        }
      }
      if (closed) return;
      const wait = backOff(failures++, Math.random());
      onState('waiting', Date.now() + wait);
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait);
      });
      if (!closed) onState('connecting');
    }
  }

  const retry = () => wake();
  addEventListener('online', retry);
  run();
  return {
    close() {
      closed = true;
      removeEventListener('online', retry);
      attempt?.abort();
      wake();
    },
  };
}
