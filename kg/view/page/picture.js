// The picture: vis-network holds the things, the camera and the gestures. Lines and labels are drawn in
// its two hooks, in batches: drawn one by one, two thousand relations take most of a frame.

const stage = byId("stage");
const holder = byId("network");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");

let network = null;
let items = null;
let hovered = null; // number of a thing
let labels = { key: "", placed: [] };
const frames = { last: 0, count: 0 };

function outline({ ctx, id, x, y }) {
  if (typeof id === "string") return bubble(ctx, communities[Number(id.slice(1))], x, y);
  const r = radius(id, network ? network.getScale() : 1);
  return {
    drawNode() {
      if (shown.count <= MANY) drawThing(ctx, id, x, y, r);
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

// Thousands of outlines take longer than a frame: of many things each look is drawn once and stamped.
const MANY = 300;
const stamps = new Map();

function stamp(number, size, ratio) {
  const key = `${nodes[number].group} ${size} ${isInferred[number]} ${ratio}`;
  let image = stamps.get(key);
  if (!image) {
    image = document.createElement("canvas");
    image.width = image.height = 2 * Math.ceil(size * 1.45 * ratio) + 2;
    const drawing_ = image.getContext("2d");
    drawing_.setTransform(ratio, 0, 0, ratio, image.width / 2, image.height / 2);
    drawThing(drawing_, number, 0, 0, size);
    stamps.set(key, image);
  }
  return image;
}

// Whole pixels and no scaling: the quickest way from one canvas to another.
function stampAll(context, eye, ratio) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (let i = 0; i < nodes.length; i += 1) {
    if (!shown.drawn[i]) continue;
    const x = eye.x(nodes[i].x), y = eye.y(nodes[i].y);
    if (x < -40 || y < -40 || x > eye.width + 40 || y > eye.height + 40) continue;
    const size = Math.max(1, Math.round(radius(i, eye.scale) * eye.scale * 4)) / 4;
    const image = stamp(i, size, ratio), half = image.width / 2;
    context.drawImage(image, Math.round(x * ratio) - half, Math.round(y * ratio) - half);
  }
}

// What no article names is an outline only.
function drawThing(context, number, x, y, r) {
  context.save();
  context.translate(x, y);
  context.scale(r, r);
  const path = outlines[nodes[number].group];
  const colour = kindColour(kindOf[number]);
  context.fillStyle = isInferred[number] ? colours.paper : colour;
  context.strokeStyle = isInferred[number] ? colour : colours.paper;
  context.lineWidth = isInferred[number] ? 0.34 : 2 * Math.min(1.2 / r, 0.16);
  if (isInferred[number]) context.fill(path);
  context.stroke(path);
  if (!isInferred[number]) context.fill(path);
  context.restore();
}

// A folded community: a disc, and on its rim how much of each type is in it.
function bubble(context, community, x, y) {
  const r = community.radius;
  return {
    drawNode() {
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.fillStyle = colours.sheet;
      context.fill();
      context.lineWidth = r * 0.09;
      let at = -Math.PI / 2;
      for (const [kind, share] of shares(community)) {
        const end = at + share * 2 * Math.PI;
        context.beginPath();
        context.arc(x, y, r * 0.93, at, end);
        context.strokeStyle = kindColour(kind);
        context.stroke();
        at = end;
      }
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

function shares(community) {
  if (community.sharesFor !== shown.key) {
    const inside = community.members.filter((i) => shown.things[i]);
    const perKind = new Map();
    for (const i of inside) perKind.set(kindOf[i], (perKind.get(kindOf[i]) || 0) + 1);
    community.shares = data.kinds.filter((kind) => perKind.has(kind)).map((kind) => [kind, perKind.get(kind) / inside.length]);
    community.count = inside.length;
    community.sharesFor = shown.key;
  }
  return community.shares;
}

function asItem(number) {
  const { x, y } = nodes[number];
  return { id: number, x, y, shape: "custom", ctxRenderer: outline };
}

function asBubble(number) {
  const { x, y } = communities[number];
  return { id: `c${number}`, x, y, shape: "custom", ctxRenderer: outline, fixed: true };
}

// Only what is drawn is in the data set: a hidden node costs as much as a drawn one.
function synchronise() {
  const wanted = new Map();
  nodes.forEach((_, i) => { if (shown.drawn[i]) wanted.set(i, () => asItem(i)); });
  for (const number of shown.folded) wanted.set(`c${number}`, () => asBubble(number));
  const moved_ = settle();
  const present = items.getIds();
  const gone = present.filter((id) => !wanted.has(id));
  if (moved_) items.update(present.filter((id) => typeof id === "number" && wanted.has(id)).map((id) => ({ id, x: nodes[id].x, y: nodes[id].y })));
  for (const id of present) wanted.delete(id);
  if (gone.length) items.remove(gone);
  if (wanted.size) items.add([...wanted.values()].map((make) => make()));
  labels.key = "";
}

function upright() {
  return stage.clientHeight > stage.clientWidth * 1.1;
}

// Drawing

function camera() {
  const scale = network.getScale(), centre = network.getViewPosition();
  const width = holder.clientWidth, height = holder.clientHeight;
  return {
    scale, width, height,
    x: (wx) => (wx - centre.x) * scale + width / 2,
    y: (wy) => (wy - centre.y) * scale + height / 2,
    left: centre.x - width / 2 / scale, right: centre.x + width / 2 / scale,
    top: centre.y - height / 2 / scale, bottom: centre.y + height / 2 / scale,
  };
}

function inSight({ from, to }, eye) {
  const a = nodes[from], b = nodes[to];
  return Math.max(a.x, b.x) >= eye.left && Math.min(a.x, b.x) <= eye.right
    && Math.max(a.y, b.y) >= eye.top && Math.min(a.y, b.y) <= eye.bottom;
}

function lineWidth(scale) {
  return Math.max(1.1, 0.55 / scale);
}

function drawLines(context) {
  const eye = camera();
  const { scale } = eye;
  context.fillStyle = colours.paper; // what fades over an empty ground comes out in another shade
  context.fillRect(eye.left - 1, eye.top - 1, eye.right - eye.left + 2, eye.bottom - eye.top + 2);
  context.lineCap = "butt";
  if (shown.folded.length) drawBundles(context, scale);
  context.strokeStyle = colours.edge;
  context.fillStyle = colours.edge;
  context.lineWidth = lineWidth(scale);
  const tips = scale > 0.42 || shown.links < 260;
  const arrows = [];
  for (const line of LINES) {
    context.beginPath();
    for (const j of shown.lines) {
      if (lineOf[j] !== line || !inSight(edges[j], eye)) continue;
      const drawn = trace(context, j, scale);
      if (tips && drawn) arrows.push(drawn);
    }
    context.strokeStyle = lineColour(line);
    context.globalAlpha = (shown.links > 1200 && scale < 0.5 ? 0.6 : 0.85);
    context.setLineDash(DASHES[line].map((dash) => dash * Math.max(1, 0.5 / scale)));
    context.stroke();
  }
  context.setLineDash([]);
  context.beginPath();
  for (const drawn of arrows) traceArrow(context, drawn, 7);
  context.globalAlpha = 0.9;
  context.fill();
  context.globalAlpha = 1;
  context.beginPath();
}

// Between communities one line stands for all relations, and only for the strongest ties: all of
// them would be a grey ball.
let bundles = { key: -1, lines: [] };

function bundled() {
  if (bundles.key === shown.key) return bundles.lines;
  const folded = new Set(shown.folded);
  const sums = new Map();
  edges.forEach(({ from, to }, j) => {
    if (!shown.relations[j]) return;
    const a = Math.min(communityOf[from], communityOf[to]), b = Math.max(communityOf[from], communityOf[to]);
    if (a === b || (!folded.has(a) && !folded.has(b))) return;
    if (!communities[a].near.includes(b) && !communities[b].near.includes(a)) return;
    sums.set(`${a} ${b}`, (sums.get(`${a} ${b}`) || 0) + 1);
  });
  bundles = { key: shown.key, lines: [...sums].map(([pair, count]) => [...pair.split(" ").map(Number), count]) };
  return bundles.lines;
}

function drawBundles(context, scale) {
  context.globalAlpha = 0.4;
  context.strokeStyle = colours.edge;
  for (const [a, b, count] of bundled()) {
    context.lineWidth = Math.min(6, 0.5 + Math.sqrt(count) * 0.35) / scale;
    context.beginPath();
    context.moveTo(communities[a].x, communities[a].y);
    context.lineTo(communities[b].x, communities[b].y);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.paper;
  context.strokeStyle = colours.rule;
  context.lineWidth = 1.5 / scale;
  for (const number of unfolded()) {
    const { x, y, radius: r } = communities[number];
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function unfolded() {
  return state.opened.filter((number) => !shown.folded.includes(number));
}

// Labels and whatever is pointed out lie over the rest, in pixels of the screen.
function drawOver(context) {
  const eye = camera();
  const ratio = context.canvas.width / holder.clientWidth || 1;
  const emphasis = emphasised();
  context.save();
  if (shown.count > MANY) stampAll(context, eye, ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (emphasis) {
    context.globalAlpha = colours.dark ? 0.8 : 0.84;
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, eye.width, eye.height);
    context.globalAlpha = 1;
    drawEmphasis(context, eye, emphasis, ratio);
  } else {
    drawLabels(context, eye, labelsAt(eye.scale));
    drawBubbleLabels(context, eye);
  }
  context.restore();
  context.beginPath();
  frames.count += 1;
}

function zoomStep(scale) {
  return 2 ** (Math.floor(Math.log2(scale) * 6) / 6);
}

// Placed for steps of zoom, so that labels neither flicker nor cost anything while one pans.
function labelsAt(scale) {
  const step = zoomStep(scale);
  const key = `${step}`;
  if (labels.key !== key) labels = { key, placed: restingLabels(step) };
  return labels.placed;
}

function drawLabels(context, eye, placed, colour = null) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.direction = "ltr";
  for (const label of placed) {
    const node = nodes[label.number];
    const r = radius(label.number, eye.scale) * eye.scale;
    const spot = spots(label, r, isLoose[label.number])[label.place];
    const x = eye.x(node.x) + spot.dx, y = eye.y(node.y) + spot.dy + LEADING / 2;
    if (x < -240 || x > eye.width + 240 || y < -60 || y > eye.height + 60) continue;
    context.font = font(label.style);
    context.textAlign = spot.align;
    context.strokeStyle = colours.paper;
    context.lineWidth = 3.5;
    label.lines.forEach((line, n) => context.strokeText(line, x, y + n * LEADING));
    context.fillStyle = colour || (label.style.weight > 400 ? colours.ink : colours["ink-2"]);
    label.lines.forEach((line, n) => context.fillText(line, x, y + n * LEADING));
  }
}

// The name of the greatest thing in a community and how many there are; as much as fits into the disc.
function bubbleLabel(number, room) {
  const community = communities[number];
  shares(community);
  const count = formatted(community.count);
  const name = community.loose ? [words("community.loose")] : community.caption;
  const lines = [...name, words("community.more", { n: count })];
  const style = { weight: 600, px: 12 };
  if (Math.max(...lines.map((line) => textWidth(line, style))) < room) return { lines, style };
  const small = { weight: 400, px: 10.5 };
  if (Math.max(...lines.map((line) => textWidth(line, small))) < room) return { lines, style: small };
  return textWidth(count, small) < room ? { lines: [count], style: small } : { lines: [], style };
}

function drawBubbleLabels(context, eye) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const number of shown.folded) {
    const { x, y, radius: r } = communities[number];
    const sx = eye.x(x), sy = eye.y(y), half = r * eye.scale;
    if (sx < -half || sx > eye.width + half || sy < -half || sy > eye.height + half) continue;
    const { lines, style } = bubbleLabel(number, half * 1.66);
    context.font = font(style);
    context.fillStyle = colours.ink;
    lines.forEach((line, n) => context.fillText(line, sx, sy + (n - (lines.length - 1) / 2) * (style.px + 3)));
  }
}

// What is pointed out: the things and relations that stay clear when the rest fades.
function emphasised() {
  const chosen = hovered !== null ? { thing: hovered } : state.selected;
  if (!chosen) return null;
  if ("relation" in chosen) {
    const { from, to } = edges[chosen.relation];
    if (!shown.drawn[from] || !shown.drawn[to]) return null;
    return { centre: from, things: [...new Set([from, to])], lines: [chosen.relation] };
  }
  if (!shown.drawn[chosen.thing]) return null;
  const lines = around[chosen.thing].filter((j) => shown.relations[j] && shown.drawn[other(j, chosen.thing)]);
  const near = new Set(lines.map((j) => other(j, chosen.thing)));
  near.delete(chosen.thing);
  return { centre: chosen.thing, things: [chosen.thing, ...[...near].sort((a, b) => nodes[b].size - nodes[a].size || a - b)], lines };
}

function drawEmphasis(context, eye, { centre, things: clear, lines }, ratio) {
  const { scale } = eye;
  context.save();
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * eye.x(0), ratio * eye.y(0));
  context.strokeStyle = colours["edge-strong"];
  context.fillStyle = colours["edge-strong"];
  context.lineWidth = Math.max(1.5, 1.3 / scale) * (scale > 1 ? 1 / Math.sqrt(scale) : 1);
  const tip = Math.max(8, 7 / scale);
  for (const j of lines) {
    context.setLineDash(DASHES[lineOf[j]]);
    context.beginPath();
    const drawn = trace(context, j, scale);
    context.stroke();
    if (!drawn || drawn.length * scale < 16) continue;
    context.beginPath();
    traceArrow(context, drawn, Math.min(tip, drawn.length / 3));
    context.fill();
  }
  context.setLineDash([]);
  for (const i of [...clear].reverse()) drawThing(context, i, nodes[i].x, nodes[i].y, Math.max(radius(i, scale), (i === centre ? 6 : 4) / scale));
  const { x, y } = nodes[centre];
  context.beginPath();
  context.arc(x, y, Math.max(radius(centre, scale), 6 / scale) * 1.25 + 3.5 / scale, 0, 2 * Math.PI);
  context.lineWidth = 2 / scale;
  context.strokeStyle = kindColour(kindOf[centre]);
  if (lines.length !== 1 || clear.length === 1 || !state.selected || !("relation" in state.selected)) context.stroke();
  context.restore();
  const room = new Room();
  for (const i of clear) {
    const r = radius(i, scale) * scale * 0.8;
    room.take([nodes[i].x * scale - r, nodes[i].y * scale - r, nodes[i].x * scale + r, nodes[i].y * scale + r], i);
  }
  const placed = [...placeLabels([centre], scale, { always: true, room }), ...placeLabels(clear.slice(1), scale, { room })];
  if (lines.length <= 24) drawRelationNames(context, eye, lines, room);
  drawLabels(context, eye, placed, colours.ink);
}

function drawRelationNames(context, eye, lines, room) {
  const style = { weight: 400, px: 11.5 };
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.font = font(style);
  for (const j of lines) {
    const line = course(j, eye.scale);
    const text = named(data.predicates[relations[j].predicate]).slice(0, 40);
    const width = textWidth(text, style);
    if (line && line.length * eye.scale < width + 34) continue;
    const [mx, my] = middleOf(j, eye.scale);
    const x = mx * eye.scale, y = my * eye.scale;
    if (!room.free([x - width / 2, y - 8, x + width / 2, y + 8], -2 - j)) continue;
    room.take([x - width / 2, y - 8, x + width / 2, y + 8], -2 - j);
    context.strokeStyle = colours.paper;
    context.lineWidth = 4;
    context.strokeText(text, eye.x(mx), eye.y(my));
    context.fillStyle = colours["ink-2"];
    context.fillText(text, eye.x(mx), eye.y(my));
  }
}

// The camera

function bounds(numbers) {
  let box = null;
  const add = (x, y, r) => {
    box ??= [Infinity, Infinity, -Infinity, -Infinity];
    box = [Math.min(box[0], x - r), Math.min(box[1], y - r), Math.max(box[2], x + r), Math.max(box[3], y + r)];
  };
  for (const i of numbers) add(nodes[i].x, nodes[i].y, nodes[i].size);
  return { add, get box() { return box; } };
}

// The part of the stage that neither a card nor the buttons cover.
function clearing() {
  const card = byId("card");
  const width = holder.clientWidth, height = holder.clientHeight;
  if (narrow.matches) return { left: 0, top: 0, right: width, bottom: card.hidden ? height : Math.max(120, height - card.offsetHeight) };
  const left = 44;
  return { left, top: 0, right: card.hidden ? width : Math.max(left + 240, width - card.offsetWidth - 12), bottom: height };
}

function move(x, y, scale, animate = true) {
  const animation = animate && !still.matches ? { duration: 320, easingFunction: "easeInOutQuad" } : false;
  const place = clearing();
  const offset = {
    x: (place.left + place.right) / 2 - holder.clientWidth / 2,
    y: (place.top + place.bottom) / 2 - holder.clientHeight / 2,
  };
  network.moveTo({ position: { x, y }, scale, offset, animation });
}

// How far a thing and its label reach from its centre, in pixels: left, top, right, below.
function reach(number, scale, placed) {
  const r = radius(number, scale) * scale;
  const label = placed.get(number);
  if (!label) return [r, r, r, r];
  const { box } = spots(label, r, isLoose[number])[label.place];
  const most = narrow.matches ? holder.clientWidth * 0.13 : Infinity; // on a telephone labels would leave no room for the picture
  return [Math.max(r, Math.min(most, -box[0])), Math.max(r, -box[1]), Math.max(r, Math.min(most, box[2])), Math.max(r, box[3])];
}

// What things and labels cover at a scale, in pixels.
function extent(numbers, scale, placed) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of numbers) {
    const [left, top, right, below] = reach(i, scale, placed);
    const x = nodes[i].x * scale, y = nodes[i].y * scale;
    box[0] = Math.min(box[0], x - left);
    box[1] = Math.min(box[1], y - top);
    box[2] = Math.max(box[2], x + right);
    box[3] = Math.max(box[3], y + below);
  }
  return box;
}

// The greatest scale at which all of it fits, and where the middle then is. Labels stand elsewhere at
// another scale, so they are placed anew a few times.
function fitted(numbers, width, height) {
  let placed = new Map(numbers.map((i) => [i, { ...labelSize(i), place: 0 }]));
  let scale = 1.25;
  for (let round_ = 0; round_ < 4; round_ += 1) {
    const fits = (one) => { const box = extent(numbers, one, placed); return box[2] - box[0] <= width && box[3] - box[1] <= height; };
    let low = 0.01, high = 1.25;
    if (fits(high)) low = high;
    for (let n = 0; n < 14 && low < high; n += 1) {
      const middle = (low + high) / 2;
      if (fits(middle)) low = middle; else high = middle;
    }
    scale = low;
    placed = new Map(restingLabels(zoomStep(scale)).map((label) => [label.number, label]));
  }
  const box = extent(numbers, scale, placed);
  return { scale, x: (box[0] + box[2]) / 2 / scale, y: (box[1] + box[3]) / 2 / scale };
}

function fitAll(animate = true) {
  const numbers = nodes.map((_, i) => i).filter((i) => shown.drawn[i]);
  view = null;
  const place = clearing();
  const width = place.right - place.left, height = place.bottom - place.top;
  if (numbers.length && numbers.length <= 400 && !shown.folded.length) {
    const { x, y, scale } = fitted(numbers, width - 36, height - (byId("chips").childElementCount ? 84 : 40));
    move(x, y - (byId("chips").childElementCount ? 20 / scale : 0), scale, animate);
    return;
  }
  const frame = bounds(numbers);
  for (const number of shown.folded) frame.add(communities[number].x, communities[number].y, communities[number].radius);
  const { box } = frame;
  if (!box) return;
  const scale = Math.min((width - 48) / (box[2] - box[0]), (height - 68) / (box[3] - box[1]), 1.25);
  move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, Math.max(scale, 0.01), animate);
}

// What the page shows when it opens or turns: everything, or what has been chosen.
function reframe(animate) {
  fitAll(animate);
  if (!state.selected || state.roots.length) return;
  frameAround("thing" in state.selected ? state.selected.thing : edges[state.selected.relation].from, animate);
}

// The thing and what is around it, as large as there is room for.
function frameAround(thing, animate = true) {
  const near = [...neighbours(thing)].filter((i) => shown.drawn[i]);
  const { x, y } = nodes[thing];
  const spread = (size) => near.reduce((most, i) => Math.max(most, size(i)), 60);
  const wide = spread((i) => Math.abs(nodes[i].x - x)), high = spread((i) => Math.abs(nodes[i].y - y));
  const place = clearing();
  const scale = Math.min((place.right - place.left - 130) / (2 * wide), (place.bottom - place.top - 90) / (2 * high));
  move(x, y, Math.max(network.getScale(), Math.min(0.9, scale)), animate);
}

// How far a stretch has to move to lie between two bounds; what must be in sight decides where it is too long.
function shift(least, most, must, from, to) {
  if (most - least > to - from) return Math.max(from, Math.min(to, must)) - must;
  return least < from ? from - least : most > to ? to - most : 0;
}

// Moves no more than it takes to see the thing and what is around it.
function reveal(thing) {
  const eye = camera(), place = clearing();
  const seen = [thing, ...neighbours(thing)].filter((i) => shown.drawn[i]);
  const xs = seen.map((i) => eye.x(nodes[i].x)), ys = seen.map((i) => eye.y(nodes[i].y));
  const dx = shift(Math.min(...xs), Math.max(...xs), xs[0], place.left + 50, place.right - 70);
  const dy = shift(Math.min(...ys), Math.max(...ys), ys[0], place.top + 40, place.bottom - 50);
  if (!dx && !dy) return;
  const { x, y } = network.getViewPosition();
  const animation = still.matches ? false : { duration: 320, easingFunction: "easeInOutQuad" };
  network.moveTo({ position: { x: x - dx / eye.scale, y: y - dy / eye.scale }, animation });
}

function zoomBy(factor) {
  const { x, y } = network.getViewPosition();
  const scale = Math.min(6, Math.max(0.01, network.getScale() * factor));
  network.moveTo({ position: { x, y }, scale, animation: still.matches ? false : { duration: 160, easingFunction: "easeOutQuad" } });
  moved();
}

// Where the address says that the reader was.
function comeBack() {
  network.moveTo({ position: { x: view[0] * stretched[0], y: view[1] * stretched[1] }, scale: view[2] });
}

function moved() {
  const { x, y } = network.getViewPosition();
  view = [Math.round(x / stretched[0]), Math.round(y / stretched[1]), Number(network.getScale().toPrecision(4)), tall ? 1 : 0];
  remember();
}

// Pointing

function thingAt(point, reach) {
  const scale = network.getScale();
  let best = null, least = Infinity;
  for (let i = 0; i < nodes.length; i += 1) {
    if (!shown.drawn[i]) continue;
    const distance = Math.hypot(nodes[i].x - point.x, nodes[i].y - point.y) - radius(i, scale);
    if (distance < least) { least = distance; best = i; }
  }
  return least * scale <= reach ? best : null;
}

function relationAt(point) {
  const eye = camera();
  let best = null, least = 7 / eye.scale;
  for (const j of shown.lines) {
    const distance = distanceToLine(j, point.x, point.y, eye.scale);
    if (distance < least) { least = distance; best = j; }
  }
  return best;
}

function communityAt(point) {
  const hit = shown.folded.find((number) => {
    const { x, y, radius: r } = communities[number];
    return Math.hypot(x - point.x, y - point.y) <= Math.max(r, 12 / network.getScale());
  });
  return hit === undefined ? null : hit;
}

function point(event) {
  const box = holder.getBoundingClientRect();
  return network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top });
}

const DOUBLE = 320; // a second click within this time must find the thing where it was
let revealing = 0;

function clicked({ pointer, event }) {
  const reach = event && event.pointerType === "touch" ? 18 : 7;
  const at = pointer.canvas;
  const thing = thingAt(at, reach);
  if (thing !== null) {
    select({ thing }, {});
    clearTimeout(revealing);
    revealing = setTimeout(() => { if (state.selected?.thing === thing) reveal(thing); }, DOUBLE);
    return undefined;
  }
  const community = communityAt(at);
  if (community !== null) return unfold(community);
  const relation = relationAt(at);
  return select(relation === null ? null : { relation }, {});
}

function unfold(number) {
  change({ opened: [...state.opened.filter((one) => one !== number), number] }, { community: number });
}

let over = ""; // what the pointer is over

function pointed(event) {
  const at = point(event);
  const thing = event.buttons ? hovered : thingAt(at, 5);
  const community = thing === null && !event.buttons ? communityAt(at) : null;
  const relation = thing === null && community === null && !event.buttons ? relationAt(at) : null;
  holder.style.cursor = thing !== null || community !== null || relation !== null ? "pointer" : "default";
  const now = event.buttons ? "" : `${thing} ${community} ${relation}`;
  if (now !== over) showTip(thing, community, relation);
  over = now;
  placeTip(event);
  if (thing === hovered) return;
  hovered = thing;
  network.redraw();
}

function unpointed() {
  over = "";
  byId("tip").hidden = true;
  if (hovered === null) return;
  hovered = null;
  network.redraw();
}

function startPicture() {
  items = new vis.DataSet();
  network = new vis.Network(holder, { nodes: items, edges: new vis.DataSet() }, {
    ...data.options,
    autoResize: false,
  });
  network.on("beforeDrawing", drawLines);
  network.on("afterDrawing", drawOver);
  network.on("click", clicked);
  network.on("doubleClick", ({ pointer }) => {
    const thing = thingAt(pointer.canvas, 9);
    clearTimeout(revealing);
    if (thing !== null) grow(thing);
  });
  network.on("dragging", dragged);
  network.on("dragEnd", (parameters) => { dragged(parameters); moved(); });
  network.on("zoom", () => {
    const scale = network.getScale();
    if (scale > 8 || scale < 0.01) network.moveTo({ scale: Math.min(8, Math.max(0.01, scale)) });
    moved();
  });
  let waiting = 0;
  holder.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || waiting) return;
    waiting = requestAnimationFrame(() => { waiting = 0; pointed(event); });
  });
  holder.addEventListener("pointerleave", unpointed);
  holder.addEventListener("pointerdown", () => { byId("tip").hidden = true; over = ""; });
  new ResizeObserver(() => {
    network.setSize("100%", "100%");
    const turned = tall !== upright();
    tall = upright();
    synchronise();
    if (view && !turned) network.redraw();
    else reframe(false);
  }).observe(stage);
}

function dragged({ nodes: held }) {
  const positions = network.getPositions(held.filter((id) => typeof id === "number"));
  for (const [id, { x, y }] of Object.entries(positions)) Object.assign(nodes[Number(id)], { x, y });
  if (held.length) labels.key = "";
}
