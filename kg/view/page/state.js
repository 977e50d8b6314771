// What the reader has chosen: everything that undo takes back and that the address holds.

const YEARS = [...new Set(relations.flatMap((relation) => relation.years))].sort((a, b) => a - b);

const fresh = () => ({
  kindsOff: new Set(), // types of things
  predicatesOff: new Set(),
  linesOff: new Set(),
  hidden: new Set(), // numbers of things
  roots: [], // things whose neighbourhoods are all that is shown; empty: everything
  opened: [], // communities that are unfolded, the latest last
  years: null, // [first, last]
  undated: true,
  isolated: true,
  selected: null, // { thing } or { relation }
});

let state = fresh();
let theme = "";
const history_ = [];
const listeners = [];

// The things and relations that are shown, worked out anew whenever the choice changes.
const shown = {
  things: new Uint8Array(nodes.length), // passes all filters
  drawn: new Uint8Array(nodes.length), // and is not inside a folded community
  relations: new Uint8Array(edges.length),
  folded: [], // numbers of communities that are shown as a circle
  count: 0,
  links: 0,
  key: 0, // another number for every other choice
};

function dated(relation) {
  if (!state.years) return true;
  if (relation.years.length === 0) return state.undated;
  return relation.years.some((year) => year >= state.years[0] && year <= state.years[1]);
}

function work() {
  shown.key += 1;
  const only = state.roots.length ? new Set(state.roots.flatMap((root) => [root, ...neighbours(root)])) : null;
  nodes.forEach((_, i) => {
    shown.things[i] = !state.kindsOff.has(kindOf[i].type) && !state.hidden.has(i) && (!only || only.has(i)) ? 1 : 0;
  });
  const linked = new Uint8Array(nodes.length);
  edges.forEach(({ from, to }, j) => {
    const relation = relations[j];
    const on = shown.things[from] && shown.things[to] && !state.predicatesOff.has(data.predicates[relation.predicate].predicate)
      && !state.linesOff.has(lineOf[j]) && dated(relation);
    shown.relations[j] = on ? 1 : 0;
    if (on) linked[from] = linked[to] = 1;
  });
  if (!state.isolated) nodes.forEach((_, i) => { if (!linked[i] && !state.roots.includes(i)) shown.things[i] = 0; });
  fold(only !== null);
  shown.count = shown.drawn.reduce((sum, on) => sum + on, 0);
  shown.links = 0;
  edges.forEach(({ from, to }, j) => { if (shown.relations[j] && shown.drawn[from] && shown.drawn[to]) shown.links += 1; });
}

// Of a graph too large to be drawn whole, only unfolded communities are drawn, as many as there is room for.
function fold(focused) {
  shown.drawn.set(shown.things);
  shown.folded = [];
  if (!overview) return;
  if (focused) {
    let room = data.limit;
    for (const i of byWeight) if (shown.drawn[i] && !state.roots.includes(i) && (room -= 1) < state.roots.length) shown.drawn[i] = 0;
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
  state = { ...read(history_.pop()), selected: state.selected };
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

function focus(thing) {
  change({ roots: [thing], hidden: new Set(), selected: { thing } }, { fit: true });
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

function written() {
  const iris = (numbers) => [...numbers].map((i) => encodeURIComponent(things[i].iri)).join(",");
  const names = (values) => [...values].map(encodeURIComponent).join(",");
  const parts = [
    ["types-off", names(state.kindsOff)],
    ["relations-off", names(state.predicatesOff)],
    ["lines-off", names(state.linesOff)],
    ["hidden", iris(state.hidden)],
    ["focus", iris(state.roots)],
    ["open", state.opened.map((number) => encodeURIComponent(things[communities[number].top].iri)).join(",")],
    ["years", state.years ? state.years.join("-") : ""],
    ["undated", state.undated ? "" : "off"],
    ["isolated", state.isolated ? "" : "off"],
  ];
  return parts.filter(([, value]) => value).map(([key, value]) => `${key}=${value}`).join("&");
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}

function read(text) {
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
  next.opened = overview ? [...new Set(numbers("open").map((i) => communityOf[i]))] : [];
  const years = /^(\d{4})-(\d{4})$/.exec(given.get("years") || "");
  next.years = years ? [Number(years[1]), Number(years[2])] : null;
  next.undated = given.get("undated") !== "off";
  next.isolated = given.get("isolated") !== "off";
  const [selected] = numbers("selected");
  next.selected = selected === undefined ? null : { thing: selected };
  const [x, y, scale, upright] = (given.get("view") || "").split(",").map(Number);
  next.view = [x, y, scale].every(Number.isFinite) && scale > 0 && Boolean(upright) === tall ? [x, y, scale, upright] : null;
  next.language = given.get("language");
  next.theme = given.get("theme");
  return next;
}

let view = null; // where the reader has moved to, as [x, y, scale, whether on a tall page]
let remembering = 0;
let address = null; // what this page itself has written

function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    const parts = [written()];
    if (state.selected && "thing" in state.selected) parts.push(`selected=${encodeURIComponent(things[state.selected.thing].iri)}`);
    if (view) parts.push(`view=${view.join(",")}`);
    if (language !== FIRST_LANGUAGE) parts.push(`language=${language ? "en" : "zh"}`);
    if (theme) parts.push(`theme=${theme}`);
    const next = parts.filter(Boolean).join("&");
    if (next === address || (address === null && !next)) return;
    address = next;
    try {
      history.replaceState(null, "", `#${next}`);
    } catch { /* a frame without an address of its own */ }
  }, 250);
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
