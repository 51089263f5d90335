/*! With d3-geo, d3-array, internmap and topojson-client (Copyright Mike Bostock and others, ISC licence) and world-atlas
   (ISC licence), which holds Natural Earth, in the public domain. */
/* Places on a map of the world that lies in this file: countries from Natural Earth, projected here, nothing fetched. */
import { geoBounds, geoCentroid, geoMercator, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import world from "world-atlas/countries-50m.json";
import "./map.css";
import "./marks.css";
import { clustered, reach } from "./clusters.js";
import { element } from "./marks.js";
import { escaped, savePngOf, saveSvg } from "./save.js";
import { called, number, plural, say, speak } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const CLOSEST = 400, STEP = 1.5, EDGE = 60; // most zoom; how much a button zooms; room around what is shown, in px
const countries = feature(world, world.objects.countries).features.filter(({ properties }) => properties.name !== "Antarctica");
const land = { type: "FeatureCollection", features: countries };
const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
const live = new WeakMap();

function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const size = (state) => [state.stage.clientWidth || 600, state.stage.clientHeight || 400];
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

/* The world once, at zoom 1; what moves afterwards is the group that holds it. */
function project(state) {
  const [width] = size(state);
  state.project = geoMercator().scale(width / (2 * Math.PI)).translate([0, 0]);
  const path = geoPath(state.project);
  state.land.setAttribute("d", path(land));
  state.borders.setAttribute("d", path(borders));
  state.names = countries.map((country) => {
    const [[west, south], [east, north]] = geoBounds(country);
    const [left, top] = state.project([west, Math.min(north, 84)]);
    const [right, low] = state.project([east, south]);
    return { id: country.id, name: country.properties.name, at: state.project(geoCentroid(country)), wide: right - left, tall: low - top };
  });
  state.spots = state.points.map((point) => ({ ...point, at: state.project([point.lon, point.lat]) }));
}

const onScreen = (state, [x, y]) => [x * state.zoom + state.x, y * state.zoom + state.y];

function move(state, x, y, zoom) {
  const [width, height] = size(state);
  state.zoom = clamp(zoom, 0.8, CLOSEST);
  const half = (width / 2) * state.zoom;
  state.x = clamp(x, width / 2 - half, width / 2 + half);
  state.y = clamp(y, height / 2 - half, height / 2 + half);
  cancelAnimationFrame(state.frame);
  state.frame = requestAnimationFrame(() => draw(state));
  clearTimeout(state.timer);
  state.timer = setTimeout(() => tellView(state), 500);
}

/* Zoom so that what lies under a spot of the screen stays there. */
function zoomAt(state, factor, [x, y]) {
  const zoom = clamp(state.zoom * factor, 0.8, CLOSEST);
  const grown = zoom / state.zoom;
  move(state, x - (x - state.x) * grown, y - (y - state.y) * grown, zoom);
}

function show(state, spots, most = 40) {
  const [width, height] = size(state);
  if (!spots.length) return move(state, width / 2, height / 2, 1);
  const [xs, ys] = [spots.map(({ at }) => at[0]), spots.map(({ at }) => at[1])];
  const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const zoom = clamp(Math.min((width - 2 * EDGE) / (right - left || 1e-6), (height - 2 * EDGE) / (low - top || 1e-6)), 0.8, most);
  move(state, width / 2 - ((left + right) / 2) * zoom, height / 2 - ((top + low) / 2) * zoom, zoom);
}

/* The middle of the view and its zoom, as it stands in an address. */
function tellView(state) {
  const [width, height] = size(state);
  const [lon, lat] = state.project.invert([(width / 2 - state.x) / state.zoom, (height / 2 - state.y) / state.zoom]);
  const view = `${lat.toFixed(3)},${lon.toFixed(3)},${state.zoom.toFixed(2)}`;
  if (state.told !== view && state.moved) state.set("view", (state.told = view));
}

function goTo(state, view) {
  const [lat, lon, zoom] = (view ?? "").split(",").map(Number);
  if (![lat, lon, zoom].every(Number.isFinite) || Math.abs(lat) > 85) return false;
  const [width, height] = size(state);
  const [x, y] = state.project([lon, lat]);
  move(state, width / 2 - x * zoom, height / 2 - y * zoom, zoom);
  return true;
}

function spotOf(state, group) {
  const [x, y] = group.at;
  const only = group.spots.length === 1 ? group.spots[0] : null;
  const words = only ? `${only.name}: ${plural(only.events, "{n} event", "{n} events")}`
    : `${plural(group.spots.length, "{n} place", "{n} places")}, ${plural(group.events, "{n} event", "{n} events")}: ${group.spots.slice(0, 6).map(({ name }) => name).join(", ")}`;
  const chosen = group.spots.some(({ id }) => id === state.selected);
  const mark = shape("g", { class: "kb-spot", role: "button", tabindex: "0", "aria-label": words, "aria-pressed": String(chosen),
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  const area = group.spots.every((spot) => spot.area);
  mark.append(shape("title", {}, words), shape("circle", { r: reach(group.events), fill: "var(--kb-spot)", "fill-opacity": area ? 0.55 : 0.88,
    stroke: "var(--kb-land)", "stroke-width": 1.5, ...(area ? { "stroke-dasharray": "3 2", stroke: "var(--st-text-color)" } : {}) }));
  if (group.events > 1) mark.append(shape("text", { "text-anchor": "middle", dy: ".35em", "font-size": 11.5, "font-weight": 600,
    fill: area ? "var(--st-text-color)" : "var(--kb-spot-ink)" }, number(group.events)));
  const choose = () => {
    if (group.spots.length > 1 && state.zoom < CLOSEST * 0.9) {
      const within = new Set(group.spots.map(({ id }) => id));
      state.moved = true;
      show(state, state.spots.filter(({ id }) => within.has(id)), CLOSEST);
    }
    else state.set("selected", (only ?? group.spots[0]).id);
  };
  mark.addEventListener("click", () => state.dragged || choose());
  mark.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), choose()));
  return mark;
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/* What to call places that lie over each other, the fullest first, of which the first that has room is written: none is only a number. */
function titles(spots) {
  const names = spots.map(({ name }) => name);
  const rest = (shown) => {
    const left = names.length - shown;
    return `${names.slice(0, shown).join(", ")} ${plural(left, "and {n} more place", "and {n} more places")}`;
  };
  return [...(names.length <= 3 ? [names.join(", ")] : []), ...[2, 1].filter((shown) => shown < names.length).map(rest)];
}

/* Where a name may stand beside its mark, the place that is read first before the others: x, y, and which part of it stands there. */
const around = (x, y, r) => [[x + r + 4, y, "start"], [x - r - 4, y, "end"], [x, y + r + 10, "middle"], [x, y - r - 10, "middle"]];

/* Names of places where they hide nothing; the names of countries where there is room left for them. */
function labels(state, groups) {
  const taken = groups.map(({ at: [x, y], events }) => { const r = reach(events); return [x - r, y - r, x + r, y + r]; });
  const [width, height] = size(state);
  const made = [];
  const put = (words, x, y, attributes, wide) => {
    const left = x - wide * ({ middle: 0.5, end: 1 }[attributes["text-anchor"]] ?? 0);
    const box = [left, y - 8, left + wide, y + 8];
    if (box[0] < 0 || box[1] < 0 || box[2] > width || box[3] > height || taken.some((other) => meet(box, other))) return false;
    taken.push(box);
    made.push(shape("text", { x: x.toFixed(1), y: y.toFixed(1), dy: ".35em", "pointer-events": "none", ...attributes }, words));
    return true;
  };
  for (const { at: [x, y], events, spots } of groups) {
    titles(spots).some((words) => around(x, y, reach(events)).some(([at, level, anchor]) => put(words, at, level, { "font-size": 12.5,
      fill: "var(--st-text-color)", "text-anchor": anchor, stroke: "var(--kb-land)", "stroke-width": 3, "paint-order": "stroke" }, words.length * 6.9)));
  }
  for (const { id, name, at, wide, tall } of state.names) {
    const named = called(id, name);
    const room = named.length * 8.5;
    const [x, y] = onScreen(state, at);
    if (wide * state.zoom > room && tall * state.zoom > 26) put(named.toUpperCase(), x, y, { "font-size": 10.5, "letter-spacing": 1.2,
      "text-anchor": "middle", fill: "var(--st-text-color)", "fill-opacity": 0.72 }, room);
  }
  return made;
}

function draw(state) {
  const [width, height] = size(state);
  state.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  state.ground.setAttribute("transform", `translate(${state.x} ${state.y}) scale(${state.zoom})`);
  const seen = state.spots.map((spot) => ({ ...spot, at: onScreen(state, spot.at) }))
    .filter(({ at: [x, y] }) => x > -30 && y > -30 && x < width + 30 && y < height + 30);
  const groups = clustered(seen);
  const focused = state.marks.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  state.marks.replaceChildren(...groups.map((group) => spotOf(state, group)));
  state.words.replaceChildren(...labels(state, groups));
  if (focused) [...state.marks.children].find((mark) => mark.getAttribute("aria-label") === focused)?.focus();
  state.host.dataset.ready = "1";
  state.host.dataset.shown = String(groups.reduce((sum, { spots }) => sum + spots.length, 0));
}

function listen(state) {
  const held = new Map();
  const local = (event) => { const box = state.svg.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  state.svg.addEventListener("wheel", (event) => { event.preventDefault(); state.moved = true; zoomAt(state, Math.exp(-event.deltaY / 400), local(event)); }, { passive: false });
  state.svg.addEventListener("pointerdown", (event) => { held.set(event.pointerId, local(event)); state.dragged = false; });
  state.svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = local(event);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    if (!other && !state.dragged && Math.hypot(dx, dy) < 4) return;
    if (!state.dragged) state.svg.setPointerCapture(event.pointerId);
    state.dragged = state.moved = true;
    state.svg.classList.add("kb-dragged");
    held.set(event.pointerId, now);
    if (!other) return move(state, state.x + dx, state.y + dy, state.zoom);
    const apart = (spot) => Math.hypot(spot[0] - other[0], spot[1] - other[1]) || 1;
    zoomAt(state, apart(now) / apart(before), other);
  });
  const drop = (event) => { held.delete(event.pointerId); state.svg.classList.remove("kb-dragged"); };
  for (const end of ["pointerup", "pointercancel"]) state.svg.addEventListener(end, drop);
  state.svg.addEventListener("keydown", (event) => {
    const [width, height] = size(state);
    const by = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    const factor = { "+": STEP, "=": STEP, "-": 1 / STEP }[event.key];
    if (!by && !factor) return;
    event.preventDefault();
    state.moved = true;
    if (by) move(state, state.x + by[0], state.y + by[1], state.zoom);
    else zoomAt(state, factor, [width / 2, height / 2]);
  });
}

/* The map alone: colours written out, as a file knows no theme. */
function alone(state) {
  const [width, height] = size(state);
  const style = getComputedStyle(state.host);
  const resolve = (name) => { state.probe.style.color = `var(${name})`; return getComputedStyle(state.probe).color; };
  const copy = state.svg.cloneNode(true);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("font-family", style.fontFamily);
  copy.prepend(shape("rect", { width: "100%", height: "100%", fill: "var(--kb-sea)" }));
  const words = new XMLSerializer().serializeToString(copy);
  return words.replace(/var\((--[\w-]+)\)/g, (_, name) => escaped(resolve(name)));
}

function tool(label, text, action) {
  const button = element("button", { type: "button", "aria-label": label, title: label }, text);
  button.onclick = action;
  return button;
}

function build(host, data) {
  const stage = element("div", { class: "kb-stage" });
  stage.style.height = `${data.height}px`;
  const probe = element("span");
  const state = { host, stage, probe, points: [], spots: [], x: 0, y: 0, zoom: 1, set: () => {} };
  state.land = shape("path", { fill: "var(--kb-land)", stroke: "var(--kb-edge)", "stroke-width": 0.6, "vector-effect": "non-scaling-stroke" });
  state.borders = shape("path", { fill: "none", stroke: "var(--kb-edge)", "stroke-width": 0.8, "vector-effect": "non-scaling-stroke" });
  state.ground = shape("g", { "aria-hidden": "true" }, state.land, state.borders);
  [state.marks, state.words] = [shape("g"), shape("g", { "aria-hidden": "true" })];
  state.svg = shape("svg", { role: "group", tabindex: "0" }, state.ground, state.words, state.marks);
  stage.append(state.svg);
  const middle = () => size(state).map((length) => length / 2);
  const byHand = (action) => () => { state.moved = true; action(); };
  const tools = element("div", { class: "kb-tools" },
    tool(say("Zoom out"), "−", byHand(() => zoomAt(state, 1 / STEP, middle()))), tool(say("Zoom in"), "+", byHand(() => zoomAt(state, STEP, middle()))),
    tool(say("Show all places"), say("All"), byHand(() => show(state, state.spots))),
    tool(say("Save the map as PNG"), "PNG", () => savePngOf(alone(state), ...size(state), getComputedStyle(stage).backgroundColor, "map")),
    tool(say("Save the map as SVG"), "SVG", () => saveSvg(alone(state), "map")));
  state.legend = element("ul", { class: "kb-legend" });
  host.append(element("div", { class: "kb-bar" }, state.legend, tools), stage, probe,
    element("p", {}, say("Borders: Natural Earth, as the ground is held; they say nothing of whose it is. Dashed: a country or a region, so somewhere in it.")));
  listen(state);
  state.watch = new ResizeObserver(() => {
    if (state.width === stage.clientWidth || !stage.clientWidth) return;
    const first = !state.width;
    state.width = stage.clientWidth;
    if (first) return;
    project(state);
    show(state, state.spots);
  });
  state.watch.observe(stage);
  return state;
}

function load(state, data) {
  const first = state.rev === undefined;
  state.rev = data.rev;
  state.points = data.points;
  project(state);
  state.svg.setAttribute("aria-label", data.label);
  state.legend.replaceChildren(...data.legend.map(({ label, count }) =>
    element("li", {}, element("span", {}, label), element("span", { class: "kb-count" }, number(count)))));
  if (first && goTo(state, data.view)) state.told = data.view;
  else if (!state.moved) show(state, state.spots);
  else draw(state);
}

export default function ({ data, parentElement, setStateValue }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-map");
  if (!live.has(host)) live.set(host, build(host, data));
  const state = live.get(host);
  state.set = setStateValue;
  const changed = state.selected !== data.selected;
  state.selected = data.selected;
  if (state.rev !== data.rev) load(state, data);
  else if (changed) draw(state);
  return () => { clearTimeout(state.timer); cancelAnimationFrame(state.frame); state.watch.disconnect(); host.replaceChildren(); live.delete(host); };
}
