// The query page: the editor, the answer as a table, and where a fault is.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const texts = JSON.parse(document.getElementById("words").textContent);
const byId = (id) => document.getElementById(id);
const SHOWN = 200; // rows that are shown at first, and with each further step
const LONGEST = 6000; // characters of a query that still fits into an address

function words(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), texts[key]);
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// ------------------------------------------------------------------ the editor

// Of the editor's own completions only that of variables stays: the others ask services elsewhere.
for (const name of ["prefixes", "property", "class"]) delete Yasqe.Autocompleters[name];
Yasqe.defaults.autocompleters = ["variables", "terms"];
Yasqe.registerAutocompleter({
  name: "terms",
  bulk: true,
  autoShow: false,
  persistenceId: null,
  get: () => data.terms,
  isValidCompletionPosition: (editor) => !editor.getTokenAt(editor.getDoc().getCursor()).string.startsWith("?"),
  preProcessToken: (editor, token) => token,
  postProcessSuggestion: (editor, token, suggestion) => suggestion,
}, false);

const area = byId("text");
byId("editor").hidden = false;
area.hidden = true;
const editor = new Yasqe(byId("editor"), {
  value: area.value,
  persistenceId: null,
  showQueryButton: false,
  resizeable: false,
  createShareableLink: null,
  collapsePrefixesOnLoad: false,
  requestConfig: { endpoint: new URL("/sparql", location.href).href },
  extraKeys: {
    "Ctrl-Enter": run,
    "Cmd-Enter": run,
    "Ctrl-Space": () => editor.autocomplete(),
    Esc: () => byId("run").focus(),
    "Ctrl-/": () => editor.commentLines(),
    "Shift-Ctrl-F": () => editor.autoformat(),
    Tab: (cm) => cm.execCommand("indentMore"),
    "Shift-Tab": (cm) => cm.execCommand("indentLess"),
  },
});
const field = editor.getInputField();
field.setAttribute("aria-label", words("query.editor"));
field.id = "editor-text";
// what scrolls must be reached by the keyboard: the editor's own text field does it
for (const part of byId("editor").querySelectorAll("svg")) part.setAttribute("aria-hidden", "true");

function tokens() {
  const found = [];
  for (let line = 0; line < editor.getDoc().lineCount(); line += 1) {
    for (const token of editor.getLineTokens(line, true)) found.push({ ...token, line });
  }
  return found;
}

// A usual prefix that is used and not declared is declared at the top.
function fillPrefixes() {
  const declared = editor.getPrefixesFromQuery();
  const missing = {};
  for (const token of tokens()) {
    const match = /^([A-Za-z][\w-]*):/.exec(token.string);
    if (match && token.type !== "comment" && token.type !== "string" && !(match[1] in declared) && match[1] in data.prefixes) {
      missing[match[1]] = data.prefixes[match[1]];
    }
  }
  if (Object.keys(missing).length) editor.addPrefixes(missing);
}

let waiting = 0;
editor.on("change", (_, change) => {
  clearFault();
  clearTimeout(waiting);
  if (change.origin !== "setValue") waiting = setTimeout(function fill() {
    if (editor.state.completionActive) waiting = setTimeout(fill, 700); // a change would close the list
    else fillPrefixes();
  }, 700);
});

byId("example").addEventListener("change", (event) => {
  const example = data.examples.find((one) => one.name === event.target.value);
  if (example) editor.setValue(example.text);
});

// ------------------------------------------------------------------ faults

let marks = [];

function clearFault() {
  marks.forEach((mark) => mark.clear());
  marks = [];
  byId("fault").replaceChildren();
}

// Where the editor's own grammar, which reads word by word, stops understanding the query.
function suspected() {
  const bad = tokens().find((token) => token.state.OK === false);
  return bad ? { line: bad.line, ch: bad.start } : null;
}

function placeOf(problem) {
  const line = Math.min(problem.line - 1, editor.getDoc().lineCount() - 1);
  // the server counts code points, the editor UTF-16 units
  const ch = [...editor.getDoc().getLine(line)].slice(0, problem.column - 1).join("").length;
  const own = suspected(); // the server's grammar may notice only some lines later
  return own && (own.line < line || (own.line === line && own.ch < ch)) ? own : { line, ch };
}

function showFault(problem) {
  const parts = [element("strong", {}, words("query.error")), " "];
  if (problem.line) {
    const { line, ch } = placeOf(problem);
    const end = Math.max(ch + 1, editor.getTokenAt({ line, ch: ch + 1 }).end);
    marks.push(editor.getDoc().markText({ line, ch: Math.max(0, ch === end ? ch - 1 : ch) }, { line, ch: end }, { className: "fault-mark" }));
    parts.push(element("button", {
      type: "button", class: "plain-button",
      onclick: () => { editor.focus(); editor.getDoc().setCursor({ line, ch }); },
      title: words("query.goto"),
    }, words("query.place", { n: line + 1, m: [...editor.getDoc().getLine(line).slice(0, ch)].length + 1 })), " ");
  }
  const detail = problem.detail.replace(/^line \d+, column \d+: /, "").replace("this is no SPARQL", words("query.syntax"));
  byId("fault").replaceChildren(element("p", { class: "fault" }, ...parts, element("bdi", { lang: "en" }, detail)));
}

// ------------------------------------------------------------------ the answer

let running = null;

function send(format, accept) {
  const form = new URLSearchParams({ query: editor.getValue() });
  if (format) form.set("format", format);
  return fetch("/sparql", { method: "POST", body: form, headers: accept ? { Accept: accept } : {}, signal: running?.signal });
}

async function run() {
  fillPrefixes();
  clearFault();
  running?.abort();
  running = new AbortController();
  const mine = running;
  const query = editor.getValue();
  byId("results").hidden = false;
  byId("answer").replaceChildren();
  byId("cut").hidden = true;
  byId("downloads").hidden = true;
  byId("status").textContent = words("query.running");
  const address = new URL(location.href);
  if (query.length < LONGEST) address.searchParams.set("query", query);
  else address.searchParams.delete("query");
  history.replaceState(null, "", address);
  const begun = performance.now();
  try {
    const answer = await send("", "application/sparql-results+json, text/turtle;q=0.9");
    const type = (answer.headers.get("Content-Type") || "").split(";")[0];
    if (!answer.ok) {
      byId("status").textContent = "";
      showFault(type.endsWith("json") ? await answer.json() : { detail: `${answer.status} ${answer.statusText}` });
      return;
    }
    const content = type.endsWith("json") ? await answer.json() : await answer.text();
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    show(content, Number(answer.headers.get("X-Result-Rows")), seconds);
    const most = answer.headers.get("X-SPARQL-MaxRows");
    byId("cut").hidden = !most;
    if (most) byId("cut").textContent = words("query.cut", { n: Number(most).toLocaleString() });
  } catch (error) {
    if (error.name === "AbortError") return;
    byId("status").textContent = "";
    showFault({ detail: String(error.message || error) });
  } finally {
    if (running === mine) running = null;
  }
}

function show(content, rows, seconds) {
  const graph = typeof content === "string";
  const truth = !graph && "boolean" in content;
  byId("status").textContent = truth ? "" : words(graph ? "query.triples" : "query.rows", { n: rows.toLocaleString(), m: seconds });
  if (truth) byId("answer").replaceChildren(element("p", { class: "truth" }, words(content.boolean ? "query.yes" : "query.no")));
  else if (graph) byId("answer").replaceChildren(element("pre", { tabindex: "0" }, content));
  else if (!content.results.bindings.length) byId("answer").replaceChildren(element("p", { class: "quiet" }, words("query.none")));
  else byId("answer").replaceChildren(...table(content.head.vars, content.results.bindings));
  downloads(graph ? [["ttl", "Turtle"], ["jsonld", "JSON-LD"], ["nt", "N-Triples"]]
    : [["excel", words("query.excel")], ["csv", "CSV"], ["tsv", "TSV"], ["json", "JSON"], ["xml", "XML"]]);
}

function table(columns, bindings) {
  const body = element("tbody");
  const more = element("button", { type: "button", class: "plain-button", onclick: grow });
  let shown = 0;
  function grow() {
    const next = bindings.slice(shown, shown + SHOWN);
    body.append(...next.map((binding) => element("tr", {}, ...columns.map((name) => cell(binding[name])))));
    shown += next.length;
    more.hidden = shown >= bindings.length;
    more.textContent = words("query.more", { n: Math.min(SHOWN, bindings.length - shown) });
  }
  grow();
  const head = element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name))));
  return [
    element("div", { class: "table", tabindex: "0", role: "region", "aria-label": words("query.table") }, element("table", {}, head, body)),
    more,
  ];
}

function cell(term) {
  if (!term) return element("td");
  if (term.type === "uri") return element("td", {}, address(term.value));
  const number = /(integer|decimal|double|float|int|long)$/.test(term.datatype || "");
  const text = typeof term.value === "string" ? term.value : JSON.stringify(term.value);
  const shown = element("bdi", {}, text);
  const note = term["xml:lang"] && term["xml:lang"] !== "zh" ? element("small", {}, ` @${term["xml:lang"]}`) : null;
  return element("td", number ? { class: "number" } : {}, shown, note);
}

// An IRI of the graph leads to its page and is shown by its name; another one is shown as it is.
function address(iri) {
  if (!iri.startsWith(data.root)) return element("span", { class: "iri" }, prefixed(iri));
  const path = iri.slice(data.root.length);
  const [, kind, name] = /^id\/([^/]+)\/(.*)$/.exec(path) || [];
  const type = data.types.find((one) => one.toLowerCase() === kind);
  const link = element("a", { href: `/${encodeURI(path).replaceAll("%25", "%")}`, title: iri });
  let text = prefixed(iri);
  if (type) {
    try { text = decodeURIComponent(name); } catch { text = name; }
  }
  link.append(...(type ? [element("span", { class: `dot ${type}`, "aria-hidden": "true" })] : []), element("bdi", {}, text));
  return link;
}

function prefixed(iri) {
  const [name, space] = Object.entries(data.prefixes).filter(([, space]) => iri.startsWith(space))
    .sort(([, a], [, b]) => b.length - a.length)[0] || [];
  return name ? `${name}:${iri.slice(space.length)}` : iri;
}

function downloads(forms) {
  byId("downloads").hidden = false;
  byId("downloads").replaceChildren(words("query.download"), " ", ...forms.flatMap(([format, name]) => [
    element("button", { type: "button", class: "plain-button", onclick: () => save(format) }, name), " ",
  ]));
}

async function save(format) {
  const answer = await send(format, "");
  if (!answer.ok) return showFault(await answer.json());
  const file = URL.createObjectURL(await answer.blob());
  element("a", { href: file, download: `query.${format === "excel" ? "csv" : format}` }).click();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
}

byId("form").addEventListener("submit", (event) => { event.preventDefault(); run(); });
byId("share").hidden = false;
byId("share").addEventListener("click", async () => {
  const address = new URL(location.href);
  address.searchParams.set("query", editor.getValue());
  await navigator.clipboard.writeText(address.href);
  byId("share").textContent = words("query.copied");
  setTimeout(() => { byId("share").textContent = words("query.share"); }, 2000);
});
if (new URLSearchParams(location.search).get("query")) run();
