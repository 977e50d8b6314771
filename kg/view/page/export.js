// What is on the screen, to take away: the picture as SVG or PNG, what it shows as CSV, and a page for print.

// XML has no word for control characters.
function printable(text) {
  return text.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, " ").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function svgText(text, x, y, { px, weight = 400, fill, anchor = "start", halo = true, family = LABEL_FONT }) {
  const look = { x, y, "font-family": family.replaceAll("\"", "'"), "font-size": px, "font-weight": weight, fill, "text-anchor": anchor };
  const around_ = halo ? { stroke: colours.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" } : {};
  return svg("text", { ...look, ...around_ }, printable(text));
}

const round = (value) => Math.round(value * 10) / 10;

function pathOf(number, eye) {
  const line = course(number, eye.scale);
  if (!line) {
    const { x, y, r } = loop(number);
    const cx = eye.x(x), cy = eye.y(y), radius_ = r * eye.scale;
    return `M${round(cx + radius_)} ${round(cy)}a${round(radius_)} ${round(radius_)} 0 1 1 -0.1 -0.1`;
  }
  const start = `M${round(eye.x(line.ax))} ${round(eye.y(line.ay))}`;
  const bend = line.bent ? `Q${round(eye.x(line.cx))} ${round(eye.y(line.cy))} ` : "L";
  return `${start}${bend}${round(eye.x(line.bx))} ${round(eye.y(line.by))}`;
}

// The picture as it is seen now, under its title and over its legend; bare where the title stands elsewhere.
function drawing({ bare = false } = {}) {
  const eye = camera();
  const emphasis = emphasised();
  const clear = emphasis ? new Set(emphasis.things) : null;
  const clearLines = emphasis ? new Set(emphasis.lines) : null;
  const head = bare ? 0 : 58, foot = 40;
  const width = Math.max(eye.width, 320), height = eye.height + head + foot;
  const picture = svg("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, lang: "zh-CN" });
  picture.append(
    svg("title", {}, printable(data.title)),
    svg("rect", { width, height, fill: colours.paper }),
    svg("clipPath", { id: "frame" }, svg("rect", { x: 0, y: 0, width, height: eye.height })));
  if (!bare) picture.append(
    svg("rect", { x: 16, y: 0, width: 34, height: 5, fill: colours.accent }),
    svgText(data.title, 16, 30, { px: 19, weight: 700, fill: colours.ink, halo: false, family: getComputedStyle(byId("title")).fontFamily }),
    svgText(byId("status").textContent, 16, 49, { px: 12, fill: colours["ink-2"], halo: false }));
  const body = svg("g", { transform: `translate(0 ${head})`, "clip-path": "url(#frame)" });
  shown.lines.forEach((j) => {
    if (!inSight(edges[j], eye)) return;
    const strong = clearLines && clearLines.has(j);
    const colour = strong ? colours["edge-strong"] : lineColour(lineOf[j]);
    const look = { opacity: clearLines && !strong ? 0.16 : 0.85, stroke: colour, fill: "none", "stroke-width": round(lineWidth(eye.scale) * eye.scale) * (strong ? 1.5 : 1) };
    if (DASHES[lineOf[j]].length) look["stroke-dasharray"] = DASHES[lineOf[j]].map((dash) => round(dash * Math.max(eye.scale, 0.5))).join(" ");
    body.append(svg("path", { d: pathOf(j, eye), ...look }));
    const line = course(j, eye.scale);
    if (!line || (eye.scale <= 0.42 && shown.links >= 260 && !strong)) return;
    const tip = arrow(line, 7).map(([x, y]) => `${round(eye.x(x))} ${round(eye.y(y))}`).join("L");
    body.append(svg("path", { d: `M${tip}Z`, fill: colour, opacity: look.opacity }));
  });
  if (shown.folded.length) body.append(...foldedParts(eye));
  for (const i of [...byWeight].reverse()) {
    const x = eye.x(nodes[i].x), y = eye.y(nodes[i].y), r = radius(i, eye.scale) * eye.scale;
    if (!shown.drawn[i] || x < -r || x > eye.width + r || y < -r || y > eye.height + r) continue;
    const look = isInferred[i]
      ? { fill: colours.paper, stroke: kindColour(kindOf[i]), "stroke-width": 0.34 }
      : { fill: kindColour(kindOf[i]), stroke: colours.paper, "stroke-width": round(1.2 / r * 10) / 10, "paint-order": "stroke" };
    body.append(svg("path", {
      d: kindOf[i].path, transform: `translate(${round(x)} ${round(y)}) scale(${round(r)})`, ...look, opacity: clear && !clear.has(i) ? 0.2 : 1,
    }));
  }
  const placed = emphasis ? placeLabels(emphasis.things, eye.scale) : labelsAt(eye.scale);
  for (const { number, place, style, lines } of placed) {
    const spot = spots(labelSize(number), radius(number, eye.scale) * eye.scale, isLoose[number])[place];
    const x = eye.x(nodes[number].x) + spot.dx, y = eye.y(nodes[number].y) + spot.dy + LEADING / 2;
    const anchor = { center: "middle", left: "start", right: "end" }[spot.align];
    lines.forEach((line, n) => body.append(svgText(line, round(x), round(y + n * LEADING + style.px * 0.36), { px: style.px, weight: style.weight, fill: style.weight > 400 || emphasis ? colours.ink : colours["ink-2"], anchor })));
  }
  picture.append(body, legend(width, height - 16));
  return picture;
}

function foldedParts(eye) {
  const lines = bundled().map(([a, b, count]) => svg("line", {
    x1: round(eye.x(communities[a].x)), y1: round(eye.y(communities[a].y)), x2: round(eye.x(communities[b].x)), y2: round(eye.y(communities[b].y)),
    stroke: colours.edge, "stroke-width": round(Math.min(6, 0.5 + Math.sqrt(count) * 0.35)), opacity: 0.4,
  }));
  const discs = shown.folded.flatMap((number) => {
    const { x, y, radius: r, top } = communities[number];
    const cx = round(eye.x(x)), cy = round(eye.y(y)), half = r * eye.scale;
    const { lines: label, style } = bubbleLabel(number, half * 1.66);
    return [
      svg("circle", { cx, cy, r: round(half * 0.96), fill: colours.sheet, stroke: kindColour(kindOf[top]), "stroke-width": round(half * 0.08) }),
      ...label.map((text, n) => svgText(text, cx, cy + (n - (label.length - 1) / 2) * (style.px + 3) + style.px * 0.36, { ...style, fill: colours.ink, anchor: "middle", halo: false })),
    ];
  });
  return [...lines, ...discs];
}

function legend(width, y) {
  const marks = data.kinds.filter((kind) => kindCounts.has(kind.type) && !state.kindsOff.has(kind.type)).map((kind) => [
    named(kind), (x) => svg("path", { d: kind.path, transform: `translate(${x + 5} ${y - 4}) scale(6)`, fill: kindColour(kind) }), 16]);
  const lines = LINES.filter((line) => line !== "stated" && lineCounts.has(line) && !state.linesOff.has(line)).map((line) => [
    words(`lines.${line}`), (x) => svg("path", { d: `M${x} ${y - 4}h22`, stroke: colours["ink-2"], "stroke-width": 1.4, "stroke-dasharray": DASHES[line].map((dash) => dash * 0.62).join(" ") }), 28]);
  const row = svg("g", {});
  let x = 18;
  for (const [text, mark, indent] of [...marks, ...lines]) {
    const name = printable(text).slice(0, 24);
    const advance = indent + 10 + textWidth(name, { weight: 400, px: 12 });
    if (x + advance > width) break;
    row.append(mark(x), svgText(name, x + indent, y, { px: 12, fill: colours["ink-2"], halo: false }));
    x += advance + 12;
  }
  return row;
}

function save(blob, ending) {
  const url = URL.createObjectURL(blob);
  const name = [...printable(data.title)].slice(0, 60).join("").replace(/[\\/:*?"<>|]+/g, " ").trim() || "network";
  element("a", { href: url, download: `${name}${ending}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
}

function serialised(picture) {
  return new XMLSerializer().serializeToString(picture);
}

async function savePng() {
  const picture = drawing();
  const url = URL.createObjectURL(new Blob([serialised(picture)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const sharpness = 2;
  const canvas = document.createElement("canvas");
  canvas.width = picture.getAttribute("width") * sharpness;
  canvas.height = picture.getAttribute("height") * sharpness;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => save(blob, ".png"), "image/png");
}

// Tables. A cell that a spreadsheet would run as a formula is given an apostrophe before it.

function cell(value) {
  const text = String(value);
  const safe = typeof value !== "number" && /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}

function csv(header, rows) {
  const lines = [header.map((key) => words(`csv.${key}`)), ...rows];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

const sentenceOf = ([sentence]) => data.sentences[sentence][1].join("");
const articleOf = ([sentence]) => data.articles[data.sentences[sentence][0]][0];
const distinct = (values) => [...new Set(values)].join(" | ");

function relationTable() {
  const header = ["subject", "subject.type", "predicate", "object", "object.type", "attributes", "status", "derived", "sentence", "article"];
  const rows = shown.lines.map((j) => {
    const { from, to } = edges[j];
    const { predicate, evidence, status, derived } = relations[j];
    return [
      things[from].name, named(kindOf[from]), named(data.predicates[predicate]), things[to].name, named(kindOf[to]), attributesText(j),
      words(`lines.${status}`), words(derived ? "csv.yes" : "csv.no"), distinct(evidence.map(sentenceOf)), distinct(evidence.map(articleOf)),
    ];
  });
  return csv(header, rows);
}

function thingTable() {
  const rows = things.flatMap((thing, i) => (shown.drawn[i] ? [[
    thing.name, named(kindOf[i]), subtypeName(thing.subtype), thing.aliases.join(" | "),
    around[i].filter((j) => shown.relations[j]).length, distinct(thing.articles.map((article) => data.articles[article][0])), thing.iri,
  ]] : []));
  return csv(["name", "type", "subtype", "aliases", "relations", "article", "iri"], rows);
}

function figureTable() {
  const rows = things.flatMap((thing, i) => (shown.drawn[i] ? thing.figures.map(({ measure, value, unit, modifier, period, evidence }) => [
    thing.name, measure, value, unit, modifier, period, distinct(evidence.map(sentenceOf)), distinct(evidence.map(articleOf)),
  ]) : []));
  return csv(["subject", "measure", "value", "unit", "modifier", "period", "sentence", "article"], rows);
}

const TABLES = { relations: relationTable, things: thingTable, figures: figureTable };

function exportAs(form) {
  if (form === "png") savePng();
  else if (form === "svg") save(new Blob([serialised(drawing())], { type: "image/svg+xml;charset=utf-8" }), ".svg");
  else save(new Blob([TABLES[form]()], { type: "text/csv;charset=utf-8" }), `.${form}.csv`);
}

// Paper is white, whatever the screen is.
function startPrint() {
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.theme = "light";
    readColours();
    colours.paper = "#fff";
    showCard();
    byId("print").replaceChildren(drawing({ bare: true }));
    for (const more of card.querySelectorAll(".more")) more.click();
  });
  addEventListener("afterprint", () => {
    byId("print").replaceChildren();
    restyle();
  });
}
