import { get, Refused } from './api.js';
import { byId, make } from './dom.js';
import * as compare from './compare.js';
import * as search from './search.js';
import * as map from './map.js';

/** Asks what this server has, and shows the parts of the page that it has something for. */
async function start() {
  const models = (await get('/v1/models')).data;
  compare.start(models);
  const index = await get('/v1/index');
  const parts = [['compare', 'Name']];
  if (index.clip || index.clap) {
    search.start(index);
    parts.push(['search', 'Search']);
  }
  if (index.map) {
    map.start();
    parts.push(['map', 'Map']);
  }
  if (parts.length > 1) {
    byId('contents').replaceChildren(...parts.map(([id, name]) => make('a', { href: `#${id}` }, name)));
  }
  document.documentElement.dataset.ready = 'true';
}

start().catch((error) => {
  byId('trouble').textContent = error instanceof Refused ? error.message : 'This page failed; reload it to try again.';
  byId('trouble').hidden = false;
  if (!(error instanceof Refused)) {
    throw error;
  }
});
