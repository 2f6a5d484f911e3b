import { byId } from './dom.js';

/** Requests to the server this page came from. A key stays in this module's memory and is gone with the page. */
let key = '';
let asking = null;

/** An answer other than success. */
export class Refused extends Error {}

function askForKey(wrong) {
  asking ??= new Promise((resolve) => {
    const dialog = byId('key-dialog');
    byId('key-wrong').hidden = !wrong;
    byId('key').value = '';
    dialog.addEventListener('close', () => {
      key = byId('key').value.trim();
      byId('key').value = '';
      asking = null;
      resolve();
    }, { once: true });
    dialog.showModal();
  });
  return asking;
}

async function request(path, options) {
  for (let tries = 0; ; ) {
    const used = key;
    const headers = { ...options.headers };
    if (used) {
      headers.Authorization = `Bearer ${used}`;
    }
    let response;
    try {
      response = await fetch(path, { ...options, headers });
    } catch (error) {
      if (error.name === 'AbortError') {
        throw error;
      }
      throw new Refused('The server does not answer. Is it still running?');
    }
    if (response.status === 401) {
      if (used === key) {
        await askForKey(used !== '');
      }
      continue;
    }
    if ((response.status === 429 || response.status === 503) && tries < 3) {
      tries++;
      await new Promise((later) => setTimeout(later, 1000 * Number(response.headers.get('Retry-After') ?? 1)));
      continue;
    }
    if (!response.ok) {
      const answer = await response.json().catch(() => null);
      throw new Refused(answer?.error?.message ?? `The server answered ${response.status}`);
    }
    return response;
  }
}

export const get = async (path) => (await request(path, {})).json();

export const post = async (path, body, signal) => (await request(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal,
})).json();

const pictures = new Map();
const MOST = 600;

/** Returns the address of a small copy of a picture of the index; those not asked for lately are let go. */
export async function thumbnail(id) {
  let address = pictures.get(id);
  pictures.delete(id);
  address ??= request(`/v1/pictures/${encodeURIComponent(id)}`, {})
    .then((response) => response.blob())
    .then((blob) => URL.createObjectURL(blob));
  pictures.set(id, address);
  address.catch(() => pictures.delete(id));
  if (pictures.size > MOST) {
    const [oldest, its] = pictures.entries().next().value;
    pictures.delete(oldest);
    its.then((url) => URL.revokeObjectURL(url), () => {});
  }
  return address;
}
