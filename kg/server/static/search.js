// Suggestions below a search box: a combobox by the pattern of the ARIA guide.
"use strict";

const GLYPHS = "http://www.w3.org/2000/svg";
const WAIT = 120; // milliseconds without a key before the server is asked

for (const form of document.querySelectorAll("form.search")) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector(".found");
  const language = form.querySelector("input[name=lang]")?.value;
  let chosen = -1;
  let timer = 0;
  let asked = null;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  }

  function choose(number) {
    const items = list.querySelectorAll("[role=option]");
    if (!items.length) return;
    chosen = (number + items.length) % items.length;
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    input.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }

  function glyph(type) {
    const known = document.querySelector(`template[data-glyph="${CSS.escape(type)}"]`);
    if (known) return known.content.firstElementChild.cloneNode(true);
    const dot = document.createElementNS(GLYPHS, "svg");
    dot.setAttribute("class", `glyph ${type}`);
    dot.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
    dot.setAttribute("aria-hidden", "true");
    const circle = document.createElementNS(GLYPHS, "circle");
    circle.setAttribute("r", "0.9");
    dot.append(circle);
    return dot;
  }

  function show(things) {
    list.replaceChildren(...things.map((thing, n) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.path = thing.path + (language ? `?lang=${encodeURIComponent(language)}` : "");
      const name = document.createElement("bdi");
      name.textContent = thing.label;
      item.append(glyph(thing.type), name);
      if (thing.name !== thing.label) {
        const by = document.createElement("small");
        by.textContent = thing.name;
        item.append(by);
      }
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => { location.href = item.dataset.path; });
      return item;
    }));
    if (!things.length) {
      const none = document.createElement("li");
      none.className = "note";
      none.textContent = form.dataset.none;
      list.append(none);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    chosen = -1;
  }

  async function suggest() {
    const text = input.value.trim();
    if (!text) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text.slice(0, 200))}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(suggest, WAIT);
  });
  input.addEventListener("compositionend", () => { timer = setTimeout(suggest, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1));
      else suggest();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && open && chosen >= 0) {
      event.preventDefault();
      location.href = list.querySelectorAll("[role=option]")[chosen].dataset.path;
    }
  });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], .CodeMirror");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const input = document.querySelector("form.search input[type=search]");
  if (input) { event.preventDefault(); input.focus(); input.select(); }
});
