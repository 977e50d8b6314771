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
const homes = nodes.map((node) => [[node.x, node.y], node.tall]);
let tall = false;

// How far a line bows out, as a share of its length: lines between the same two things must not coincide.
const bends = edges.map(({ smooth }) =>
  smooth ? (smooth.type === "curvedCW" ? smooth.roundness : -smooth.roundness) * 2 : 0);
// Things that no article names: they stand in the graph because something was derived.
const isInferred = things.map((thing, number) =>
  thing.articles.length === 0 && around[number].length > 0 && around[number].every((j) => relations[j].derived));

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

const isLoose = nodes.map((_, number) => around[number].length === 0);

// How many relations each article states.
const statedBy = data.articles.map(() => 0);
for (const { evidence } of relations)
  for (const article of new Set(evidence.map(([sentence]) => data.sentences[sentence][0]))) statedBy[article] += 1;

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

function listed(names) {
  return names.join(language ? ", " : "、");
}

// Search. Words between spaces must all be found, each in the name, in an alias or in how they are spoken.

const norm = (text) => text.toLowerCase().normalize("NFKC");
let searchable = null;
let readings = null; // of a character: the syllables that it can be read as

function searchKeys() {
  if (searchable) return searchable;
  readings = new Map();
  for (const [syllable, characters] of Object.entries(data.sounds))
    for (const character of characters) {
      if (!readings.has(character)) readings.set(character, []);
      readings.get(character).push(syllable);
    }
  searchable = things.map((thing) => [thing.name, ...thing.aliases].map((name) => ({ text: norm(name), characters: [...norm(name)] })));
  return searchable;
}

// Whether letters spell the characters from this place on, in whole syllables or initials. What has
// failed once is remembered: long names of like characters could be read in too many ways.
function spells(characters, place, letters, at, failed) {
  if (at === letters.length) return true;
  if (place === characters.length || failed.has(place * 64 + at)) return false;
  const go = (step) => spells(characters, place + 1, letters, at + step, failed);
  const syllables = readings.get(characters[place]);
  let found = false;
  if (syllables) {
    found = syllables.some((syllable) => {
      if (letters.length - at < syllable.length && syllable.startsWith(letters.slice(at))) return true;
      if (letters.startsWith(syllable, at) && go(syllable.length)) return true;
      if (letters[at] !== syllable[0]) return false;
      return go(1) || (syllable[1] === "h" && letters[at + 1] === "h" && go(2));
    });
  } else if (/[a-z0-9]/.test(characters[place])) found = characters[place] === letters[at] && go(1);
  else found = place > 0 && go(0); // quotes and the like are not spoken
  if (!found) failed.add(place * 64 + at);
  return found;
}

function spoken(characters, letters) {
  const failed = new Set();
  if (spells(characters, 0, letters, 0, failed)) return 3;
  if (letters.length < 2) return 0;
  for (let place = 1; place < characters.length; place += 1)
    if ((readings.has(characters[place]) || /[a-z0-9]/.test(characters[place])) && spells(characters, place, letters, 0, failed)) return 1;
  return 0;
}

// A rank for how well a thing fits; 0 is no fit. Whole names before beginnings before parts, names before pinyin.
function fit(names, word) {
  let best = 0;
  names.forEach(({ text }, place) => {
    const at = text.indexOf(word);
    if (at >= 0) best = Math.max(best, (text === word ? 9 : at === 0 ? 7 : 5) - (place ? 0.5 : 0));
  });
  const letters = word.replaceAll("'", "").replaceAll("ü", "v");
  if (best || !letters || letters.length > 60 || !/^[a-z0-9]+$/.test(letters)) return best;
  return names.reduce((most, { characters }, place) => Math.max(most, spoken(characters.slice(0, 60), letters) - (place ? 0.5 : 0)), 0);
}

function search(text, most) {
  const whole = norm(text.trim());
  if (!whole) return { total: things.length, found: byWeight.slice(0, most) };
  const words_ = whole.split(/\s+/);
  const joined = /^[a-z0-9' ü]+$/.test(whole) ? words_.join("") : "";
  const hits_ = [];
  searchKeys().forEach((names, number) => {
    let rank = Math.min(...words_.map((word) => fit(names, word)));
    if (words_.length > 1) rank = Math.max(rank, fit(names, whole), joined ? fit(names, joined) : 0);
    if (rank > 0) hits_.push([rank, number]);
  });
  hits_.sort((a, b) => b[0] - a[0] || nodes[b[1]].size - nodes[a[1]].size || a[1] - b[1]);
  return { total: hits_.length, found: hits_.slice(0, most).map(([, number]) => number) };
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
