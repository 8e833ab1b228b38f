// Search by keyboard, and lists that stay up to date. Everything else needs no script.
"use strict";

const { root, language } = document.body.dataset;
const box = document.querySelector(".search");
const input = box.querySelector("input");
const list = box.querySelector("ul");
const SHOWN = 12;
let chosen = 0;

// The pages are a script, because a page on a disk may load nothing else; it comes with the first search.
const pages = () =>
  (pages.loaded ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${root}assets/search-${language}.js`;
    script.onload = () => done(globalThis.moyunPages);
    script.onerror = failed;
    document.head.append(script);
  }));

// How far a page is from the words: the smaller the nearer; Infinity if a word is nowhere.
function distance([title, , kind, gist], words) {
  const [name, text] = [title.toLowerCase(), `${kind} ${gist}`.toLowerCase()];
  const of = (word) => {
    if (name === word) return 0;
    if (name.startsWith(word)) return 1 + name.length / 1000;
    if (name.includes(word)) return 2 + name.length / 1000;
    return text.includes(word) ? 4 : Infinity;
  };
  return words.reduce((sum, word) => sum + of(word), 0);
}

function item([title, address, kind, gist], at) {
  const element = (tag, text, inside = []) => {
    const made = document.createElement(tag);
    made.append(text, ...inside);
    return made;
  };
  const link = element("a", title, [element("span", kind), element("small", gist)]);
  link.href = `${root}${language}/${address}`;
  link.tabIndex = -1;
  const entry = element("li", link);
  entry.id = `found-${at}`;
  entry.setAttribute("role", "option");
  return entry;
}

function choose(at) {
  const entries = [...list.children];
  chosen = Math.max(0, Math.min(at, entries.length - 1));
  entries.forEach((entry, place) => entry.setAttribute("aria-selected", place === chosen));
  entries[chosen]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", entries[chosen]?.id ?? "");
}

async function search() {
  const all = await pages();
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const near = all.map((page) => [distance(page, words), page]).filter(([far]) => far < Infinity);
  near.sort(([one], [other]) => one - other);
  const found = words.length ? near.slice(0, SHOWN) : [];
  list.replaceChildren(...found.map(([, page], at) => item(page, at)));
  show(found.length > 0);
  choose(0);
}

function show(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute("aria-expanded", isOpen);
}

const keys = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Enter: () => list.children[chosen]?.querySelector("a").click(),
  Escape: () => (list.hidden ? input.blur() : show(false)),
};

box.hidden = false;
input.addEventListener("focus", pages);
input.addEventListener("input", search);
input.addEventListener("keydown", (event) => {
  if (!Object.hasOwn(keys, event.key) || event.isComposing) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea")) return;
  event.preventDefault();
  input.focus();
  input.select();
});
document.addEventListener("click", (event) => box.contains(event.target) || show(false));

// A list that is live is fetched again as the server would show it now.
const PAUSE_MS = 2000;
const live = document.querySelector("[data-live]");
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
  if (now && now.innerHTML !== live.innerHTML) live.innerHTML = now.innerHTML;
}
if (live) setInterval(refresh, PAUSE_MS);
