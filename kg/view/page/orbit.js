// Where things stand around a root: in rings, those of one relation beside each other. Worked out from the
// graph alone, so that filters move nothing and a link shows the same picture. What grows from another
// root is set outside of it, and pushes nothing away that stands already.

const ORBIT_MOST = 600; // more things than this stay where they are in the whole
let settledFor = null;

function boxOf(number) {
  const { width, height } = labelSize(number);
  const r = nodes[number].size * 1.1;
  return [Math.max(2 * r, width) + 16, 2 * r + height + 12];
}

// Neighbours in the order in which they stand around a thing, each only once: those that share another
// neighbour beside each other, then those of one relation.
function ordered(thing, taken, farther) {
  const seen = new Map();
  for (const j of around[thing]) {
    const near = other(j, thing);
    if (near === thing || taken.has(near) || seen.has(near)) continue;
    seen.set(near, [relations[j].predicate, edges[j].from === thing ? 0 : 1, nodes[near].group, near]);
  }
  const sharing = new Map();
  if (farther)
    for (const near of seen.keys())
      for (const beyond of neighbours(near))
        if (beyond !== thing && !taken.has(beyond) && !seen.has(beyond)) sharing.set(beyond, (sharing.get(beyond) || 0) + 1);
  const shared = (near) => {
    let most = 1, best = nodes.length;
    for (const beyond of neighbours(near))
      if ((sharing.get(beyond) || 0) > most) { most = sharing.get(beyond); best = beyond; }
    return best;
  };
  const keys = [...seen].map(([near, key]) => [farther ? shared(near) : 0, ...key]);
  keys.sort((a, b) => a.reduce((found_, value, n) => found_ || value - b[n], 0));
  return keys.map((key) => key[4]);
}

// The tree of shortest ways from a thing, not farther than so many steps.
function tree(root, hops, taken) {
  const below = new Map([[root, []]]);
  let ring = [root];
  const seen = new Set([...taken, root]);
  for (let far = 0; far < hops; far += 1) {
    const next = [];
    for (const thing of ring) {
      const near = ordered(thing, seen, far + 1 < hops);
      for (const one of near) { seen.add(one); below.set(one, []); }
      below.set(thing, near);
      next.push(...near);
    }
    ring = next;
  }
  return below;
}

function weights(below, root) {
  const weight = new Map();
  const weigh = (thing) => {
    const sum = below.get(thing).reduce((total, one) => total + weigh(one), 0);
    weight.set(thing, Math.max(1, sum * 0.8));
    return weight.get(thing);
  };
  weigh(root);
  return weight;
}

const STEP = 92; // from ring to ring
const PITCH = 84; // from thing to thing on a ring

// How many rings it takes to seat so many things in a part of a circle.
function rings(count, turn, inner) {
  let levels = 1, room = turn * (inner + STEP);
  while (room < count * PITCH && levels < 12) {
    levels += 1;
    room += turn * (inner + STEP * levels);
  }
  return levels;
}

// Sets a tree around its root, in the part of a circle between two angles.
function fan(places, below, root, from, to) {
  const weight = weights(below, root);
  const [rx, ry] = tall ? [0.85, 1.2] : [1.3, 0.85];
  const [x, y] = places.get(root);
  const set = (thing, start, end, inner) => {
    const near = below.get(thing);
    const total = near.reduce((sum, one) => sum + weight.get(one), 0) || 1;
    const levels = rings(total, end - start, inner);
    let at = start;
    near.forEach((one, n) => {
      const share = ((end - start) * weight.get(one)) / total;
      const out = inner + STEP * (1 + (below.get(one).length ? levels - 1 : n % levels));
      places.set(one, [x + Math.cos(at + share / 2) * out * rx, y + Math.sin(at + share / 2) * out * ry]);
      if (below.get(one).length) set(one, at, at + share, out);
      at += share;
    });
  };
  set(root, from, to, 20);
}

// Moves boxes that overlap apart, along the shorter way out; what is fixed stays.
function pushApart(places, fixed, rounds = 80) {
  const all = [...places.keys()];
  const box = new Map(all.map((i) => [i, boxOf(i)]));
  const widest = Math.max(...[...box.values()].map(([w]) => w));
  for (let round_ = 0; round_ < rounds; round_ += 1) {
    let moved_ = false;
    all.sort((a, b) => places.get(a)[0] - places.get(b)[0] || a - b);
    for (let a = 0; a < all.length; a += 1) {
      const here = places.get(all[a]), [w, h] = box.get(all[a]);
      for (let b = a + 1; b < all.length; b += 1) {
        const there = places.get(all[b]), [v, g] = box.get(all[b]);
        const dx = there[0] - here[0];
        if (dx > widest) break;
        const overX = (w + v) / 2 - dx, dy = there[1] - here[1], overY = (h + g) / 2 - Math.abs(dy);
        const mine = fixed.has(all[a]) ? 0 : 1, theirs = fixed.has(all[b]) ? 0 : 1;
        if (overX <= 0.5 || overY <= 0.5 || mine + theirs === 0) continue;
        moved_ = true;
        const axis = overX < overY ? 0 : 1;
        const way = (axis ? overY * (dy < 0 ? -1 : 1) : overX) / (mine + theirs);
        here[axis] -= way * mine;
        there[axis] += way * theirs;
      }
    }
    if (!moved_) break;
  }
}

function orbit(roots, hops) {
  const places = new Map();
  roots.forEach((root, place) => {
    const before = new Set(places.keys());
    if (!places.has(root)) {
      const right = Math.max(0, ...[...places.values()].map(([x]) => x));
      places.set(root, place ? [right + 260, 0] : [0, 0]);
    }
    const below = tree(root, place ? 1 : hops, before);
    const [x, y] = places.get(root);
    if (!before.has(root)) fan(places, below, root, -Math.PI / 2, 1.5 * Math.PI);
    else {
      const away = Math.atan2(y, x), spread_ = Math.min(Math.PI * 0.75, 0.35 + below.get(root).length * 0.16);
      fan(places, below, root, away - spread_, away + spread_);
    }
    pushApart(places, place ? before : new Set([root]));
  });
  return places;
}

// How much wider or higher the whole is drawn than it was worked out, so that it fills the page.
const STRETCH = 1.45;
const spans = [0, 1].map((page) => [0, 1].map((axis) => {
  let least = 0, most = 0;
  for (const home of homes) { least = Math.min(least, home[page][axis]); most = Math.max(most, home[page][axis]); }
  return most - least + 120;
}));

let stretched = [1, 1];

function stretch() {
  if (overview || state.roots.length) return [1, 1];
  const [width, height] = spans[tall ? 1 : 0];
  const ratio = (width / height) / (stage.clientWidth / Math.max(1, stage.clientHeight));
  const step = (value) => Math.round(Math.min(STRETCH, Math.max(1, value)) * 10) / 10;
  return [step(1 / ratio), step(ratio)];
}

// Puts things where they belong: in the whole, or around the roots. Says whether anything moved.
function settle() {
  const [sx, sy] = stretch();
  const key = JSON.stringify([tall && !overview, state.roots, state.roots.length ? state.hops : 0, sx, sy]);
  if (key === settledFor) return false;
  settledFor = key;
  stretched = [sx, sy];
  const few = state.roots.length && surroundings(() => true, () => true).size <= ORBIT_MOST;
  const places = few ? orbit(state.roots, state.hops) : new Map();
  nodes.forEach((node, number) => {
    const [x, y] = homes[number][tall && !overview ? 1 : 0];
    // vis-network reads a position as text up to the first sign that is no digit: 6e-15 as 6
    [node.x, node.y] = (places.get(number) || [x * sx, y * sy]).map(Math.round);
  });
  return true;
}
