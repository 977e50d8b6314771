// What stands around the picture: status, legend, filters, years, search, menus.

function put(id, ...children) {
  byId(id).replaceChildren(...children.filter((child) => child !== null));
}

// Words that stand in the page itself

function translate() {
  document.documentElement.lang = language ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = words(node.dataset.text);
  for (const node of document.querySelectorAll("[data-name]")) {
    node.setAttribute("aria-label", words(node.dataset.name));
    if (node.tagName === "BUTTON") node.title = words(node.dataset.name);
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = words(node.dataset.placeholder);
}

function applyTheme() {
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  readColours();
}

// Status

function showStatus() {
  const total = [things.length, relations.length].map(formatted);
  const now = [shown.count, shown.links].map(formatted);
  const whole = shown.count === things.length && shown.links === relations.length;
  const parts = [whole
    ? words("status.all", { n: total[0], m: total[1] })
    : element("b", {}, words("status.shown", { n: now[0], m: total[0], k: now[1], l: total[1] }))];
  if (shown.folded.length) parts.push(words("status.folded", { n: formatted(shown.folded.length) }));
  if (data.whole !== null && data.whole > things.length) parts.push(element("b", {}, words("status.whole", { n: formatted(data.whole) })));
  if (data.articles.length) parts.push(words("status.sources", { n: formatted(data.articles.length) }));
  put("status", ...parts.flatMap((part, n) => (n ? [" · ", part] : [part])));
  byId("status").title = byId("status").textContent;
  showChips(whole);
}

function shortened(text, most) {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : text;
}

function chip(text, act) {
  return element("button", { type: "button", class: "chip", onclick: act }, element("bdi", {}, text));
}

// What the picture is about, how many steps around it, and a way out.
function focusChip() {
  const name = shortened(state.roots.map((root) => things[root].name).join("、"), narrow.matches ? 12 : 24);
  const steps = [1, 2, 3].map((hops) => element("button", {
    type: "button", "aria-pressed": String(state.hops === hops), "aria-label": words("focus.hops", { n: hops }),
    title: words("focus.hops", { n: hops }), onclick: () => change({ hops }, { fit: true }),
  }, String(hops)));
  return element("div", { class: "chip", role: "group", "aria-label": words("status.focus", { name }) },
    element("bdi", {}, words("status.focus", { name })), element("span", { class: "steps" }, element("small", {}, words("focus.steps")), ...steps),
    element("button", { type: "button", "aria-label": words("focus.leave"), title: words("focus.leave"), onclick: () => change({ roots: [] }, { fit: true }) }, "×"));
}

function showChips(whole) {
  const chips = [];
  if (state.roots.length) chips.push(focusChip());
  else if (shown.folded.length) chips.push(element("span", { class: "chip" }, words("status.communities")));
  if (state.articles.length) {
    const name = shortened(listed(state.articles.map((number) => data.articles[number][0])), 26);
    chips.push(chip(`${words("status.articles", { name })} ×`, () => change({ articles: [] }, { fit: true })));
  }
  if (state.hidden.size) chips.push(chip(`${words("status.hidden", { n: formatted(state.hidden.size) })} ×`, () => change({ hidden: new Set() })));
  if (!whole && written()) chips.push(chip(words(overview && !state.roots.length ? "button.overview" : "button.all"), showAll));
  if (history_.length) chips.push(chip(words("button.undo"), undo));
  keepingFocus(byId("chips"), () => put("chips", ...chips));
}

// Legend and filters

function switchRow(mark, name, count, on, act) {
  return element("li", {}, element("button", { type: "button", "aria-pressed": String(on), onclick: act },
    mark, element("bdi", {}, name), element("span", { class: "count" }, formatted(count))));
}

function counts(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) || 0) + 1);
  return found;
}

const kindCounts = counts(kindOf.map((kind) => kind.type));
const predicateCounts = counts(relations.map((relation) => relation.predicate));
const lineCounts = counts(lineOf);

function box() {
  return svg("svg", { viewBox: "0 0 12 12", class: "box", "aria-hidden": "true" }, svg("rect", { x: 1, y: 1, width: 10, height: 10, rx: 1.5 }));
}

function stroke(line) {
  return svg("svg", { viewBox: "0 0 22 10", class: "stroke", "aria-hidden": "true" }, svg("path", {
    d: "M0 5H22", stroke: colours["ink-2"], "stroke-width": 1.6, fill: "none", "stroke-dasharray": DASHES[line].map((dash) => dash * 0.62).join(" "),
  }));
}

// A list is made anew when it changes; whoever stands on one of its switches stays there.
function keepingFocus(list, fill) {
  const at = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  fill();
  if (at >= 0) list.querySelectorAll("button")[at]?.focus();
}

let filtersFor = "";

function showFilters() {
  const key = JSON.stringify([written(), language, colours.dark]);
  if (key === filtersFor) return;
  filtersFor = key;
  keepingFocus(byId("kinds"), () => put("kinds", ...data.kinds.filter((kind) => kindCounts.has(kind.type)).map((kind) =>
    switchRow(glyph(kind), named(kind), kindCounts.get(kind.type), !state.kindsOff.has(kind.type),
      () => change({ kindsOff: toggled(state.kindsOff, kind.type) })))));
  keepingFocus(byId("predicates"), () => put("predicates", ...data.predicates.map((row, number) =>
    switchRow(box(), named(row), predicateCounts.get(number), !state.predicatesOff.has(row.predicate),
      () => change({ predicatesOff: toggled(state.predicatesOff, row.predicate) })))));
  const hollow = isInferred.includes(true)
    ? element("li", { class: "note" }, svg("svg", { viewBox: "0 0 12 12", class: "hollow", "aria-hidden": "true" }, svg("rect", { x: 1.5, y: 1.5, width: 9, height: 9, rx: 1 })), words("lines.inferred"))
    : null;
  keepingFocus(byId("lines"), () => put("lines", ...LINES.filter((line) => lineCounts.has(line)).map((line) =>
    switchRow(stroke(line), words(`lines.${line}`), lineCounts.get(line), !state.linesOff.has(line),
      () => change({ linesOff: toggled(state.linesOff, line) }))), hollow));
  byId("lines-section").hidden = lineCounts.size === 0;
  byId("isolated").checked = !state.isolated;
  showYears();
  showSources();
  showCommunities();
}

const FIRST_YEAR = YEARS[0], LAST_YEAR = YEARS[YEARS.length - 1];

function showYears() {
  byId("years-section").hidden = YEARS.length < 2;
  if (YEARS.length < 2) return;
  const [first, last] = state.years || [FIRST_YEAR, LAST_YEAR];
  for (const [id, value] of [["year-from", first], ["year-to", last]]) {
    Object.assign(byId(id), { min: FIRST_YEAR, max: LAST_YEAR, step: 1 });
    byId(id).value = value;
  }
  byId("undated").checked = state.undated;
  showYearText(first, last);
  const perYear = counts(relations.flatMap((relation) => relation.years));
  const highest = Math.max(...perYear.values());
  const span = LAST_YEAR - FIRST_YEAR + 1;
  put("histogram", ...YEARS.map((year) => {
    const height = Math.max(2, (perYear.get(year) / highest) * 42);
    return svg("rect", {
      x: ((year - FIRST_YEAR) / span) * 200 + 0.5, y: 44 - height, width: Math.max(1, 200 / span - 1), height, "data-year": year,
      class: year >= first && year <= last ? "in" : "",
    }, svg("title", {}, `${year}: ${perYear.get(year)}`));
  }));
}

function showYearText(first, last) {
  byId("year-text").textContent = first === last ? String(first) : `${first} – ${last}`;
}

function chooseYears(from, to) {
  const ordered = [Math.min(from, to), Math.max(from, to)];
  const all = ordered[0] === FIRST_YEAR && ordered[1] === LAST_YEAR;
  change({ years: all ? null : ordered });
}

// Articles: one click shows only what this article says, a second one everything again.

const SOURCES_AT_FIRST = 8;
let sourcesOpen = SOURCES_AT_FIRST;
const bySource = data.articles.map((_, number) => number).sort((a, b) => statedBy[b] - statedBy[a] || a - b);

function toggleSource(number) {
  const articles = state.articles.includes(number) ? state.articles.filter((one) => one !== number) : [...state.articles, number];
  change({ articles }, { fit: true });
}

function showSources() {
  byId("sources-section").hidden = data.articles.length < 2;
  byId("source-query").hidden = data.articles.length <= SOURCES_AT_FIRST;
  const said = norm(byId("source-query").value.trim());
  const fitting = bySource.filter((number) => norm(data.articles[number].join(" ")).includes(said));
  const first = [...state.articles.filter((number) => fitting.includes(number)), ...fitting.filter((number) => !state.articles.includes(number))];
  const rows = first.slice(0, sourcesOpen).map((number) => {
    const on = state.articles.includes(number);
    return element("li", {}, element("button", { type: "button", "aria-pressed": String(on), title: data.articles[number][2], onclick: () => toggleSource(number) },
      element("bdi", { lang: "zh-CN" }, data.articles[number][0]), element("span", { class: "count" }, formatted(statedBy[number]))));
  });
  const rest = fitting.length - rows.length;
  if (rest > 0) rows.push(element("li", {}, element("button", { type: "button", class: "more", onclick: () => { sourcesOpen += 40; showSources(); } }, words("card.more", { n: formatted(rest) }))));
  if (!fitting.length) rows.push(element("li", { class: "quiet" }, words("search.none")));
  keepingFocus(byId("sources"), () => put("sources", ...rows));
}

// Communities, for those who do not point.

const COMMUNITIES_AT_FIRST = 8;
let communitiesOpen = COMMUNITIES_AT_FIRST;

function communityName(number) {
  return communities[number].loose ? words("community.loose") : things[communities[number].top].name;
}

function showCommunities() {
  byId("communities-section").hidden = !overview;
  if (!overview) return;
  const rows = communities.slice(0, communitiesOpen).map((community, number) => {
    const on = !state.roots.length && state.opened.includes(number) && !shown.folded.includes(number);
    const act = () => (on ? change({ opened: state.opened.filter((one) => one !== number) }, { fit: true }) : unfold(number));
    return element("li", {}, element("button", { type: "button", "aria-pressed": String(on), onclick: act },
      element("bdi", { lang: "zh-CN" }, communityName(number)), element("span", { class: "count" }, formatted(community.members.length))));
  });
  const rest = communities.length - communitiesOpen;
  if (rest > 0) rows.push(element("li", {}, element("button", { type: "button", class: "more", onclick: () => { communitiesOpen += 80; showCommunities(); } }, words("card.more", { n: formatted(rest) }))));
  keepingFocus(byId("communities"), () => put("communities", ...rows));
}

function startFilters() {
  const sets = { kinds: ["kindsOff", data.kinds, "type"], predicates: ["predicatesOff", data.predicates, "predicate"] };
  for (const [name, [key, rows, field]] of Object.entries(sets)) {
    document.querySelector(`[data-all=${name}]`).addEventListener("click", () => change({ [key]: new Set() }));
    document.querySelector(`[data-none=${name}]`).addEventListener("click", () => change({ [key]: new Set(rows.map((row) => row[field])) }));
  }
  const chosen = () => ["year-from", "year-to"].map((id) => Number(byId(id).value)).sort((a, b) => a - b);
  for (const id of ["year-from", "year-to"]) {
    byId(id).addEventListener("input", () => showYearText(...chosen()));
    byId(id).addEventListener("change", () => chooseYears(...chosen()));
  }
  byId("histogram").addEventListener("click", ({ target }) => {
    const year = Number(target.dataset.year);
    if (year) chooseYears(year, year);
  });
  byId("source-query").addEventListener("input", () => { sourcesOpen = SOURCES_AT_FIRST; showSources(); });
  byId("undated").addEventListener("change", (event) => change({ undated: event.target.checked }));
  byId("isolated").addEventListener("change", (event) => change({ isolated: !event.target.checked }));
  const open = (on) => {
    byId("panel").classList.toggle("open", on);
    byId("panel-button").setAttribute("aria-expanded", String(on));
  };
  byId("panel-button").addEventListener("click", () => open(!byId("panel").classList.contains("open")));
  byId("panel-close").addEventListener("click", () => { open(false); byId("panel-button").focus(); });
  holder.addEventListener("pointerdown", () => open(false));
}

// Search

const query = byId("query");
const found = byId("found");
const MOST = 40;
let marked = -1;

// A text with the part that was searched for marked, where it stands in it.
function withMark(text, said) {
  const at = said && text.toLowerCase().length === text.length ? text.toLowerCase().indexOf(said) : -1;
  if (at < 0) return content(text);
  return element("bdi", { lang: "zh-CN" }, text.slice(0, at), element("mark", {}, text.slice(at, at + said.length)), text.slice(at + said.length));
}

function option(number, place) {
  const thing = things[number];
  const said = query.value.trim().toLowerCase();
  const alias = said && !norm(thing.name).includes(norm(said)) ? thing.aliases.find((one) => norm(one).includes(norm(said))) : null;
  const about = [alias ? withMark(alias, said) : null, named(kindOf[number]) + (around[number].length ? ` · ${words("search.degree", { n: formatted(around[number].length) })}` : "")].filter(Boolean);
  return element("li", {
    role: "option", id: `found-${place}`, "aria-selected": "false",
    onpointerdown: (event) => event.preventDefault(),
    onclick: () => choose(number),
  }, glyph(kindOf[number]), withMark(thing.name, said), element("small", {}, ...about.flatMap((part, n) => (n ? [" · ", part] : [part]))));
}

let hits = [];

function showFound() {
  const { total, found: numbers } = search(query.value, MOST);
  hits = numbers;
  marked = -1;
  const note = (text) => element("li", { class: "note", role: "presentation" }, text);
  const rows = numbers.map(option);
  if (!total) rows.push(note(words("search.none")));
  else if (total > MOST) rows.push(note(words("search.results", { n: `${MOST}/${formatted(total)}` })));
  put("found", ...rows);
  found.hidden = false;
  query.setAttribute("aria-expanded", "true");
  query.removeAttribute("aria-activedescendant");
}

function hideFound() {
  found.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
}

function choose(number) {
  hideFound();
  select({ thing: number });
  holder.focus({ preventScroll: true });
}

function markFound(step) {
  if (!hits.length) return;
  if (marked >= 0) byId(`found-${marked}`).setAttribute("aria-selected", "false");
  marked = (marked + step + hits.length) % hits.length;
  const row = byId(`found-${marked}`);
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", row.id);
}

function startSearch() {
  query.addEventListener("input", showFound);
  query.addEventListener("focus", showFound);
  query.addEventListener("blur", hideFound);
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.hidden) showFound();
      markFound(event.key === "ArrowDown" ? 1 : marked < 0 ? 0 : -1);
    } else if (event.key === "Enter" && !found.hidden && hits.length) {
      event.preventDefault();
      choose(hits[Math.max(0, marked)]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (query.value) { query.value = ""; showFound(); } else { hideFound(); holder.focus({ preventScroll: true }); }
    }
  });
}

// Menus, language, theme, help

function startTools() {
  const menu = byId("export-menu"), opener = byId("export-button");
  const open = (on) => {
    menu.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    if (on) menu.querySelector("button").focus();
  };
  opener.addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const rows = [...menu.querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      rows[(at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      open(false);
      opener.focus();
    }
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".menu")) open(false); });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !event.relatedTarget.closest(".menu")) open(false); });
  for (const button of menu.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => { open(false); opener.focus(); exportAs(button.dataset.export); });
  }
  byId("language-button").addEventListener("click", () => { language = 1 - language; restyle(); });
  byId("theme-button").addEventListener("click", () => { theme = colours.dark ? "light" : "dark"; restyle(); });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  byId("zoom-in").addEventListener("click", () => zoomBy(1.4));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
  byId("zoom-fit").addEventListener("click", () => fitAll());
}

function restyle() {
  translate();
  applyTheme();
  refresh({ restyled: true });
}
