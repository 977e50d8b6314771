// How things look: colours of the theme, outlines, lines, and where labels find room.
// The picture on the canvas and the exported one are drawn from the same measures.

const outlines = data.kinds.map((kind) => new Path2D(kind.path));
const LABEL_FONT = "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", \"Noto Sans SC\", \"Source Han Sans SC\", sans-serif";
const DASHES = Object.fromEntries(LINES.map((line) => {
  const sample = lineOf.indexOf(line);
  const known = { stated: [], planned: [7, 6], former: [14, 6], derived: [2, 5] };
  return [line, sample >= 0 && edges[sample].dashes ? edges[sample].dashes : known[line]];
}));

let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "sheet", "ink", "ink-2", "ink-3", "rule", "edge", "edge-strong", "accent"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  stamps.clear();
  colours.dark = document.documentElement.dataset.theme === "dark";
}

function kindColour(kind) {
  return colours.dark ? kind.dark : kind.light;
}

// Things shrink more slowly than the distances between them: far away they can still be told apart,
// and close by they do not fill the page. In units of the graph.
function radius(number, scale) {
  return Math.max(nodes[number].size * scale ** (shown.count > 300 ? -0.25 : -0.45), 1.8 / scale);
}

// Lines. What no article says outright is dotted, and so that it is seen in a stronger colour.

function lineColour(line) {
  return line === "derived" ? colours["edge-strong"] : colours.edge;
}

// The line of a relation from rim to rim: its ends, and its point of control where it is bent.
function course(number, scale) {
  const { from, to } = edges[number];
  const a = nodes[from], b = nodes[to];
  if (from === to) return null;
  const dx = b.x - a.x, dy = b.y - a.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = bends[number] * length;
  const cx = (a.x + b.x) / 2 + (dy / length) * bend, cy = (a.y + b.y) / 2 - (dx / length) * bend;
  const first = bend ? [cx - a.x, cy - a.y] : [dx, dy], last = bend ? [b.x - cx, b.y - cy] : [dx, dy];
  const firstLength = Math.hypot(...first) || 1, lastLength = Math.hypot(...last) || 1;
  const start = Math.min(radius(from, scale) + 1, length * 0.4), end = Math.min(radius(to, scale) * 1.08 + 2, length * 0.45);
  const ux = last[0] / lastLength, uy = last[1] / lastLength;
  return {
    ax: a.x + (first[0] / firstLength) * start, ay: a.y + (first[1] / firstLength) * start,
    bx: b.x - ux * end, by: b.y - uy * end, cx, cy, ux, uy, bent: bend !== 0, length,
  };
}

function loop(number) {
  const node = nodes[edges[number].from];
  return { x: node.x + node.size * 1.1, y: node.y - node.size * 1.1, r: node.size * 0.9 };
}

function trace(context, number, scale) {
  const line = course(number, scale);
  if (!line) {
    const { x, y, r } = loop(number);
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
    return null;
  }
  context.moveTo(line.ax, line.ay);
  if (line.bent) context.quadraticCurveTo(line.cx, line.cy, line.bx, line.by);
  else context.lineTo(line.bx, line.by);
  return line;
}

function arrow(line, size) {
  const { bx, by, ux, uy } = line;
  const x = bx - ux * size, y = by - uy * size, half = size * 0.42;
  return [[bx + ux, by + uy], [x - uy * half, y + ux * half], [x + uy * half, y - ux * half]];
}

function traceArrow(context, line, size) {
  const [tip, left, right] = arrow(line, size);
  context.moveTo(...tip);
  context.lineTo(...left);
  context.lineTo(...right);
  context.closePath();
}

function middleOf(number, scale) {
  const line = course(number, scale);
  if (!line) { const { x, y, r } = loop(number); return [x + r, y]; }
  if (!line.bent) return [(line.ax + line.bx) / 2, (line.ay + line.by) / 2];
  return [(line.ax + 2 * line.cx + line.bx) / 4, (line.ay + 2 * line.cy + line.by) / 4];
}

function distanceToLine(number, x, y, scale) {
  const line = course(number, scale);
  if (!line) { const ring = loop(number); return Math.abs(Math.hypot(x - ring.x, y - ring.y) - ring.r); }
  const points = line.bent ? [0, 0.25, 0.5, 0.75, 1].map((t) => [
    (1 - t) ** 2 * line.ax + 2 * t * (1 - t) * line.cx + t * t * line.bx,
    (1 - t) ** 2 * line.ay + 2 * t * (1 - t) * line.cy + t * t * line.by,
  ]) : [[line.ax, line.ay], [line.bx, line.by]];
  let least = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [px, py] = points[i - 1], [qx, qy] = points[i];
    const square = (qx - px) ** 2 + (qy - py) ** 2 || 1;
    const t = Math.max(0, Math.min(1, ((x - px) * (qx - px) + (y - py) * (qy - py)) / square));
    least = Math.min(least, Math.hypot(x - px - t * (qx - px), y - py - t * (qy - py)));
  }
  return least;
}

// Labels stand in the size of the screen, whatever the zoom; those of greater things are set first,
// and one that would cover another, or a greater thing, is left out until there is room.

const LEADING = 15;
const measures = new Map();
const measuring = document.createElement("canvas").getContext("2d");

function labelStyle(number) {
  const size = nodes[number].size;
  return size >= 17 ? { weight: 700, px: 13.5 } : size >= 11.5 ? { weight: 600, px: 12.5 } : { weight: 400, px: 12 };
}

function font({ weight, px }) {
  return `${weight} ${px}px ${LABEL_FONT}`;
}

function textWidth(text, style) {
  const key = `${style.weight} ${style.px} ${text}`;
  let width = measures.get(key);
  if (width === undefined) {
    measuring.font = font(style);
    width = measuring.measureText(text).width;
    measures.set(key, width);
  }
  return width;
}

class Room {
  constructor() { this.cells = new Map(); }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / 72); x <= Math.floor(right / 72); x += 1)
      for (let y = Math.floor(top / 36); y <= Math.floor(bottom / 36); y += 1) yield x * 65536 + y;
  }

  // Whether nothing of this weight or more is in the way.
  free(box, owner, weight = 0) {
    for (const key of this.keys(box))
      for (const taken of this.cells.get(key) || [])
        if (taken[4] !== owner && taken[5] >= weight
          && box[0] < taken[2] && box[2] > taken[0] && box[1] < taken[3] && box[3] > taken[1]) return false;
    return true;
  }

  take(box, owner, weight = Infinity) {
    const taken = [...box, owner, weight];
    for (const key of this.keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(taken); else this.cells.set(key, [taken]);
    }
  }
}

function labelSize(number) {
  const style = labelStyle(number);
  const { label, brief } = nodes[number];
  const lines = (tall && brief ? brief : label).split("\n");
  return { style, lines, width: Math.max(...lines.map((line) => textWidth(line, style))), height: lines.length * LEADING };
}

// Where the label goes: below, and else to the right, to the left or above (of things without relations
// to the right, as in an index), in screen pixels from the thing's centre.
function spots({ width, height }, r, loose = false) {
  const all = [
    { dx: 0, dy: r + 3, align: "center", box: [-width / 2, r + 3, width / 2, r + 3 + height] },
    { dx: r + 5, dy: -height / 2, align: "left", box: [r + 5, -height / 2, r + 5 + width, height / 2] },
    { dx: -r - 5, dy: -height / 2, align: "right", box: [-r - 5 - width, -height / 2, -r - 5, height / 2] },
    { dx: 0, dy: -r - 3 - height, align: "center", box: [-width / 2, -r - 3 - height, width / 2, -r - 3] },
  ];
  return loose ? [all[1]] : all;
}

// A hub's label may cover lesser things where there is no free spot.
function firstFree(options, over, size, always) {
  const free = options.findIndex(over(0));
  if (free >= 0 || size < 11) return free < 0 && always ? 0 : free;
  const covering = options.findIndex(over(size * 0.7));
  return covering < 0 && always ? 0 : covering;
}

function placeLabels(candidates, scale, { always = false, margin = 3, room = new Room() } = {}) {
  const placed = [];
  for (const i of candidates) {
    const size = labelSize(i);
    const x = nodes[i].x * scale, y = nodes[i].y * scale;
    const options = spots(size, radius(i, scale) * scale, isLoose[i]);
    const gap = isLoose[i] ? 0 : margin;
    const place = firstFree(options, (weight) => ({ box }) =>
      room.free([x + box[0] - gap, y + box[1], x + box[2] + gap, y + box[3]], i, weight), nodes[i].size, always);
    if (place < 0) continue;
    const { box } = options[place];
    room.take([x + box[0], y + box[1], x + box[2], y + box[3]], i);
    placed.push({ number: i, place, ...size });
  }
  return placed;
}

// So many may be named however far away, where there is room.
function hubs() {
  return Math.max(12, Math.min(80, Math.round((stage.clientWidth * stage.clientHeight) / 15000)));
}

// The labels of the picture at rest. From far away only hubs speak.
function restingLabels(scale) {
  const crowded = shown.count > 300;
  const room = new Room();
  for (const i of byWeight) {
    const r = radius(i, scale) * scale;
    if (!shown.drawn[i] || (crowded && r < 5)) continue;
    const x = nodes[i].x * scale, y = nodes[i].y * scale, inset = r * 0.85;
    room.take([x - inset, y - inset, x + inset, y + inset], i, nodes[i].size);
  }
  const near = (i) => !crowded || radius(i, scale) * scale >= 4.6;
  const drawn = byWeight.filter((i) => shown.drawn[i]), most = hubs();
  const candidates = drawn.filter((i, rank) => near(i) || (rank < most && !isLoose[i]));
  return placeLabels(candidates, scale, { room, margin: crowded ? 12 : 3 });
}
