// Everything put together, and the keyboard.

function towards(dx, dy) {
  const { selected } = state;
  if (!selected || !("thing" in selected) || !shown.drawn[selected.thing]) {
    const { x, y } = network.getViewPosition();
    const step = 90 / network.getScale();
    network.moveTo({ position: { x: x + dx * step, y: y + dy * step } });
    moved();
    return;
  }
  const from = nodes[selected.thing];
  const near = neighbours(selected.thing);
  let best = null, least = Infinity;
  for (let i = 0; i < nodes.length; i += 1) {
    if (!shown.drawn[i] || i === selected.thing) continue;
    const along = (nodes[i].x - from.x) * dx + (nodes[i].y - from.y) * dy;
    const across = Math.abs((nodes[i].x - from.x) * dy) + Math.abs((nodes[i].y - from.y) * dx);
    if (along <= 0 || across > along * 1.5) continue;
    const cost = (along + 2 * across) * (near.has(i) ? 0.5 : 1);
    if (cost < least) { least = cost; best = i; }
  }
  if (best !== null) select({ thing: best }, { reveal: true });
}

// The greatest thing in sight, to begin with.
function central() {
  const eye = camera();
  const seen = byWeight.find((i) => shown.drawn[i] && nodes[i].x > eye.left && nodes[i].x < eye.right && nodes[i].y > eye.top && nodes[i].y < eye.bottom);
  if (seen !== undefined) select({ thing: seen }, { reveal: true });
}

function leave() {
  if (byId("panel").classList.contains("open")) byId("panel-close").click();
  else if (state.selected) { select(null, {}); holder.focus({ preventScroll: true }); }
  else if (state.roots.length) change({ roots: [] }, { fit: true });
}

function withSelected(act) {
  if (state.selected && "thing" in state.selected) act(state.selected.thing);
}

const KEYS = {
  "/": () => query.focus(),
  "?": () => byId("help").showModal(),
  Escape: leave,
  ArrowLeft: () => towards(-1, 0),
  ArrowRight: () => towards(1, 0),
  ArrowUp: () => towards(0, -1),
  ArrowDown: () => towards(0, 1),
  Enter: () => { if (state.selected) card.focus(); else central(); },
  f: () => withSelected(focus),
  g: () => withSelected(grow),
  h: () => withSelected(hide),
  u: undo,
  a: showAll,
  0: () => fitAll(),
  "+": () => zoomBy(1.3),
  "=": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
};

function keyed(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey || byId("help").open) return;
  const undoing = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if ((event.ctrlKey || event.metaKey) && !undoing) return;
  const { target } = event;
  if (target.closest("input, select, textarea")) return;
  const inPicture = target === holder || target === document.body || holder.contains(target);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((key.startsWith("Arrow") || key === "Enter") && !inPicture) return;
  const act = undoing ? undo : Object.hasOwn(KEYS, key) ? KEYS[key] : null;
  if (!act) return;
  event.preventDefault();
  act();
}

function changed({ fit, frame, reveal: show, community, restyled }) {
  if (hovered !== null && !shown.drawn[hovered]) hovered = null;
  synchronise();
  showFilters();
  showStatus();
  showCard();
  network.redraw();
  if (fit) fitAll();
  else if (community !== undefined) {
    const { x, y, radius: r } = communities[community];
    const place = clearing();
    move(x, y, Math.min(1, (Math.min(place.right - place.left, place.bottom - place.top) - 40) / (2 * r)));
  } else if (frame && state.selected && "thing" in state.selected) frameAround(state.selected.thing);
  else if (show && state.selected && "thing" in state.selected) reveal(state.selected.thing);
  if (restyled) labels.key = "";
}

function start() {
  tall = upright();
  adopt(read(location.hash));
  translate();
  applyTheme();
  startPicture();
  startFilters();
  startSearch();
  startTools();
  startPrint();
  onChange(changed);
  refresh();
  if (view) comeBack();
  else reframe(false);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (!theme) restyle(); });
  addEventListener("keydown", keyed);
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === address) return;
    adopt(read(location.hash));
    translate();
    applyTheme();
    refresh({ fit: !view });
    if (view) comeBack();
  });
  document.fonts?.ready.then(() => { measures.clear(); labels.key = ""; network.redraw(); });
}

// A handle for those who script the page: where a thing stands in the window, and the network itself.
window.view = Object.freeze({
  get network() { return network; },
  get frames() { return frames.count; },
  find: (name) => things.findIndex((thing) => thing.name === name),
  place(number) {
    const box = holder.getBoundingClientRect(), eye = camera();
    return { x: box.left + eye.x(nodes[number].x), y: box.top + eye.y(nodes[number].y) };
  },
  drawn: () => nodes.map((_, i) => i).filter((i) => shown.drawn[i]),
});

start();
