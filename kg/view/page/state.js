// What the reader has chosen: everything that undo takes back and that the address holds.

const YEARS = [...new Set(relations.flatMap((relation) => relation.years))].sort((a, b) => a - b);

const FARTHEST = 4;

const fresh = () => ({
  kindsOff: new Set(), // types of things
  predicatesOff: new Set(),
  linesOff: new Set(),
  hidden: new Set(), // numbers of things
  roots: [], // things whose surroundings are all that is shown; empty: everything
  hops: 1, // how far the surroundings of the first of them reach
  articles: [], // numbers of articles; what none of them says is not shown
  opened: [], // communities that are unfolded, the latest last
  years: null, // [first, last]
  undated: true,
  isolated: true,
  selected: null, // { thing } or { relation }
});

// How the page opens where the address says nothing else.
const opening = () => (data.focus === null ? fresh() : { ...fresh(), roots: [data.focus], hops: Math.min(FARTHEST, data.hops) });

let state = opening();
let theme = "";
const history_ = [];
const listeners = [];

// The things and relations that are shown, worked out anew whenever the choice changes.
const shown = {
  things: new Uint8Array(nodes.length), // passes all filters
  drawn: new Uint8Array(nodes.length), // and is not inside a folded community
  relations: new Uint8Array(edges.length),
  folded: [], // numbers of communities that are shown as a circle
  far: null, // how far things are from the roots, where there are any
  lines: [], // numbers of the relations that are drawn
  count: 0,
  links: 0,
  key: 0, // another number for every other choice
};

function dated(relation) {
  if (!state.years) return true;
  if (relation.years.length === 0) return state.undated;
  return relation.years.some((year) => year >= state.years[0] && year <= state.years[1]);
}

// Relations that the filters let through, whatever their ends are.
function passes(number) {
  const relation = relations[number];
  return !state.predicatesOff.has(data.predicates[relation.predicate].predicate) && !state.linesOff.has(lineOf[number])
    && dated(relation) && (!state.articles.length || relation.evidence.some(([sentence]) => state.articles.includes(data.sentences[sentence][0])));
}

function passing(number) {
  return !state.kindsOff.has(kindOf[number].type) && !state.hidden.has(number)
    && !(isInferred[number] && state.linesOff.has("derived"))
    && (!state.articles.length || things[number].articles.some((article) => state.articles.includes(article)));
}

// The things around the roots, and how far they are; of relations and things only those that are let through.
function surroundings(open, let_) {
  const found = new Map();
  state.roots.forEach((root, place) => {
    let ring = [root];
    if (!found.has(root)) found.set(root, 0);
    for (let far = 1; far <= (place ? 1 : state.hops) && ring.length; far += 1) {
      const next = [];
      for (const i of ring)
        for (const j of around[i]) {
          const near = other(j, i);
          if (open(j) && let_(near) && !found.has(near)) { found.set(near, far); next.push(near); }
        }
      ring = next;
    }
  });
  return found;
}

function work() {
  shown.key += 1;
  const open = new Uint8Array(edges.length);
  edges.forEach((_, j) => { open[j] = passes(j) ? 1 : 0; });
  nodes.forEach((_, i) => { shown.things[i] = passing(i) ? 1 : 0; });
  if (state.articles.length)
    edges.forEach(({ from, to }, j) => {
      if (open[j]) for (const i of [from, to]) if (!state.kindsOff.has(kindOf[i].type) && !state.hidden.has(i)) shown.things[i] = 1;
    });
  shown.far = null;
  if (state.roots.length) {
    const only = surroundings((j) => open[j], (i) => shown.things[i]);
    shown.far = only;
    nodes.forEach((_, i) => { if (!only.has(i)) shown.things[i] = 0; });
  }
  const linked = new Uint8Array(nodes.length);
  edges.forEach(({ from, to }, j) => {
    const on = open[j] && shown.things[from] && shown.things[to];
    shown.relations[j] = on ? 1 : 0;
    if (on) linked[from] = linked[to] = 1;
  });
  if (!state.isolated) nodes.forEach((_, i) => { if (!linked[i] && !state.roots.includes(i)) shown.things[i] = 0; });
  fold();
  shown.count = shown.drawn.reduce((sum, on) => sum + on, 0);
  shown.lines = edges.map((_, j) => j).filter((j) => shown.relations[j] && shown.drawn[edges[j].from] && shown.drawn[edges[j].to]);
  shown.links = shown.lines.length;
}

// Of a graph too large to be drawn whole, only unfolded communities are drawn, as many as there is room for.
function fold() {
  shown.drawn.set(shown.things);
  shown.folded = [];
  if (!overview) return;
  if (shown.far) {
    const drawn = byWeight.filter((i) => shown.drawn[i]).sort((a, b) => shown.far.get(a) - shown.far.get(b));
    for (const i of drawn.slice(data.limit)) shown.drawn[i] = 0;
    return;
  }
  const open = new Set();
  let room = data.limit;
  for (const number of [...state.opened].reverse()) {
    const size = communities[number].members.filter((i) => shown.things[i]).length;
    if (size <= room) { open.add(number); room -= size; }
  }
  nodes.forEach((_, i) => { if (!open.has(communityOf[i])) shown.drawn[i] = 0; });
  communities.forEach((community, number) => {
    if (!open.has(number) && community.members.some((i) => shown.things[i])) shown.folded.push(number);
  });
}

function onChange(listener) {
  listeners.push(listener);
}

function refresh(reason = {}) {
  work();
  for (const listener of listeners) listener(reason);
  remember();
}

// Changes what is chosen; undo leads back to what was before.
function change(changes, reason = {}) {
  const before = written();
  Object.assign(state, changes);
  if (written() !== before) {
    history_.push(before);
    if (history_.length > 200) history_.shift();
  }
  refresh(reason);
}

function undo() {
  if (!history_.length) return;
  state = { ...read(history_.pop(), fresh()), selected: state.selected };
  refresh({ fit: true });
}

function showAll() {
  change({ ...fresh(), selected: state.selected }, { fit: true });
}

function toggled(set, value) {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

// Brings a thing into the picture where a filter or a fold keeps it out.
function bringOut(thing) {
  const changes = {};
  if (state.hidden.has(thing)) changes.hidden = toggled(state.hidden, thing);
  if (state.kindsOff.has(kindOf[thing].type)) changes.kindsOff = toggled(state.kindsOff, kindOf[thing].type);
  if (isInferred[thing] && state.linesOff.has("derived")) changes.linesOff = toggled(state.linesOff, "derived");
  if (state.articles.length && !things[thing].articles.some((article) => state.articles.includes(article))) changes.articles = [];
  if (!state.isolated && !around[thing].some((j) => shown.relations[j])) changes.isolated = true;
  if (state.roots.length && !shown.things[thing] && !state.hidden.has(thing)) changes.roots = [...state.roots, thing];
  const folded = overview && !state.roots.length && !state.opened.includes(communityOf[thing]);
  if (folded) changes.opened = [...state.opened, communityOf[thing]];
  return changes;
}

function select(selected, reason = { frame: true }) {
  const changes = selected && "thing" in selected && !shown.drawn[selected.thing] ? bringOut(selected.thing) : {};
  state.selected = selected;
  if (Object.keys(changes).length) change(changes, reason);
  else refresh(reason);
}

function focus(thing, hops = 1) {
  change({ roots: [thing], hops, hidden: new Set(), selected: { thing } }, { fit: true });
}

// The neighbours of a thing that are not in the picture, as far as no filter keeps them out.
function missing(thing) {
  return [...neighbours(thing)].filter((i) => !shown.drawn[i] && !state.kindsOff.has(kindOf[i].type));
}

function grow(thing) {
  const near = neighbours(thing);
  const hidden = new Set([...state.hidden].filter((i) => i !== thing && !near.has(i)));
  const roots = state.roots.length && !state.roots.includes(thing) ? [...state.roots, thing] : state.roots;
  const opened = overview && !roots.length ? [...new Set([...state.opened, ...[...near].map((i) => communityOf[i])])] : state.opened;
  change({ hidden, roots, opened, selected: { thing } }, { fit: state.roots.length > 0 });
}

function hide(thing) {
  change({ hidden: new Set(state.hidden).add(thing), roots: state.roots.filter((root) => root !== thing), selected: null });
}

// The address. Filters are names, things are IRIs: a link survives when the graph is built anew.

function written(state_ = state) {
  const iris = (numbers) => [...numbers].map((i) => encodeURIComponent(things[i].iri)).join(",");
  const names = (values) => [...values].map(encodeURIComponent).join(",");
  const parts = [
    ["types-off", names(state_.kindsOff)],
    ["relations-off", names(state_.predicatesOff)],
    ["lines-off", names(state_.linesOff)],
    ["hidden", iris(state_.hidden)],
    ["focus", iris(state_.roots)],
    ["hops", state_.roots.length && state_.hops !== 1 ? String(state_.hops) : ""],
    ["article", state_.articles.map((number) => encodeURIComponent(data.articles[number][1] || data.articles[number][0])).join(",")],
    ["open", state_.opened.map((number) => encodeURIComponent(things[communities[number].top].iri)).join(",")],
    ["years", state_.years ? state_.years.join("-") : ""],
    ["undated", state_.undated ? "" : "off"],
    ["isolated", state_.isolated ? "" : "off"],
  ];
  return parts.filter(([, value]) => value).map(([key, value]) => `${key}=${value}`).join("&");
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}

// What an address says; where it says nothing of what is shown, the page is as it opens.
function read(text, plain = opening()) {
  const given = new Map(text.replace(/^#/, "").split("&").map((part) => {
    const at = part.indexOf("=");
    return [part.slice(0, at), part.slice(at + 1)];
  }));
  const list = (key) => (given.get(key) || "").split(",").filter(Boolean).map(decoded);
  const numbers = (key) => list(key).filter((iri) => byIri.has(iri)).map((iri) => byIri.get(iri));
  const known = (values, rows, key) => new Set(values.filter((value) => rows.some((row) => row[key] === value)));
  const next = fresh();
  next.kindsOff = known(list("types-off"), data.kinds, "type");
  next.predicatesOff = known(list("relations-off"), data.predicates, "predicate");
  next.linesOff = new Set(list("lines-off").filter((line) => LINES.includes(line)));
  next.hidden = new Set(numbers("hidden"));
  next.roots = [...new Set(numbers("focus"))];
  const hops = Number(given.get("hops"));
  next.hops = Number.isInteger(hops) && hops >= 0 && hops <= FARTHEST && given.get("hops") ? hops : 1;
  next.articles = [...new Set(list("article").map((name) => data.articles.findIndex((row) => row[1] === name || row[0] === name)))].filter((number) => number >= 0);
  next.opened = overview ? [...new Set(numbers("open").map((i) => communityOf[i]))] : [];
  const years = /^(\d{4})-(\d{4})$/.exec(given.get("years") || "");
  next.years = years && years[1] <= years[2] ? [Number(years[1]), Number(years[2])] : null;
  next.undated = given.get("undated") !== "off";
  next.isolated = given.get("isolated") !== "off";
  const [selected] = numbers("selected"), [from, to] = numbers("line");
  const relation = edges.findIndex((edge, j) => edge.from === from && edge.to === to && data.predicates[relations[j].predicate].predicate === list("line")[2]);
  next.selected = selected !== undefined ? { thing: selected } : relation >= 0 ? { relation } : null;
  if (!given.has("all") && !written(next)) Object.assign(next, { roots: plain.roots, hops: plain.hops });
  const [x, y, scale, upright] = (given.get("view") || "").split(",").map(Number);
  next.view = [x, y, scale].every(Number.isFinite) && scale > 0 && Boolean(upright) === tall ? [x, y, scale, upright] : null;
  next.language = given.get("language");
  next.theme = given.get("theme");
  return next;
}

let view = null; // where the reader has moved to, as [x, y, scale, whether on a tall page]
let remembering = 0;
let address = null; // what this page itself has written

// The thing or relation whose card is open, as the address holds it.
function selection() {
  const { selected } = state;
  if (!selected) return "";
  const iri = (number) => encodeURIComponent(things[number].iri);
  if ("thing" in selected) return `selected=${iri(selected.thing)}`;
  const { from, to } = edges[selected.relation];
  return `line=${iri(from)},${iri(to)},${encodeURIComponent(data.predicates[relations[selected.relation].predicate].predicate)}`;
}

function fragment() {
  const parts = [written() || (opening().roots.length ? "all=on" : ""), selection()];
  if (view) parts.push(`view=${view.join(",")}`);
  if (language !== FIRST_LANGUAGE) parts.push(`language=${language ? "en" : "zh"}`);
  if (theme) parts.push(`theme=${theme}`);
  return parts.filter(Boolean).join("&");
}

function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(remembered, 250);
}

function remembered() {
  clearTimeout(remembering);
  const next = fragment();
  if (next === address || (address === null && !next)) return;
  address = next;
  try {
    history.replaceState(null, "", `#${next}`);
  } catch { /* a frame without an address of its own */ }
}

function adopt(next) {
  view = next.view;
  language = ["zh", "en"].includes(next.language) ? Number(next.language === "en") : FIRST_LANGUAGE;
  theme = next.theme === "light" || next.theme === "dark" ? next.theme : "";
  delete next.view;
  delete next.language;
  delete next.theme;
  state = next;
}
