// What the pointer is over, in a few words beside it. The card says the same and more to everyone else.

const tip = byId("tip");
const QUOTED = 90; // so many characters of a sentence

function thingTip(number) {
  const thing = things[number], subtype = subtypeName(thing.subtype);
  const notes = [named(kindOf[number]) + (subtype ? ` · ${subtype}` : "")];
  if (around[number].length) notes.push(words("search.degree", { n: formatted(around[number].length) }));
  if (isInferred[number]) notes.push(words("tip.inferred"));
  if (thing.figures.length) notes.push(words("tip.figures", { n: formatted(thing.figures.length) }));
  return [element("b", {}, content(shortened(thing.name, QUOTED))), element("small", {}, notes.join(" · "))];
}

function relationTip(number) {
  const { from, to } = edges[number];
  const { predicate, evidence } = relations[number];
  const attributes = shortened(attributesText(number), QUOTED);
  const sentence = evidence.length ? shortened(data.sentences[evidence[0][0]][1].join(""), QUOTED) : "";
  return [
    element("b", {}, content(shortened(things[from].name, 30)), ` ${named(data.predicates[predicate]).slice(0, 40)} `, content(shortened(things[to].name, 30)), ...tags(number)),
    attributes ? element("small", {}, content(attributes)) : null,
    sentence ? element("q", { lang: "zh-CN" }, sentence) : null,
  ];
}

function communityTip(number) {
  const community = communities[number];
  const members = new Set(community.members);
  const first = byWeight.filter((i) => members.has(i) && shown.things[i]).slice(0, 5).map((i) => shortened(things[i].name, 20));
  return [element("b", {}, content(communityName(number))), element("small", {}, words("tip.members", { n: formatted(community.count) })), element("span", {}, content(listed(first)))];
}

function showTip(thing, community, relation) {
  const rows = thing !== null ? thingTip(thing) : community !== null ? communityTip(community) : relation !== null ? relationTip(relation) : [];
  tip.hidden = rows.length === 0;
  tip.replaceChildren(...rows.filter((row) => row !== null));
}

function placeTip(event) {
  if (tip.hidden) return;
  const box_ = stage.getBoundingClientRect();
  const x = event.clientX - box_.left, y = event.clientY - box_.top;
  tip.style.left = `${Math.max(6, Math.min(x + 14, box_.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${y + 22 + tip.offsetHeight > box_.height ? Math.max(4, y - tip.offsetHeight - 12) : y + 22}px`;
}
