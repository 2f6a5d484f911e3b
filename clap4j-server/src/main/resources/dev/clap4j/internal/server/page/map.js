import { get, Refused } from './api.js';
import { byId, make, plain } from './dom.js';
import { caption, fill, moreLike } from './search.js';

/** The map of the index: a canvas to explore, and the same pictures as a list. */
const HUES = 12;
const NEAR = 14;
const THUMBNAILS_FROM = 46;
const LISTED = 40;

const canvas = byId('canvas');
const context = canvas.getContext('2d');
const images = new Map();
let points = [];
let colours = new Map();
let view = { x: 0, y: 0, scale: 1 };
let whole = view;
let chosen = null;
let drawing = false;

/** The first groups have chosen colours; those of the others are far from each other in turn. */
const colour = (point) => {
  const group = colours.get(point.label ?? point.style ?? 'pictures');
  return group < HUES ? paint(`--hue-${group}`) : `hsl(${(group * 137.5) % 360} 45% ${paint('--light')})`;
};
const resolved = new Map();

function paint(name) {
  if (!resolved.has(name)) {
    resolved.set(name, getComputedStyle(canvas).getPropertyValue(name).trim());
  }
  return resolved.get(name);
}

const screen = (point) => [(point.x - view.x) * view.scale + canvas.clientWidth / 2,
  (point.y - view.y) * view.scale + canvas.clientHeight / 2];

function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      drawNow();
    });
  }
}

function drawNow() {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const zoom = view.scale / whole.scale;
  const radius = Math.min(7, 2.6 * Math.sqrt(zoom));
  const visible = points.filter((point) => {
    const [x, y] = screen(point);
    return x > -40 && y > -40 && x < width + 40 && y < height + 40;
  });
  const side = visible.length <= 160 && zoom > 2 ? Math.min(THUMBNAILS_FROM, 9 * zoom) : 0;
  for (const point of visible) {
    const [x, y] = screen(point);
    const image = side ? picture(point) : null;
    if (image) {
      context.drawImage(image, x - side / 2, y - side / 2, side, side);
      context.lineWidth = 2;
      context.strokeStyle = colour(point);
      context.strokeRect(x - side / 2, y - side / 2, side, side);
    } else {
      context.fillStyle = colour(point);
      context.beginPath();
      context.arc(x, y, radius, 0, 7);
      context.fill();
    }
  }
  if (chosen) {
    const [x, y] = screen(chosen);
    context.strokeStyle = paint('--ink');
    context.lineWidth = 3;
    context.beginPath();
    context.arc(x, y, Math.max(radius + 4, side * 0.75), 0, 7);
    context.stroke();
  }
}

function picture(point) {
  let image = images.get(point.id);
  if (!image) {
    image = new Image();
    images.set(point.id, image);
    image.addEventListener('load', draw);
    fill(image, point.id);
  }
  return image.complete && image.naturalWidth ? image : null;
}

function peek(point) {
  chosen = point;
  const box = byId('peek');
  box.hidden = !point;
  if (point) {
    const image = make('img', { alt: '', width: 120, height: 120 });
    fill(image, point.id);
    box.replaceChildren(image, make('strong', {}, caption(point) || plain(point.name)), make('span', {}, plain(point.name)));
    const [x, y] = screen(point);
    box.style.left = `${Math.max(8, Math.min(canvas.clientWidth - 168, x + 16))}px`;
    box.style.top = `${Math.max(8, Math.min(canvas.clientHeight - 196, y + 16))}px`;
  }
  draw();
}

function nearest(x, y, most) {
  let best = null;
  let least = most * most;
  for (const point of points) {
    const [px, py] = screen(point);
    const distance = (px - x) ** 2 + (py - y) ** 2;
    if (distance < least) {
      least = distance;
      best = point;
    }
  }
  return best;
}

function zoomAt(x, y, factor) {
  const scale = Math.max(whole.scale * 0.7, Math.min(whole.scale * 60, view.scale * factor));
  const [dx, dy] = [x - canvas.clientWidth / 2, y - canvas.clientHeight / 2];
  view = { x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale };
  peek(chosen);
}

const zoomIn = (factor) => {
  const [x, y] = chosen ? screen(chosen) : [canvas.clientWidth / 2, canvas.clientHeight / 2];
  zoomAt(x, y, factor);
};

function showWhole() {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  whole = {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    scale: 0.92 * Math.min(canvas.clientWidth / (right - left || 1), canvas.clientHeight / (bottom - top || 1)),
  };
  view = whole;
  peek(null);
}

function step(dx, dy) {
  const [x, y] = chosen ? screen(chosen) : [canvas.clientWidth / 2, canvas.clientHeight / 2];
  if (!chosen) {
    tell(nearest(x, y, Infinity));
    return;
  }
  let best = null;
  let least = Infinity;
  for (const point of points) {
    const [px, py] = screen(point);
    const along = (px - x) * dx + (py - y) * dy;
    const across = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
    const cost = along + 2 * across;
    if (point !== chosen && along > 0.5 && across <= along && cost < least) {
      least = cost;
      best = point;
    }
  }
  if (best) {
    tell(best);
  }
}

function tell(point) {
  const [x, y] = screen(point);
  if (x < 40 || y < 40 || x > canvas.clientWidth - 40 || y > canvas.clientHeight - 40) {
    view = { ...view, x: point.x, y: point.y };
  }
  peek(point);
  byId('here').textContent = `${caption(point)}: ${plain(point.name)}`;
}

const KEYS = {
  ArrowLeft: () => step(-1, 0),
  ArrowRight: () => step(1, 0),
  ArrowUp: () => step(0, -1),
  ArrowDown: () => step(0, 1),
  '+': () => zoomIn(1.5),
  '=': () => zoomIn(1.5),
  '-': () => zoomIn(1 / 1.5),
  0: showWhole,
  Escape: () => peek(null),
  Enter: () => chosen && moreLike(chosen),
};

function listen() {
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener('keydown', (event) => {
    if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY / 300));
  }, { passive: false });
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    moved = 0;
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) {
      peek(nearest(event.offsetX, event.offsetY, NEAR));
      return;
    }
    const [dx, dy] = [event.offsetX - before[0], event.offsetY - before[1]];
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) {
      const [[, other]] = [...fingers].filter(([id]) => id !== event.pointerId);
      const span = (from) => Math.hypot(from[0] - other[0], from[1] - other[1]) || 1;
      zoomAt((event.offsetX + other[0]) / 2, (event.offsetY + other[1]) / 2,
        span([event.offsetX, event.offsetY]) / span(before));
    } else {
      view = { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
      draw();
    }
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
  });
  const up = (event) => {
    fingers.delete(event.pointerId);
    if (event.type === 'pointerup' && moved < 5) {
      const point = nearest(event.offsetX, event.offsetY, 2 * NEAR);
      if (point && (point === chosen || event.pointerType === 'mouse')) {
        moreLike(point);
      }
      peek(point);
    }
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('pointerleave', () => fingers.size || peek(null));
  byId('closer').addEventListener('click', () => zoomIn(1.5));
  byId('farther').addEventListener('click', () => zoomIn(1 / 1.5));
  byId('whole').addEventListener('click', showWhole);
  new ResizeObserver(draw).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    resolved.clear();
    draw();
  });
}

function groups() {
  const grouped = new Map();
  for (const point of points) {
    const name = point.label ?? point.style ?? 'pictures';
    grouped.set(name, [...(grouped.get(name) ?? []), point]);
  }
  return [...grouped].sort((a, b) => b[1].length - a[1].length);
}

function list(grouped) {
  byId('groups').replaceChildren(...grouped.map(([name, members]) => {
    const details = make('details', {}, make('summary', {}, `${plain(name)} (${members.length})`));
    details.addEventListener('toggle', () => {
      if (details.open && details.children.length === 1) {
        details.append(make('ul', { className: 'names' }, ...members.slice(0, LISTED).map((point) => {
          const button = make('button', { type: 'button', className: 'quiet' }, plain(point.name));
          button.addEventListener('click', () => moreLike(point));
          return make('li', {}, button);
        })));
        if (members.length > LISTED) {
          details.append(make('p', { className: 'hint' }, `and ${members.length - LISTED} more`));
        }
      }
    });
    return details;
  }));
}

function show(map) {
  points = map.data;
  const grouped = groups();
  colours = new Map(grouped.map(([name], i) => [name, i]));
  byId('stage').hidden = false;
  byId('listing').hidden = false;
  byId('map-status').textContent = points.length < map.pictures
    ? `A sample of ${points.length.toLocaleString('en')} of the ${map.pictures.toLocaleString('en')} pictures.`
    : `All ${points.length.toLocaleString('en')} pictures.`;
  resolved.clear();
  byId('legend').replaceChildren(...grouped.slice(0, HUES).map(([name], i) => make('li', {},
    make('span', { className: `dot hue-${i}` }), plain(name))),
  ...(grouped.length > HUES ? [make('li', {}, `and ${grouped.length - HUES} more`)] : []));
  list(grouped);
  listen();
  showWhole();
}

/** Makes this part of the page work, once the server has made the map. */
export async function start() {
  byId('map').hidden = false;
  try {
    for (;;) {
      const map = await get('/v1/map');
      if (map.status === 'ready') {
        show(map);
        return;
      }
      if (map.status === 'failed') {
        byId('map-status').textContent = 'There are too few pictures for a map, or too many alike.';
        return;
      }
      byId('map-status').textContent = `Drawing the map … ${Math.round(100 * map.progress)} %`;
      await new Promise((later) => setTimeout(later, 1000));
    }
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    byId('map-status').textContent = error.message;
  }
}
