import { post, Refused } from './api.js';
import { byId, make, percent, plain } from './dom.js';

/** Pictures dropped or chosen, with CLIP's and CLAP's answers beside each other. */
const STEPS = 20;
const SHOWN = 4;
const AT_ONCE = 2;
const MOST = 60;

const pictures = [];
let usual = null;
let classes = [];
let round = 0;

const names = () => [...new Set(byId('classes').value.split(/[,\n]/).map((name) => name.trim()).filter(Boolean))];
/** The weight at a step of the slider, of the usual one: none to the left, one in the middle, ten to the right. */
const times = (at) => (at <= STEPS / 2 ? (2 * at) / STEPS : 10 ** ((2 * at) / STEPS - 1));
const alphas = () => Array.from({ length: STEPS + 1 }, (_, at) => usual * times(at));
const step = () => Number(byId('alpha').value);

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(new Refused('The file cannot be read'));
    reader.readAsDataURL(file);
  });
}

function say(text) {
  byId('compare-status').textContent = text;
}

function bars(title, kind, shares, labels) {
  const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a]).slice(0, SHOWN);
  return make('div', { className: `guess ${kind}` },
    make('h4', {}, title),
    make('ol', {}, ...order.map((i) => {
      const bar = make('span', { className: 'bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--share', shares[i]);
      return make('li', {}, make('span', { className: 'label', title: labels[i] }, plain(labels[i])),
        make('span', { className: 'number' }, percent(shares[i])), bar);
    })));
}

function show(picture) {
  const { answer, error } = picture;
  if (error) {
    picture.body.replaceChildren(make('p', { className: 'note' }, error));
    return;
  }
  if (!answer) {
    picture.body.replaceChildren(make('p', { className: 'hint' }, classes.length ? 'Looking …' : 'Type some names.'));
    return;
  }
  const { clip, clap } = answer.data[0];
  const parts = [bars('CLIP', 'clip', clip, answer.labels)];
  if (clap.length) {
    parts.push(bars('CLAP', 'clap', clap[step()], answer.labels));
  }
  picture.body.replaceChildren(...parts);
}

function showAlpha() {
  const factor = times(step());
  const said = `α = ${Number((usual * factor).toPrecision(3))}${factor === 1 ? ', the usual' : ''}`;
  byId('alpha-value').textContent = said;
  byId('alpha').setAttribute('aria-valuetext', said);
}

async function look(picture, mine) {
  try {
    const image = await base64(picture.file);
    const answer = await post('/v1/compare', { images: [image], classes, alphas: usual === null ? [] : alphas() });
    if (mine === round) {
      picture.answer = answer;
    }
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    if (mine === round) {
      picture.error = error.message;
    }
  }
  if (mine === round) {
    show(picture);
  }
}

async function lookAtAll(which) {
  const mine = round;
  classes = names();
  if (!which.length || !classes.length) {
    which.forEach(show);
    say(pictures.length && !classes.length ? 'Type some names to compare the pictures with.' : '');
    return;
  }
  which.forEach((picture) => {
    picture.answer = null;
    picture.error = null;
    show(picture);
  });
  say(`Looking at ${which.length} ${which.length === 1 ? 'picture' : 'pictures'} …`);
  const left = [...which];
  const worker = async () => {
    for (let picture; mine === round && (picture = left.shift());) {
      await look(picture, mine);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (mine === round) {
    const failed = pictures.filter((picture) => picture.error).length;
    say(`${pictures.length - failed} of ${pictures.length} pictures named.`);
  }
}

function again() {
  round++;
  return lookAtAll(pictures);
}

function remove(picture) {
  const at = pictures.indexOf(picture);
  pictures.splice(at, 1);
  picture.item.remove();
  URL.revokeObjectURL(picture.address);
  const next = pictures[Math.min(at, pictures.length - 1)];
  (next ? next.item.querySelector('button') : byId('files')).focus();
}

function add(files) {
  const room = MOST - pictures.length;
  const fresh = [...files].slice(0, room).map((file) => {
    const picture = { file, address: URL.createObjectURL(file), body: make('div', { className: 'guesses' }) };
    const image = make('img', { alt: '', src: picture.address });
    image.addEventListener('error', () => image.classList.add('broken'));
    const name = plain(file.name);
    const button = make('button', { type: 'button', className: 'quiet', 'aria-label': `Remove ${name}` }, '×');
    button.addEventListener('click', () => remove(picture));
    picture.item = make('li', { className: 'card' },
      make('div', { className: 'frame' }, image),
      make('div', { className: 'told' }, make('div', { className: 'title' }, make('h3', { title: name }, name), button),
        picture.body));
    byId('answers').append(picture.item);
    return picture;
  });
  pictures.push(...fresh);
  lookAtAll(fresh).then(() => {
    if (files.length > room) {
      say(`Only ${MOST} pictures fit on this page; ${files.length - room} were left out.`);
    }
  });
}

function dropping() {
  const zone = byId('drop');
  const over = (yes) => () => zone.classList.toggle('over', yes);
  for (const type of ['dragenter', 'dragover']) {
    document.addEventListener(type, (event) => {
      event.preventDefault();
      over(true)();
    });
  }
  document.addEventListener('dragleave', (event) => event.relatedTarget ?? over(false)());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false)();
    if (event.dataTransfer.files.length) {
      add(event.dataTransfer.files);
    }
  });
}

/** Makes this part of the page work. */
export function start(models) {
  const withHead = models.find((model) => model.clap);
  usual = withHead ? withHead.alpha : null;
  if (usual === 0) {
    usual = 1;
  }
  byId('mix').hidden = usual === null;
  byId('no-head').hidden = usual !== null;
  const known = models[0].classes;
  byId('classes').value = (known.length ? known : ['dog', 'cat', 'guitar', 'house', 'tree']).join(', ');
  classes = names();
  if (usual !== null) {
    showAlpha();
  }
  byId('files').addEventListener('change', (event) => {
    add(event.target.files);
    event.target.value = '';
  });
  let later;
  byId('classes').addEventListener('input', () => {
    clearTimeout(later);
    later = setTimeout(again, 500);
  });
  byId('alpha').addEventListener('input', () => {
    showAlpha();
    pictures.forEach(show);
  });
  dropping();
}
