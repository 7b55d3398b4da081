// SPDX-License-Identifier: Apache-2.0
// Asks the server, with the viewer's token where it wants one.

const TOKEN = 'token';
const dialog = document.getElementById('token-dialog');
const form = document.getElementById('token-form');
const input = document.getElementById('token');
const failure = document.getElementById('token-error');
let asking = null;

/** The server's refusal, in its own words. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Fetches; asks for a token as often as the server refuses the one at hand. */
export async function request(path, { headers = {}, signal } = {}) {
  for (;;) {
    const token = sessionStorage.getItem(TOKEN);
    const response = await fetch(path, {
      headers: token ? { ...headers, Authorization: `Bearer ${token}` } : headers,
      signal,
    });
    if (response.ok) return response;
    if (response.status !== 401) throw await toError(response);
    // Another request may have got a token while this one was under way.
    if (token === sessionStorage.getItem(TOKEN)) await askForToken(token !== null);
  }
}

export async function getJson(path, options) {
  return (await request(path, options)).json();
}

export const hasToken = () => sessionStorage.getItem(TOKEN) !== null;

async function toError(response) {
  let message = `The server answered ${response.status}.`;
  try {
    message = (await response.json()).error.message;
  } catch {
    // No JSON: a proxy in between, say.
  }
  return new ApiError(response.status, message);
}

function askForToken(wasRefused) {
  asking ??= new Promise((resolve) => {
    failure.textContent = wasRefused ? 'The server refused this token.' : '';
    dialog.showModal();
    input.select();
    form.onsubmit = () => {
      sessionStorage.setItem(TOKEN, input.value.trim());
      input.value = '';
      asking = null;
      resolve();
    };
    dialog.oncancel = (event) => event.preventDefault(); // nothing works without
  });
  return asking;
}

/** Builds `path?name=value`, leaves out what is empty, repeats lists. */
export function withQuery(path, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value].flat()) {
      if (each !== null && each !== undefined && each !== '') query.append(name, each);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
