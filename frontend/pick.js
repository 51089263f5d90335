/* Words selected in the text of an article can be made an event or a claim: two buttons stand beside them. */
import "./pick.css";
import { element } from "./marks.js";
import { say, speak } from "./words.js";

const TEXT = ".kb-article";
const live = new WeakMap();

/* Where the text is broken into lines and paragraphs is not told alike here and there: only what is no space counts. */
const solid = (words) => [...words.replace(/\s/g, "")].length;

function selected() {
  const selection = window.getSelection();
  const article = document.querySelector(TEXT);
  if (!article || !selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.startContainer) || !article.contains(range.endContainer) || !range.toString().trim()) return null;
  const before = document.createRange();
  before.setStart(article, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { before: solid(before.toString()), length: solid(range.toString()), place: range.getBoundingClientRect() };
}

function hide(state) {
  state.bar.hidden = true;
}

function show(state) {
  const found = selected();
  if (!found || found.place.bottom < 0 || found.place.top > window.innerHeight) return hide(state);
  state.found = found;
  state.bar.hidden = false;
  const { place } = found;
  const { width, height } = state.bar.getBoundingClientRect();
  const above = place.top - height - 8;
  state.bar.style.left = `${Math.max(8, Math.min(window.innerWidth - width - 8, place.left))}px`;
  state.bar.style.top = `${above > 64 ? above : Math.min(window.innerHeight - height - 8, place.bottom + 8)}px`;
}

function button(state, what, words) {
  const made = element("button", { type: "button" }, words);
  made.onmousedown = (event) => event.preventDefault(); /* which would take the selection away */
  made.onclick = () => {
    const { before, length } = state.found;
    hide(state);
    window.getSelection().removeAllRanges();
    state.send("picked", { what, before, length });
  };
  return made;
}

/* Who selects words within a link does not want to follow it. */
function held(event) {
  if (event.target.closest?.(TEXT) && selected()) event.preventDefault();
}

function start(host) {
  const state = { bar: element("div", { class: "kb-pick", role: "toolbar", "aria-label": say("The selected words") }), found: null };
  state.bar.append(button(state, "event", say("Add an event")), button(state, "claim", say("Add a claim")));
  state.bar.hidden = true;
  host.append(state.bar);
  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(show, 120, state); };
  const moved = () => { hide(state); soon(); };
  const escape = (event) => { if (event.key === "Escape") hide(state); };
  const told = [["selectionchange", soon], ["scroll", moved, true], ["keydown", escape], ["click", held, true]];
  for (const [name, does, early] of told) document.addEventListener(name, does, early);
  soon(); /* words may have been selected before this was there */
  state.end = () => {
    clearTimeout(timer);
    for (const [name, does, early] of told) document.removeEventListener(name, does, early);
  };
  return state;
}

export default function ({ data, parentElement, setTriggerValue }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-picking");
  const state = live.get(host) ?? start(host);
  live.set(host, state);
  state.send = setTriggerValue;
  return () => { state.end(); live.delete(host); };
}
