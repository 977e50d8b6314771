// The graph as it came, what can be asked of it, and words in the reader's language.

const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, things, relations, communities } = data;
const overview = communities.length > 0;

const kindOf = nodes.map((node) => data.kinds[node.group]);
const around = nodes.map(() => []);
edges.forEach((edge, number) => {
  around[edge.from].push(number);
  if (edge.to !== edge.from) around[edge.to].push(number);
});
const byIri = new Map(things.map((thing, number) => [thing.iri, number]));
const communityOf = new Int32Array(nodes.length).fill(-1);
communities.forEach((community, number) => {
  for (const member of community.members) communityOf[member] = number;
});

// Positions come twice, for a wide page and for a tall one.
let tall = false;

function stand(upright) {
  if (overview || upright === tall) return false;
  tall = upright;
  for (const node of nodes) [node.x, node.y, node.tall] = [node.tall[0], node.tall[1], [node.x, node.y]];
  return true;
}

// How far a line bows out, as a share of its length: lines between the same two things must not coincide.
const bends = edges.map(({ smooth }) =>
  smooth ? (smooth.type === "curvedCW" ? smooth.roundness : -smooth.roundness) * 2 : 0);
const lineOf = relations.map((relation) => (relation.derived ? "derived" : relation.status));
const LINES = ["stated", "planned", "former", "derived"];

const byWeight = nodes.map((_, number) => number)
  .sort((a, b) => nodes[b].size - nodes[a].size || a - b);

function other(number, end) {
  const { from, to } = edges[number];
  return from === end ? to : from;
}

function neighbours(thing) {
  return new Set(around[thing].map((number) => other(number, thing)));
}

// Words

const FIRST_LANGUAGE = data.language === "en" ? 1 : 0;
let language = FIRST_LANGUAGE;

function words(key, values = {}) {
  const pair = Object.hasOwn(data.strings, key) ? data.strings[key] : [key, key];
  return pair[language].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function named(row) {
  return (language ? row.en : row.zh).trim() || "…";
}

function subtypeName(subtype) {
  return Object.hasOwn(data.subtypes, subtype) ? data.subtypes[subtype][language] : subtype;
}

function attributeName(key) {
  return Object.hasOwn(data.strings, `attribute.${key}`) ? words(`attribute.${key}`) : key;
}

function formatted(value) {
  return typeof value === "number" ? value.toLocaleString(language ? "en" : "zh-CN", { maximumFractionDigits: 6 }) : value;
}

// Search

const norm = (text) => text.toLowerCase().normalize("NFKC");
let searchable = null;

function searchKeys() {
  searchable ??= things.map((thing) => ({
    names: [thing.name, ...thing.aliases].map(norm),
    spoken: thing.spoken,
  }));
  return searchable;
}

// A rank for how well a thing fits; 0 is no fit. Whole names before beginnings before parts, names before pinyin.
function fit({ names, spoken }, query) {
  let best = 0;
  names.forEach((name, place) => {
    const at = name.indexOf(query);
    if (at >= 0) best = Math.max(best, (name === query ? 9 : at === 0 ? 7 : 5) - (place ? 0.5 : 0));
  });
  if (best === 0 && /^[a-z0-9 ']+$/.test(query)) {
    const letters = query.replace(/[ ']/g, "");
    for (const key of spoken) {
      if (letters && key.startsWith(letters)) best = Math.max(best, 3);
      else if (letters.length > 1 && key.includes(letters)) best = Math.max(best, 1);
    }
  }
  return best;
}

function search(text, most) {
  const query = norm(text.trim());
  if (!query) return { total: things.length, found: byWeight.slice(0, most) };
  const hits = [];
  searchKeys().forEach((keys, number) => {
    const rank = fit(keys, query);
    if (rank) hits.push([rank, number]);
  });
  hits.sort((a, b) => b[0] - a[0] || nodes[b[1]].size - nodes[a[1]].size || a[1] - b[1]);
  return { total: hits.length, found: hits.slice(0, most).map(([, number]) => number) };
}

// Elements: text only ever goes in as text.

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "class") made.className = value;
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

function svg(name, properties = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(properties)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function content(text) {
  return element("bdi", { lang: "zh-CN" }, text);
}

function byId(id) {
  return document.getElementById(id);
}
