import { post, Refused, thumbnail } from './api.js';
import { byId, make, plain } from './dom.js';

/** Search in the index, and its results: each leads to more like it in other styles. */
let running = null;
let kinds = { clip: false, clap: false };

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      seen.unobserve(entry.target);
      fill(entry.target, entry.target.dataset.picture);
    }
  }
}, { rootMargin: '200px' });

/** Shows a picture of the index in an element for images. */
export async function fill(image, id) {
  try {
    image.src = await thumbnail(id);
  } catch {
    image.classList.add('broken');
  }
}

/** Describes a picture of the index in words. */
export const caption = (picture) => [picture.label, picture.style].filter(Boolean).map(plain).join(', ');

const clap = () => (kinds.clip && kinds.clap ? document.querySelector('[name=which]:checked').value === 'clap' : kinds.clap);

function result(picture) {
  const image = make('img', { alt: '', width: 160, height: 160 });
  image.dataset.picture = picture.id;
  seen.observe(image);
  const name = plain(picture.name);
  const button = make('button', { type: 'button', className: 'tile', title: name },
    make('span', { className: 'frame' }, image),
    make('span', { className: 'visually-hidden' }, 'More like this in other styles: '),
    make('span', { className: 'name' }, caption(picture) || name),
    make('span', { className: 'more' }, make('span', { className: 'file' }, caption(picture) ? name : ''),
      make('span', { className: 'number' }, picture.similarity.toFixed(2))));
  button.addEventListener('click', () => moreLike(picture));
  return make('li', {}, button);
}

async function run(path, body, told) {
  running?.abort();
  running = new AbortController();
  const status = byId('search-status');
  status.textContent = 'Searching …';
  byId('found').setAttribute('aria-busy', 'true');
  try {
    const { data } = await post(path, body, running.signal);
    seen.disconnect();
    byId('found').replaceChildren(...data.map(result));
    status.textContent = data.length ? told(data) : 'Nothing found. Try other words or fewer filters.';
  } catch (error) {
    if (error.name === 'AbortError') {
      return;
    }
    if (!(error instanceof Refused)) {
      throw error;
    }
    byId('found').replaceChildren();
    status.textContent = error.message;
  }
  byId('found').removeAttribute('aria-busy');
}

const conditions = () => ({
  ...(byId('class').value && { classes: [byId('class').value] }),
  ...(byId('style').value && { styles: [byId('style').value] }),
  clap: clap(),
});

/** Finds pictures like one of the index, those in other styles first. */
export async function moreLike(picture) {
  await run('/v1/similar', { id: picture.id, clap: clap() },
    (data) => `${data.length} pictures like ${plain(picture.name)}, other styles first, ranked by ${clap() ? 'CLAP' : 'CLIP'}.`);
  const title = byId('search-title');
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  byId('search').scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function search() {
  const text = byId('text').value.trim();
  if (!text) {
    byId('search-status').textContent = 'Type what to look for.';
    byId('text').focus();
    return;
  }
  const not = byId('not').value.trim();
  run('/v1/search', { text, ...(not && { not }), ...conditions() },
    (data) => `The ${data.length} pictures most similar to “${text}”, ranked by ${clap() ? 'CLAP' : 'CLIP'}.`);
}

function options(id, names) {
  byId(`${id}-field`).hidden = names.length === 0;
  byId(id).append(...names.map((name) => make('option', { value: name }, plain(name))));
}

/** Makes this part of the page work. */
export function start(index) {
  kinds = index;
  byId('search').hidden = false;
  byId('search-title').textContent = `Search ${index.pictures.toLocaleString('en')} pictures`;
  byId('which').hidden = !(index.clip && index.clap);
  options('class', index.classes);
  options('style', index.styles);
  byId('query').addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
  for (const radio of document.querySelectorAll('[name=which]')) {
    radio.addEventListener('change', () => byId('text').value.trim() && search());
  }
}
