import moment from "moment";
import { DataSet } from "vis-data/esnext";
import { Timeline } from "vis-timeline/esnext";
import "vis-timeline/styles/vis-timeline-graph2d.css";
import "./marks.css";
import "./timeline.css";
import { BAND, draw, hiddenByDay, hiddenByMonth } from "./density.js";
import { drawItem, knowSizes, legendOf, toVis, traitsOf } from "./events.js";
import { keysOf, leave, refocus, rove } from "./focus.js";
import { element } from "./marks.js";
import { align, fill, overviewOf, show, span, within } from "./overview.js";
import { calendar, language, number as count, plural, say, speak } from "./words.js";
import { ROW, iso, pack, timed, touches } from "./packing.js";

const DAY = 86_400_000;
const BETWEEN = 7; /* px that a lane takes beside its rows */
const FOOT = 4; /* px below the last row, else its marks run into the foot */
const AXIS = 52; /* px that months and years take above the rows */
const MOST_BEYOND = 0.22; /* of the chart's width that lies beyond the last date */
const LAST_LABEL = 270; /* px that the title of the last event needs beyond its date */
const NARROW = 640; /* px, where what a choice opens lies below the chart */
const OFTEN = 90; /* ms between two layouts while a reader zooms */
const SLOW = 250; /* ms after which a waiting reader is told */
const ALL = "all";
const live = new WeakMap();

const shownDays = (state) => {
  const { start, end } = state.chart.getWindow();
  return [iso(start), iso(end)];
};

function drawnNow(state) {
  const days = shownDays(state);
  const seen = new Map();
  for (const item of state.raw) if (state.placed.has(item.id) && touches(item, days)) seen.set(item.event, item);
  return [...seen.values()];
}

/* How many of how many stand in the window. All are here where they are few; else only the store knows, and is asked. */
function countOf(state) {
  const days = shownDays(state);
  if (!state.partial) return { inside: new Set(state.raw.filter((item) => touches(item, days)).map((item) => item.event)).size };
  const known = state.counts.window;
  return known[0] === days[0] && known[1] === days[1] ? state.counts : null;
}

function sentence(drawn, { inside, coarse = 0 }, total) {
  const all = inside < total ? `; ${say("{total} in all", { total: count(total) })}` : "";
  if (!inside) return `${say("No event lies in this window")}${all}.`;
  if (drawn >= inside)
    return `${plural(inside, "The one event in this window is drawn", "All {n} events in this window are drawn")}${all}.`;
  const dateless = coarse ? `, ${plural(coarse, "but for {n} known only to a season or a year", "but for {n} known only to a season or a year")}` : "";
  const shown = plural(inside, "{drawn} of {n} event in this window are drawn, the most important; the shading at the foot shows the others",
    "{drawn} of {n} events in this window are drawn, the most important; the shading at the foot shows the others", { drawn: count(drawn) });
  return `${shown}${dateless}${all}.`;
}

function tell(state) {
  const known = countOf(state);
  clearTimeout(state.waiting);
  if (!known) {
    state.waiting = setTimeout(() => { state.line.textContent = say("Counting the events of this window …"); }, SLOW);
    return;
  }
  const drawn = drawnNow(state);
  const undated = (list) => list.filter((item) => !item.month).length;
  const coarse = state.byMonth ? Math.max(0, known.coarse - undated(drawn)) : 0;
  state.line.textContent = `${sentence(drawn.length, { ...known, coarse }, state.total)}${state.note}`;
  state.host.dataset.drawn = String(drawn.length);
  state.host.dataset.inside = String(known.inside);
}

/* What is not drawn: single events where all of the window are here, else the counts of the months. */
function shade(state) {
  const { start, end } = state.chart.getWindow();
  const center = state.stage.querySelector(".vis-panel.vis-center").getBoundingClientRect();
  const box = state.stage.getBoundingClientRect();
  const view = { start: +start, end: +end, width: center.width, left: center.left - box.left };
  draw(state.canvas, state.hidden, view);
}

function hiddenNow(state) {
  const days = shownDays(state);
  const drawn = new Map(state.raw.filter((item) => state.placed.has(item.id)).map((item) => [item.event, item]));
  const here = new Map(state.raw.filter((item) => touches(item, days)).map((item) => [item.event, item]));
  const known = countOf(state);
  state.byMonth = !known || here.size < known.inside;
  if (!state.byMonth)
    return hiddenByDay([...here.values()].filter((item) => !drawn.has(item.event)));
  return hiddenByMonth(state.months, drawn.values());
}

function rowsOf(state, reserved) {
  const room = Math.floor((state.height - AXIS - FOOT - reserved - (state.lanes.length - 1) * BETWEEN) / ROW);
  return Math.max(room, state.lanes.length, 3);
}

/* Who has room at this zoom, and where; asked again whenever that may be another answer. */
function layOut(state) {
  const { start, end } = state.chart.getWindow();
  const center = state.stage.querySelector(".vis-panel.vis-center");
  const view = { start: +start, end: +end, width: center.clientWidth || state.stage.clientWidth,
    lanes: state.lanes.map((lane) => lane.id), first: [state.selected, state.cursor] };
  const unfolded = state.raw.filter((item) => !state.folded.has(item.group));
  let found = pack(unfolded, { ...view, rows: rowsOf(state, 0) });
  const days = shownDays(state);
  const missing = state.counts.inside > state.raw.length
    || state.raw.some((item) => touches(item, days) && !found.placed.has(item.id));
  if (missing) found = pack(unfolded, { ...view, rows: rowsOf(state, BAND) });
  Object.assign(state, { placed: found.placed, width: end - start, laid: Date.now() });
  state.stage.classList.toggle("kb-shaded", missing);
  state.hidden = missing ? hiddenNow(state) : [];
  state.hiding = missing;
  put(state, found);
  shade(state);
  tell(state);
}

/* Into the chart goes what changed; an empty span through each row keeps the rows where they are. */
function put(state, { placed, own }) {
  const wanted = new Map();
  for (const [lane, rows] of own)
    for (let row = 0; row < rows; row += 1) {
      const id = `row ${lane} ${row}`;
      wanted.set(id, { id, type: "range", start: state.bounds[0], end: state.bounds[1], group: lane || ALL, subgroup: String(row),
        row, className: "kb-row", key: `${state.bounds}` });
    }
  for (const item of state.raw) if (placed.has(item.id)) wanted.set(item.id, toVis(item, placed.get(item.id), ALL));
  const now = new Map(state.items.get().map((item) => [item.id, item.key]));
  const gone = [...now.keys()].filter((id) => !wanted.has(id));
  const changed = [...wanted.values()].filter((item) => now.get(item.id) !== item.key);
  if (gone.length || changed.length) refocus(state);
  if (gone.length) state.items.remove(gone);
  if (changed.length) state.items.update(changed);
  state.host.dataset.labelled = String([...placed.values()].filter((each) => each.labelled).length);
}

function markSelection(state) {
  refocus(state);
  state.chart.setSelection(state.raw.filter((item) => item.event === state.selected && state.placed.has(item.id)).map((item) => item.id));
}

function choose(state, event) {
  if (event == null) return markSelection(state);
  state.selected = state.cursor = event;
  layOut(state);
  markSelection(state);
  state.set("selected", event);
  reveal(state);
}

function close(state) {
  const event = state.selected;
  state.selected = null;
  state.cursor = event;
  markSelection(state);
  state.set("selected", null);
  leave(state, event);
}

/* On a narrow screen what a choice opens lies below, out of sight. */
function reveal(state, tries = 20) {
  const target = state.reveals && document.querySelector(state.reveals);
  if (window.innerWidth > NARROW || !tries) return;
  if (target) target.scrollIntoView({ behavior: "smooth", block: "start" });
  else setTimeout(() => reveal(state, tries - 1), 150);
}

/* A title stands to the right of its mark, so the last one needs room beyond its date. */
function roomy(state, [start, end], needed) {
  const share = needed ? Math.min(MOST_BEYOND, LAST_LABEL / Math.max(state.stage.clientWidth, 320)) : 0;
  return [start, end + ((end - start) * share) / (1 - share)];
}

/* There is nothing to see beyond the data but the title of its last event: farther no movement leads. */
function bound(state) {
  const { start, end } = state.chart.getWindow();
  const beyond = Math.min(MOST_BEYOND, LAST_LABEL / Math.max(state.stage.clientWidth, 320)) * (end - start);
  const limit = Math.min(roomy(state, state.extent, true)[1], state.extent[1] + beyond);
  if (Math.abs(limit - (state.limit ?? 0)) < DAY) return;
  state.limit = limit;
  state.chart.setOptions({ min: state.extent[0], max: limit });
}

/* The address keeps the window without a step in the history: Back leads to what was chosen before, not to each zoom. */
function keep(state, days) {
  const address = new URL(window.location.href);
  address.searchParams.set("window", days.join(".."));
  window.history.replaceState(window.history.state, "", address);
  state.set("window", days);
}

function moved(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => {
    bound(state);
    layOut(state);
    keep(state, shownDays(state));
  }, 180);
}

function go(state, window, animation = false) {
  state.chart.setWindow(window[0], window[1], { animation });
  show(state.overview, window);
  moved(state);
}

function showAll(state) {
  state.chart.setOptions({ min: state.extent[0], max: roomy(state, state.extent, true)[1] });
  state.limit = null;
  go(state, roomy(state, state.extent, true));
}

function pan(state, share) {
  const { start, end } = state.chart.getWindow();
  const step = (end - start) * share;
  go(state, within([+start + step, +end + step], [state.extent[0], state.limit ?? state.extent[1]]));
}

/* Where the buttons and keys zoom to: the chosen event, else the middle of what is drawn. */
function middle(state) {
  const { start, end } = state.chart.getWindow();
  const shown = (item) => Math.min(Math.max((item.from + item.to) / 2, +start), +end);
  const drawn = drawnNow(state).sort((a, b) => shown(a) - shown(b));
  const chosen = drawn.find((item) => item.event === (state.selected ?? state.cursor));
  const item = chosen ?? drawn[Math.floor(drawn.length / 2)];
  return item ? shown(item) : (+start + +end) / 2;
}

function zoom(state, factor) {
  const { start, end } = state.chart.getWindow();
  const at = middle(state);
  const width = Math.max(3 * DAY, (end - start) * factor);
  const share = (at - start) / (end - start);
  go(state, within([at - width * share, at + width * (1 - share)], [state.extent[0], roomy(state, state.extent, true)[1]]));
}

function listen(state) {
  state.chart.on("select", ({ items }) => {
    const found = items.length ? state.items.get(items[0]) : null;
    choose(state, found?.item?.event ?? null);
  });
  state.chart.on("rangechange", ({ start, end, byUser }) => {
    show(state.overview, [+start, +end]);
    if (byUser && Math.abs(end - start - state.width) > state.width * 0.05 && Date.now() - state.laid > OFTEN) layOut(state);
    else if (state.hiding) shade(state);
    if (byUser) moved(state);
  });
  state.chart.on("rangechanged", ({ byUser }) => { if (byUser) moved(state); });
  state.chart.on("changed", () => rove(state));
  /* The library hears taps only; a click with no pointer behind it comes from the keyboard. */
  state.stage.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-event]");
    if (button && event.detail === 0) choose(state, button.dataset.event);
  });
  keysOf(state, { close, pan, zoom, showAll, go, layOut });
  // The library draws a while after the stage has changed, a full chart later still; what is laid out before is laid out for the old width.
  // How high it draws changes with every zoom, which lays out by itself.
  const drawn = state.stage.querySelector(".vis-panel.vis-center");
  let width = drawn.clientWidth;
  state.watch = new ResizeObserver((seen) => {
    const same = drawn.clientWidth === width && seen.every((each) => each.target === drawn);
    width = drawn.clientWidth;
    if (same) return;
    clearTimeout(state.sizing);
    state.sizing = setTimeout(() => resize(state), 120);
  });
  for (const each of [state.stage, drawn]) state.watch.observe(each);
  state.resized = () => resize(state);
  window.addEventListener("resize", state.resized);
}

/* The chart is as high as the window has room for, with all that belongs to it. */
function heightOf(state) {
  const top = state.stage.getBoundingClientRect().top + (document.querySelector("[data-testid=stMain]")?.scrollTop ?? 0);
  const below = state.foot.getBoundingClientRect().height;
  return Math.max(window.innerWidth > NARROW ? 300 : 340, Math.floor(window.innerHeight - top - below - 14));
}

function resize(state) {
  if (!live.has(state.host)) return;
  const height = heightOf(state);
  if (height !== state.height) {
    state.height = height;
    state.chart.setOptions({ height, minHeight: height, maxHeight: height });
  }
  layOut(state);
  survey(state);
}

function tool(label, text, action) {
  const button = element("button", { type: "button", "aria-label": label, title: label }, text);
  button.onclick = action;
  return button;
}

function frame(host) {
  const stage = element("div", { class: "kb-stage kb-host", tabindex: "0", role: "group",
    "aria-label": say("Timeline. Arrow keys move between events, with Shift they move the window; plus and minus zoom, Home shows everything.") });
  const line = element("p", { class: "kb-count-line", role: "status" });
  const tools = element("div", { class: "kb-tools" });
  const legend = element("div", { class: "kb-legend", role: "group", "aria-label": say("Types of event; choose those to see") });
  const foot = element("div", { class: "kb-foot" });
  const canvas = element("canvas", { class: "kb-density", "aria-hidden": "true" });
  host.replaceChildren(element("div", { class: "kb-bar" }, line, tools), stage, foot);
  return { stage, line, tools, legend, foot, canvas };
}

/* The name of a lane folds it to one line, whose events are then only shaded. */
function laneOf(state, lane) {
  if (!lane?.title) return element("span", { class: "kb-lane" });
  const folded = state.folded.has(lane.id);
  const name = element("button", { type: "button", class: "kb-lane", "aria-expanded": String(!folded) }, lane.title);
  name.onclick = () => {
    if (!state.folded.delete(lane.id)) state.folded.add(lane.id);
    state.groups.update({ ...lane, folded: !folded });
    layOut(state);
    state.stage.querySelectorAll("button.kb-lane").forEach((each) => { if (each.textContent === lane.title) each.focus(); });
  };
  return name;
}

/* The axis has its words by a name of their own, as the library knows English alone. */
function named() {
  if (language() === "en") return "en";
  const name = `kb-${language()}`;
  if (!moment.locales().includes(name)) {
    const before = moment.locale();
    moment.defineLocale(name, calendar());
    moment.locale(before);
  }
  return name;
}

function build(host, data) {
  const state = { host, ...frame(host), raw: [], placed: new Map(), hidden: [], items: new DataSet(), groups: new DataSet(),
    lanes: [], folded: new Set(), byMonth: false, set: () => {}, counts: data.counts, months: [], extent: span(data.extent) };
  live.set(host, state);
  state.overview = overviewOf((window) => go(state, window), () => {});
  state.foot.append(state.overview.root, state.legend, traitsOf());
  legendOf(state, data.types);
  state.height = heightOf(state);
  const [start, end] = roomy(state, span(data.window), data.roomy);
  state.chart = new Timeline(state.stage, state.items, state.groups, {
    height: state.height, start, end, moment: (date) => moment(date).utc().locale(named()),
    ...(language() === "en" ? {} : { locale: named(), locales: { [named()]: { current: say("Current"), time: say("time") } } }),
    orientation: { axis: "top", item: "top" }, margin: { item: { horizontal: 6, vertical: 4 }, axis: 4 },
    template: drawItem, groupTemplate: (lane) => laneOf(state, lane),
    stack: false, stackSubgroups: true, horizontalScroll: false, verticalScroll: false, zoomable: true, preferZoom: true,
    multiselect: false, showCurrentTime: true, showTooltips: false, groupOrder: "order", xss: { disabled: true },
    zoomMin: 3 * DAY, zoomMax: 2000 * 365 * DAY,
    maxMinorChars: 4, // which are measured with their padding: seven left a narrow axis without a label
  });
  knowSizes(state.chart);
  state.stage.append(state.canvas);
  state.tools.append(tool(say("Zoom out"), "−", () => zoom(state, 2)), tool(say("Zoom in"), "+", () => zoom(state, 0.5)),
    tool(say("Show all"), say("All"), () => showAll(state)));
  listen(state);
  return state;
}

function load(state, data) {
  Object.assign(state, { rev: data.rev, raw: data.items.map(timed), partial: data.partial, extent: span(data.extent),
    months: data.months, counts: data.counts, total: data.total, note: data.note, types: data.types });
  state.bounds = [state.extent[0] - 400 * DAY, state.extent[1] + 4000 * DAY];
  state.lanes = data.groups.length ? data.groups : [{ id: "", title: "" }];
  legendOf(state, data.types);
  if (state.moved !== data.moved) {
    state.moved = data.moved;
    const window = roomy(state, span(data.window), data.roomy);
    state.limit = null;
    state.chart.setOptions({ min: state.extent[0], max: Math.max(window[1], roomy(state, state.extent, true)[1]) });
    state.chart.setWindow(...window, { animation: false });
  }
  state.stage.classList.toggle("kb-laned", data.groups.length > 0);
  state.groups.clear();
  state.groups.add(state.lanes.map((lane, order) => ({ ...lane, id: lane.id || ALL, order, content: "",
    subgroupOrder: (a, b) => Number(a.subgroup) - Number(b.subgroup) })));
  layOut(state);
  survey(state);
  state.host.dataset.items = String(data.items.length);
}

/* The overview lies on the scale that the chart has when it shows all. */
function survey(state) {
  const center = state.stage.querySelector(".vis-panel.vis-center");
  const { start, end } = state.chart.getWindow();
  align(state.overview, center.offsetLeft, center.clientWidth);
  fill(state.overview, state.months, roomy(state, state.extent, true), [+start, +end]);
}

function destroy(host) {
  const state = live.get(host);
  if (!state) return;
  live.delete(host);
  state.watch.disconnect();
  window.removeEventListener("resize", state.resized);
  document.removeEventListener("keydown", state.escaped);
  for (const timer of [state.timer, state.sizing, state.waiting, state.forgetting]) clearTimeout(timer);
  state.chart.destroy();
  host.replaceChildren();
}

export default function ({ data, parentElement, setStateValue }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-timeline");
  const state = live.get(host) ?? build(host, data);
  refocus(state);
  state.set = setStateValue;
  state.reveals = data.reveals;
  const selected = state.selected;
  state.selected = data.selected;
  if (state.rev !== data.rev) load(state, data);
  else if (selected !== data.selected) layOut(state);
  if (selected && !data.selected) leave(state, selected);
  if (data.selected) state.cursor = data.selected;
  markSelection(state);
  host.dataset.ready = "1";
  return () => destroy(host);
}
