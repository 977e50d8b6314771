// The card of a thing or of a relation: names, figures and facts, each with the sentence that says so.

const card = byId("card");
const FACTS_AT_FIRST = 12; // so many items of a group stand open
const FIGURES_AT_FIRST = 5;

function glyph(kind) {
  return svg("svg", { viewBox: "-1.3 -1.3 2.6 2.6", class: "glyph", "aria-hidden": "true" },
    svg("path", { d: kind.path, fill: kindColour(kind) }));
}

function end(number) {
  return element("button", { type: "button", class: "end", onclick: () => select({ thing: number }) },
    glyph(kindOf[number]), content(things[number].name));
}

function quote([sentence, marked]) {
  const [article, pieces] = data.sentences[sentence];
  const on = new Set(marked);
  const text = [];
  pieces.forEach((piece, n) => {
    if (!on.has(n)) text.push(piece);
    else if (on.has(n - 1)) text[text.length - 1].append(piece);
    else text.push(element("mark", {}, piece));
  });
  return [
    element("blockquote", { lang: "zh-CN", dir: "auto" }, ...text),
    ...(data.articles[article][0] ? [element("cite", {}, articleButton(article))] : []),
  ];
}

// The title of an article, and beside it who published it and when; a click shows only what it says.
function articleButton(number) {
  const [title, , note] = data.articles[number];
  return element("button", { type: "button", class: "article", "data-article": number, "aria-pressed": String(state.articles.includes(number)), title: words("sources.only"), onclick: () => toggleSource(number) },
    content(title), note ? element("small", {}, ` ${note}`) : null);
}

// The same sentence once, with the marks of all the facts that rest on it.
function merged(evidence) {
  const sentences = new Map();
  for (const [sentence, marked] of evidence) {
    if (!sentences.has(sentence)) sentences.set(sentence, new Set());
    for (const piece of marked) sentences.get(sentence).add(piece);
  }
  return [...sentences].map(([sentence, marked]) => [sentence, [...marked]]);
}

function tags(number) {
  return lineOf[number] === "stated" ? [] : [element("span", { class: "tag" }, words(`lines.${lineOf[number]}`))];
}

function attributesText(number) {
  return relations[number].attributes.filter(([key]) => key !== "status")
    .map(([key, value]) => `${attributeName(key)}${language ? ": " : "："}${value}`).join(language ? "; " : "；");
}

// The rules by which something was derived.
function rulesOf(numbers) {
  const rules = [...new Set(numbers.flatMap((j) => relations[j].rules))];
  return rules.length ? [" ", element("code", {}, rules.join(" "))] : [];
}

function factItem(numbers, ends) {
  const [first] = numbers;
  const attributes = attributesText(first);
  const evidence = merged(numbers.flatMap((j) => relations[j].evidence));
  return element("li", { class: "item" },
    element("div", { class: "ends" }, ...ends, ...tags(first)),
    attributes ? element("div", { class: "attributes" }, content(attributes)) : null,
    ...evidence.flatMap(quote),
    evidence.length ? null : element("p", { class: "quiet" }, words(relations[first].derived ? "card.derived" : "card.noquote"), ...rulesOf(numbers)));
}

// Facts that one sentence states alike are one item: A and B and C received the same honour.
function grouped(thing) {
  const groups = new Map();
  for (const j of around[thing]) {
    const outward = edges[j].from === thing;
    const key = `${String(relations[j].predicate).padStart(4, "0")} ${outward ? 0 : 1}`;
    if (!groups.has(key)) groups.set(key, new Map());
    const alike = JSON.stringify([relations[j].evidence.map(([sentence]) => sentence), lineOf[j], relations[j].attributes]);
    const items = groups.get(key);
    if (!items.has(alike)) items.set(alike, []);
    items.get(alike).push(j);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

function groupSection(thing, [key, items]) {
  const [predicate, inward] = key.split(" ").map(Number);
  const count = [...items.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  const rows = [...items.values()].map((numbers) => () => factItem(numbers, numbers.map((j) => end(other(j, thing)))));
  return element("section", {},
    element("h4", {},
      element("span", { "aria-hidden": "true" }, inward ? "←" : "→"),
      element("bdi", {}, named(data.predicates[predicate])),
      element("span", { class: "count" }, String(count))),
    ...openingList(rows, FACTS_AT_FIRST));
}

// A list of which a part stands open, and the button that opens the rest.
function openingList(rows, most) {
  const list = element("ul", {}, ...rows.slice(0, most).map((row) => row()));
  const rest = rows.slice(most);
  if (!rest.length) return [list];
  const more = element("button", {
    type: "button", class: "more",
    onclick: () => { list.append(...rest.map((row) => row())); more.remove(); },
  }, words("card.more", { n: rest.length }));
  return [list, more];
}

function heading(key, count) {
  return element("h3", {}, words(key), " ", element("span", { class: "count" }, String(count)));
}

function figureItem(figure) {
  return element("li", { class: "item" },
    element("div", { class: "figure" },
      content(figure.measure),
      element("span", { class: "value" },
        figure.modifier ? element("small", {}, content(`${figure.modifier} `)) : null,
        content(formatted(figure.value)),
        figure.unit ? element("small", {}, content(` ${figure.unit}`)) : null),
      figure.period ? element("span", { class: "period" }, content(figure.period)) : null),
    ...figure.evidence.flatMap(quote));
}

function action(key, act) {
  return element("button", { type: "button", onclick: act }, words(key));
}

// How many neighbours there are to bring into the picture.
function growText(number) {
  const count = missing(number).length;
  return count ? words("action.grow.more", { n: formatted(count) }) : words("action.grow");
}

// The address may lag behind what is seen; and where no clipboard is given, the link can be copied by hand.
function copyLink(event) {
  const button = event.currentTarget;
  remembered();
  const done = () => { button.textContent = words("action.copied"); };
  const byHand = () => {
    const box_ = element("input", { type: "text", readonly: "", value: location.href, "aria-label": words("action.copy") });
    button.replaceWith(box_);
    box_.select();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(done, byHand);
  else byHand();
}

function closeButton() {
  return element("button", { type: "button", class: "close", "aria-label": words("action.close"), title: words("action.close"), onclick: () => select(null, {}) },
    svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: "m5 5 10 10M15 5 5 15" })));
}

function thingCard(number) {
  const thing = things[number], kind = kindOf[number];
  const subtype = subtypeName(thing.subtype);
  const groups = grouped(number);
  const children = [
    closeButton(),
    element("div", { class: "kind" }, glyph(kind), element("bdi", {}, named(kind) + (subtype ? ` · ${subtype}` : ""))),
    element("h2", {}, content(thing.name)),
    thing.aliases.length ? element("p", { class: "aliases" }, `${words("card.aliases")}${language ? ": " : "："}`, ...thing.aliases.map(content)) : null,
    element("div", { class: "actions" },
      action("action.focus", () => focus(number)),
      element("button", { type: "button", class: "grow", onclick: () => grow(number) }, growText(number)),
      action("action.hide", () => hide(number)),
      location.protocol === "about:" ? null : action("action.copy", copyLink)),
  ];
  if (thing.figures.length)
    children.push(heading("card.figures", thing.figures.length), ...openingList(thing.figures.map((figure) => () => figureItem(figure)), FIGURES_AT_FIRST));
  if (groups.length)
    children.push(heading("card.facts", around[number].length), ...groups.map((group) => groupSection(number, group)));
  if (isInferred[number]) children.push(element("p", { class: "quiet" }, words("card.inferred")));
  if (!thing.figures.length && !groups.length) children.push(element("p", { class: "quiet" }, words("card.nothing")));
  if (thing.articles.length)
    children.push(element("h3", {}, words("card.articles")),
      element("ul", { class: "sources" }, ...[...new Set(thing.articles)].map((article) => element("li", {}, articleButton(article)))));
  children.push(element("p", { class: "iri" }, element("bdi", {}, thing.iri)));
  return children;
}

function relationCard(number) {
  const { from, to } = edges[number];
  return [
    closeButton(),
    element("div", { class: "kind" }, element("bdi", {}, named(data.predicates[relations[number].predicate]))),
    element("ul", {}, factItem([number], [end(from), element("span", { "aria-hidden": "true" }, "→"), end(to)])),
  ];
}

let cardFor = "";
let cardOf = "";

// What in an open card depends on the picture.
function touchCard() {
  const { selected } = state;
  const growing = card.querySelector(".grow");
  if (growing && selected) growing.textContent = growText(selected.thing);
  for (const button of card.querySelectorAll("[data-article]"))
    button.setAttribute("aria-pressed", String(state.articles.includes(Number(button.dataset.article))));
}

// Made anew only for another thing, language or theme: whoever reads it keeps the place.
function showCard() {
  const { selected } = state;
  const key = JSON.stringify([selected, language, colours.dark]);
  if (key === cardFor) { touchCard(); return; }
  cardFor = key;
  card.hidden = !selected;
  if (!selected) { card.replaceChildren(); return; }
  const children = "thing" in selected ? thingCard(selected.thing) : relationCard(selected.relation);
  card.style.setProperty("--kind", "thing" in selected ? kindColour(kindOf[selected.thing]) : colours.accent);
  const same = cardOf === JSON.stringify(selected);
  const top_ = card.scrollTop, at = [...card.querySelectorAll("button")].indexOf(document.activeElement);
  card.replaceChildren(...children.filter((child) => child !== null));
  card.scrollTop = same ? top_ : 0;
  if (at >= 0) (same ? card.querySelectorAll("button")[at] || card : card).focus({ preventScroll: true });
  cardOf = JSON.stringify(selected);
  byId("announce").textContent = "thing" in selected ? things[selected.thing].name : "";
}
