import moment from "moment";
import { DataSet } from "vis-data/esnext";
import { Timeline } from "vis-timeline/esnext";
import "vis-timeline/styles/vis-timeline-graph2d.css";
import "./marks.css";
import "./timeline.css";
import { element, mark, slotOf } from "./marks.js";

const DAY = 86_400_000;
const ROW_HEIGHT = 28;
const LABEL_WIDTH = 240;
const LAST_LABEL = 270;
const NARROW = 640; /* px, where Streamlit puts columns below each other */
const live = new WeakMap();

const utc = (iso) => Date.parse(`${iso}T00:00:00Z`);
const iso = (date) => new Date(date).toISOString().slice(0, 10);

function classesOf(item, labelled) {
  const classes = ["kb-event", `kb-slot-${slotOf(item.slot)}`];
  if (!labelled) classes.push("kb-mini");
  for (const trait of ["soft", "openStart", "openEnd", "unsure"]) if (item[trait]) classes.push(`kb-${trait}`);
  return classes.join(" ");
}

function toVis(item, labelled) {
  const shown = { id: item.id, type: "range", start: utc(item.start), end: utc(item.end), labelled, item };
  if (item.group) shown.group = item.group;
  return { ...shown, className: classesOf(item, labelled) };
}

function drawItem({ item, labelled }) {
  /* What is read aloud begins with what is seen. */
  const words = `${item.tag ? `${item.tag} ` : ""}${item.title} — ${item.date}`;
  const button = element("button", { type: "button", class: "kb-item", "data-event": item.event, title: words,
    "aria-label": words }, mark(item.slot));
  if (!labelled) return button;
  if (item.tag) button.append(element("span", { class: "kb-tag" }, item.tag), " ");
  button.append(element("span", { class: "kb-title" }, item.title));
  return button;
}

/* Only as many labels as fit without scrolling; the rest stay marks until the reader zooms in. */
function labelledIds(state) {
  const { start, end } = state.chart.getWindow();
  const room = Math.max(1, Math.floor((state.height - 60) / ROW_HEIGHT))
    * Math.max(1, Math.floor(state.stage.clientWidth / LABEL_WIDTH));
  const inside = state.raw.filter((item) => utc(item.end) > start && utc(item.start) < end);
  inside.sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  const ids = new Set(inside.slice(0, room).map((item) => item.id));
  for (const item of inside) if (item.event === state.selected) ids.add(item.id);
  return ids;
}

function relabel(state) {
  if (!state.chart) return;
  const ids = labelledIds(state);
  const changed = state.items.get().filter((shown) => shown.labelled !== ids.has(shown.id));
  if (changed.length) state.items.update(changed.map((shown) => toVis(shown.item, ids.has(shown.id))));
  state.host.dataset.labelled = String(ids.size);
}

function markSelection(state) {
  state.chart.setSelection(state.raw.filter((item) => item.event === state.selected).map((item) => item.id));
}

function choose(state, event) {
  if (event == null) return markSelection(state);
  state.selected = event;
  relabel(state);
  markSelection(state);
  state.set("selected", event);
  reveal(state);
}

/* On a narrow screen what a choice opens lies below, out of sight. */
function reveal(state, tries = 20) {
  const target = state.reveals && document.querySelector(state.reveals);
  if (window.innerWidth > NARROW || !tries) return;
  if (target) target.scrollIntoView({ behavior: "smooth", block: "start" });
  else setTimeout(() => reveal(state, tries - 1), 150);
}

function windowMoved(state, moved) {
  if (!moved.byUser && !state.byTool) return;
  state.byTool = false;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    relabel(state);
    if (state.partial) state.set("window", [iso(moved.start), iso(moved.end)]);
  }, 220);
}

function tool(state, label, text, action) {
  const button = element("button", { type: "button", "aria-label": label, title: label }, text);
  button.onclick = () => { state.byTool = true; action(); };
  return button;
}

/* A label stands to the right of its mark, so the last one needs room beyond its date. */
function roomy(stage, [first, last], needed) {
  const [start, end] = [utc(first), utc(last)];
  const width = Math.max(stage.clientWidth, 320);
  const share = needed ? Math.min(0.36, LAST_LABEL / width) : 0;
  return [start, end + ((end - start) * share) / (1 - share)];
}

function showAll(state) {
  state.chart.setWindow(...roomy(state.stage, state.extent, true));
}

function pan(state, share) {
  const { start, end } = state.chart.getWindow();
  const step = (end - start) * share;
  state.chart.setWindow(+start + step, +end + step, { animation: false });
}

const KEYS = {
  ArrowLeft: (state) => pan(state, -0.2),
  ArrowRight: (state) => pan(state, 0.2),
  "+": (state) => state.chart.zoomIn(0.4),
  "=": (state) => state.chart.zoomIn(0.4),
  "-": (state) => state.chart.zoomOut(0.4),
  Home: showAll,
};

function listen(state) {
  state.chart.on("select", ({ items }) => {
    const found = items.length ? state.items.get(items[0]) : null;
    choose(state, found?.item.event ?? null);
  });
  state.chart.on("rangechanged", (moved) => windowMoved(state, moved));
  /* The library hears taps only; a click with no pointer behind it comes from the keyboard. */
  state.stage.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-event]");
    if (button && event.detail === 0) choose(state, button.dataset.event);
  });
  state.stage.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    state.byTool = true;
    KEYS[event.key](state);
    event.preventDefault();
  });
  state.watch = new ResizeObserver(() => { clearTimeout(state.sizing); state.sizing = setTimeout(() => relabel(state), 200); });
  state.watch.observe(state.stage);
}

function build(host, data) {
  const stage = element("div", { class: "kb-stage kb-host", tabindex: "0", role: "group",
    "aria-label": "Timeline. Arrow keys move, plus and minus zoom, Home shows everything." });
  const legend = element("ul", { class: "kb-legend", "aria-label": "Types of event" });
  const tools = element("div", { class: "kb-tools" });
  host.append(element("div", { class: "kb-bar" }, legend, tools), stage);
  const state = { host, stage, legend, raw: [], items: new DataSet(), lanes: new DataSet(), set: () => {} };
  state.height = data.height;
  const [start, end] = roomy(stage, data.window, data.roomy);
  state.laned = data.groups.length > 0;
  state.chart = new Timeline(stage, state.items, state.laned ? state.lanes : undefined, {
    minHeight: Math.min(260, data.height), maxHeight: data.height, start, end, moment: (date) => moment(date).utc(),
    orientation: { axis: "top", item: "top" }, margin: { item: { horizontal: 6, vertical: 3 }, axis: 8 },
    template: drawItem, groupTemplate: (lane) => element("span", { class: "kb-lane" }, lane?.title ?? ""),
    preferZoom: true, verticalScroll: true, multiselect: false, showCurrentTime: false, showTooltips: false,
    order: (a, b) => (state.crowded ? (b.item.weight ?? 0) - (a.item.weight ?? 0) : a.start - b.start),
    zoomMin: 3 * DAY, zoomMax: 400 * 365 * DAY, groupOrder: "order", xss: { disabled: true },
  });
  tools.append(
    tool(state, "Zoom out", "−", () => state.chart.zoomOut(0.5)),
    tool(state, "Zoom in", "+", () => state.chart.zoomIn(0.5)),
    tool(state, "Show all", "All", () => showAll(state)),
  );
  listen(state);
  return state;
}

function showLegend(state, entries) {
  state.legend.replaceChildren(...entries.map((entry) => element("li", {}, mark(entry.slot),
    element("span", {}, entry.label), element("span", { class: "kb-count" }, String(entry.count)))));
}

function load(state, data) {
  state.rev = data.rev;
  state.raw = data.items;
  state.partial = data.partial;
  state.extent = data.extent;
  if (state.moved !== data.moved) {
    state.moved = data.moved;
    state.chart.setWindow(...roomy(state.stage, data.window, data.roomy), { animation: false });
  }
  showLegend(state, data.legend);
  const ids = labelledIds(state);
  /* Where not all have room the most salient come first; where they have, the order of time reads better. */
  state.crowded = data.items.length > ids.size;
  state.lanes.clear();
  state.lanes.add(data.groups.map((lane, order) => ({ ...lane, order, content: "" })));
  state.items.clear();
  state.items.add(data.items.map((item) => toVis(item, ids.has(item.id))));
  state.host.dataset.items = String(data.items.length);
  /* Scrollable regions must be reachable by keyboard. */
  for (const panel of state.stage.querySelectorAll(".vis-left, .vis-right, .vis-center")) panel.tabIndex = 0;
}

function destroy(host) {
  const state = live.get(host);
  state?.watch.disconnect();
  clearTimeout(state?.timer);
  state?.chart.destroy();
  host.replaceChildren();
  live.delete(host);
}

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".kb-timeline");
  if (live.has(host) && live.get(host).laned !== data.groups.length > 0) destroy(host);
  if (!live.has(host)) live.set(host, build(host, data));
  const state = live.get(host);
  state.set = setStateValue;
  state.reveals = data.reveals;
  if (state.rev !== data.rev) load(state, data);
  if (state.selected !== data.selected) { state.selected = data.selected; relabel(state); }
  markSelection(state);
  host.dataset.ready = "1";
  return () => destroy(host);
}
