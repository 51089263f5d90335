import { DataSet } from "vis-data/esnext";
import { Network } from "vis-network/esnext";
import "./marks.css";
import "./network.css";
import { element } from "./marks.js";
import { drawn } from "./outline.js";
import { savePng, saveSvg } from "./save.js";
import { crowdPainter, drawNames, lineUnder, MANY, silent, under } from "./crowd.js";
import { firstDays, player } from "./play.js";
import { FONT, labelled, thereAt } from "./labels.js";
import { settle, spread } from "./spread.js";
import { number, say, speak } from "./words.js";

const TOLD = 9; // lines up to which all say what they mean; of a chosen node its own do
const BETWEEN = "~"; // stands between the two ends in the name of a line
const HUB = 12; // lines from which on a node's own are drawn faintly, as they say little
const EACH = 400; // nodes that have room in the stage itself; more have a frame that is as much larger
const live = new WeakMap();

/* A canvas knows no CSS variables: resolve the theme's colours once, and again when the theme changes. */
function theme(host) {
  const style = getComputedStyle(host);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = read("--st-text-color", "#222");
  const [ink, paper] = [pen.fillStyle, read("--st-background-color", "#fff")];
  return { ink, paper, font: read("--st-font", "sans-serif"), key: ink + paper };
}

/* The smallest marks still have to be seen and hit where many share a small screen. */
function shrink(state, count) {
  const room = Math.sqrt((state.stage.clientWidth * state.stage.clientHeight) / Math.max(count, 1));
  return Math.min(Math.max(room / 75, 0.6), 1);
}

function themedNodes(state, data, { ink, paper, font }) {
  const factor = shrink(state, data.nodes.length);
  return data.nodes.map((node) => ({ ...node, words: node.label, label: undefined, title: undefined,
    size: node.size * factor, rank: node.size + (node.kind === "Event" || node.kind === "Claim" ? 0 : 100),
    font: { color: ink, face: font, size: FONT, strokeWidth: 4, strokeColor: paper },
    color: { background: node.color, border: paper, highlight: { background: node.color, border: ink },
      hover: { background: node.color, border: ink } } }));
}

function themedEdges(data, { ink, paper, font }) {
  const lines = new Map();
  for (const { from, to } of data.edges) for (const end of [from, to]) lines.set(end, (lines.get(end) ?? 0) + 1);
  return data.edges.map((edge, id) => {
    const hub = Math.max(lines.get(edge.from), lines.get(edge.to)) > HUB;
    return { ...edge, id, title: undefined, word: edge.title ?? edge.label ?? "", label: undefined,
      color: { color: ink + (hub ? "4d" : "85"), highlight: ink, hover: ink },
      font: { color: ink, face: font, size: 12, strokeWidth: 4, strokeColor: paper } };
  });
}

const ends = (id) => (typeof id === "string" && id.includes(BETWEEN) ? id.split(BETWEEN) : null);
const joins = (edge, pair) => pair && pair.includes(edge.from) && pair.includes(edge.to);

/* Which lines say what they mean: the one pointed at, those chosen, all where there are few. */
function tellRoles(state) {
  const all = state.edges.get();
  const pair = ends(state.selected);
  const own = all.filter((edge) => joins(edge, pair) || edge.from === state.selected || edge.to === state.selected);
  const told = new Set((all.length <= TOLD ? all : own.length <= TOLD ? own : own.filter((edge) => joins(edge, pair))).map(({ id }) => id));
  if (state.line != null) told.add(state.line);
  const wrong = all.filter((edge) => (edge.label !== undefined) !== told.has(edge.id));
  if (wrong.length) state.edges.update(wrong.map((edge) => ({ id: edge.id, label: told.has(edge.id) ? edge.word : undefined })));
}

function point(state, line) {
  state.line = line;
  state.stage.style.cursor = line == null ? "" : "pointer";
  tellRoles(state);
}

function relabel(state) {
  const scale = state.chart.getScale();
  const named = labelled(state, scale);
  state.host.dataset.labelled = String(named.size);
  Object.assign(state, { named, namedAt: scale, moving: false });
  state.stage.kbNamed = named;
  state.chart.redraw();
}

/* vis-network writes a label below its node or above it; beside it there is room as often. */
function drawLabels(state) {
  state.chart.on("afterDrawing", (pen) => drawNames(pen, [...state.named], { at: state.chart.body.nodes, look: state.look,
    size: FONT / state.namedAt, scale: state.namedAt }));
}

/* What vis-network does not draw of a crowd is drawn below its empty layer. */
function drawSelf(state) {
  const given = () => ({ at: state.chart.body.nodes, look: state.look, scale: state.chart.getScale(), ...state.crowd, shown: thereAt(state) });
  const paint = crowdPainter();
  state.chart.on("beforeDrawing", (pen) => {
    const pair = ends(state.selected);
    paint(pen, { ...given(), pair, chosen: new Set([state.hovered, ...(pair ?? [state.selected])]), named: state.named,
      size: FONT / state.chart.getScale() }, state.moving);
  });
  for (const moves of ["dragStart", "zoom"]) state.chart.on(moves, () => { state.moving = true; });
  state.found = (at) => under(at, given());
  state.lineAt = (at) => lineUnder(at, given());
}

function later(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => state.resting && relabel(state), 120);
}

/* What has places of its own, from -1 to 1, keeps them; on a narrow screen it runs downwards. */
function inPlace(state, nodes) {
  const grown = Math.max(1, Math.sqrt(nodes.length / EACH));
  const [width, height] = [state.stage.clientWidth * grown, state.stage.clientHeight * grown];
  state.frame = { width, height };
  const across = width > 600;
  return nodes.map((node) => {
    const [right, down] = across ? [node.x, node.y] : [node.y, node.x];
    return { ...node, x: right * (width / 2 - Math.min(80, width / 5)), y: down * (height / 2 - 60) };
  });
}

/* What happened after a moment is not there; null shows all. */
function until(state, moment) {
  state.moment = moment;
  const there = thereAt(state);
  state.named = new Map([...state.named].filter(([id]) => there(id)));
  if (state.crowd) state.chart.redraw();
  else {
    const nodes = state.nodes.get().filter((node) => (node.hidden ?? false) === there(node.id));
    state.nodes.update(nodes.map(({ id }) => ({ id, hidden: !there(id) })));
  }
  state.host.dataset.hidden = String(state.nodes.getIds().filter((id) => !there(id)).length);
  later(state);
}

/* One unit of the drawing is then one pixel, so that sizes are what they were asked to be. */
function arrange(state) {
  if (state.placed) return;
  const { clientWidth: width, clientHeight: height } = state.stage;
  state.frame = { width, height };
  const places = state.chart.getPositions();
  const points = state.nodes.get().map(({ id, size }) => ({ id, radius: size, ...places[id] }));
  spread(points, width - 2 * Math.min(70, width / 7), height - 80);
  for (const { id, x, y } of points) state.chart.moveNode(id, x, y);
}

function overview(state, animation = false) {
  const { clientWidth: width, clientHeight: height } = state.stage;
  state.width = width;
  const fitting = Math.min(width / state.frame.width, height / state.frame.height);
  state.moving = Boolean(animation);
  state.chart.moveTo({ position: { x: 0, y: 8 / fitting }, scale: fitting, animation });
}

/* A window that changes size, not the few pixels of a scroll bar: those must not undo somebody's zoom. */
function refit(state) {
  const { clientWidth: width } = state.stage;
  if (!state.resting || !width || Math.abs(width - state.width) < 24) return;
  overview(state);
  later(state);
}

/* What is added to a picture leaves the rest where it is, in a frame that grows with it. */
function join(state) {
  const points = state.nodes.get().map(({ id, size, x, y }) => ({ id, radius: size, x, y }));
  const { width, height } = state.frame;
  settle(points, state.fresh, width - 2 * Math.min(70, width / 7), height - 80);
  for (const { id, x, y } of points) state.chart.moveNode(id, x, y);
}

function rest(state) {
  if (state.resting) return;
  state.resting = true;
  state.chart.setOptions({ physics: { enabled: false } });
  if (state.fresh) join(state);
  else arrange(state);
  overview(state);
  select(state, state.selected);
  relabel(state);
  if (state.day) state.player.to(state.day);
  state.host.dataset.ready = "1";
}

/* The slider goes where the address says, unless it was there that it was left. */
function heedDay(state, day) {
  if (state.day === day) return;
  state.day = day;
  if (state.resting) state.player.to(day);
}

function select(state, id) {
  state.selected = id;
  const pair = ends(id);
  if (pair) state.chart.setSelection({ nodes: [], edges: state.edges.get().filter((edge) => joins(edge, pair)).map((edge) => edge.id) });
  else if (id != null && state.nodes.get(id)) state.chart.selectNodes([id], true);
  else state.chart.unselectAll();
  tellRoles(state);
  later(state);
}

function hover(state, node) {
  state.hovered = node;
  state.stage.style.cursor = node == null ? "" : "pointer";
  state.stage.title = node == null ? "" : state.nodes.get(node)?.words ?? ""; // where there is no room for the label
  later(state);
}

function choose(state, { nodes: drawnThere, edges, pointer }) {
  const nodes = state.crowd ? [state.found(pointer.canvas)].filter(Boolean) : drawnThere;
  const line = nodes.length ? null : state.crowd ? state.lineAt(pointer.canvas) : state.edges.get(edges[0] ?? -1);
  const id = nodes[0] ?? (line ? `${line.from}${BETWEEN}${line.to}` : null);
  if (id == null) return;
  select(state, id);
  state.set("selected", id);
}

function listen(state) {
  state.chart.on("click", (found) => choose(state, found));
  state.chart.on("doubleClick", ({ nodes, pointer }) => {
    const node = state.crowd ? state.found(pointer.canvas) : nodes[0];
    if (node) state.set("opened", node);
  });
  state.chart.on("hoverEdge", ({ edge }) => point(state, edge));
  state.chart.on("blurEdge", () => point(state, null));
  state.chart.on("hoverNode", ({ node }) => hover(state, node));
  state.chart.on("blurNode", () => hover(state, null));
  for (const moved of ["zoom", "dragEnd", "animationFinished"]) state.chart.on(moved, () => later(state));
}

/* Where each node stood, if all of them stay or all of the new were there: else it is another picture. */
function stood(state, data) {
  if (!state.chart || !state.resting || data.placed || state.placed) return null;
  const before = state.chart.getPositions();
  const wanted = new Set(data.nodes.map((node) => node.id));
  const known = Object.keys(before);
  return known.length > 1 && (known.every((id) => wanted.has(id)) || data.nodes.every((node) => node.id in before)) ? before : null;
}

function placed(state, data, before) {
  const grown = Math.max(1, Math.sqrt(data.nodes.length / Object.keys(before).length));
  state.frame = { width: state.frame.width * grown, height: state.frame.height * grown };
  const spots = new Map(Object.entries(before).map(([id, { x, y }]) => [id, { x: x * grown, y: y * grown }]));
  const fresh = data.nodes.filter((node) => !(node.id in before));
  for (let left = fresh, round = 0; left.length && round < 9; round += 1) {
    left = left.filter((node, at) => {
      const line = data.edges.find(({ from, to }) => (from === node.id && spots.has(to)) || (to === node.id && spots.has(from)));
      if (!line && round < 8) return true;
      const near = spots.get(line?.from === node.id ? line.to : line?.from) ?? { x: 0, y: 0 };
      const [angle, reach] = [at * 2.4 + round, 45 + 9 * Math.sqrt(at)];
      spots.set(node.id, { x: near.x + reach * Math.cos(angle), y: near.y + reach * Math.sin(angle) });
      return false;
    });
  }
  state.fresh = new Set(fresh.map((node) => node.id));
  return data.nodes.map((node) => ({ ...node, ...spots.get(node.id) }));
}

function load(state, given) {
  const before = stood(state, given);
  state.fresh = null;
  let data = given;
  if (before) data = { ...given, nodes: placed(state, given, before), options: { ...given.options, physics: false } };
  else if (given.placed) data = { ...given, nodes: inPlace(state, given.nodes) };
  state.chart?.destroy();
  state.line = null;
  state.placed = data.placed;
  state.rev = data.rev;
  state.resting = false;
  delete state.host.dataset.ready;
  const look = theme(state.host);
  state.key = look.key;
  let [nodes, edges] = [themedNodes(state, data, look), themedEdges(data, look)];
  const crowd = nodes.length > MANY;
  if (crowd) [nodes, edges] = silent(nodes, edges);
  Object.assign(state, { look, moment: null, named: new Map(), namedAt: 1, crowd: crowd ? { nodes, edges } : null,
    nodes: new DataSet(nodes), edges: new DataSet(edges) });
  state.days = firstDays(data.nodes, data.edges);
  state.player.load(data.nodes.filter(({ day }) => day).map(({ id }) => state.days.get(id)).filter(Boolean));
  state.chart = new Network(state.stage, { nodes: state.nodes, edges: state.edges }, data.options);
  if (crowd) drawSelf(state);
  else drawLabels(state);
  state.stage.onmousemove = crowd ? (event) => {
    const { left, top } = state.stage.getBoundingClientRect();
    const at = state.chart.DOMtoCanvas({ x: event.clientX - left, y: event.clientY - top });
    const node = state.found(at) ?? null;
    if (node !== (state.hovered ?? null)) hover(state, node);
    if (node != null || state.moving) return;
    const line = state.lineAt(at);
    state.stage.style.cursor = line ? "pointer" : "";
    state.stage.title = line ? line.word : "";
  } : null;
  state.stage.kbNetwork = state.chart;
  listen(state);
  if (data.options.physics === false || !data.nodes.length) state.chart.once("afterDrawing", () => rest(state));
  else state.chart.once("stabilizationIterationsDone", () => rest(state));
  /* The drawing surface takes focus for its own keys, so it needs a name of its own. */
  const surface = state.stage.querySelector(".vis-network");
  if (surface) surface.focus = () => HTMLElement.prototype.focus.call(surface, { preventScroll: true }); // a click must not move what is clicked
  surface?.setAttribute("role", "img");
  surface?.setAttribute("aria-label", data.label);
}

function tool(label, text, action) {
  const button = element("button", { type: "button", "aria-label": label, title: label }, text);
  button.onclick = action;
  return button;
}

function scale(state, factor) {
  state.moving = true;
  state.chart.moveTo({ scale: state.chart.getScale() * factor, animation: { duration: 150 } });
}

/* The canvas as it is drawn, or the same as lines and words. */
function save(state, kind) {
  const { clientWidth: width, clientHeight: height } = state.stage;
  const look = theme(state.host);
  const canvas = state.stage.querySelector("canvas");
  if (kind === "PNG") savePng(canvas, canvas.width, canvas.height, look.paper, "network");
  else saveSvg(drawn(state.chart, state.nodes.get(), state.edges.get(), state.named, { width, height, ...look }), "network");
}

function build(host, data) {
  const stage = element("div", { class: "kb-stage" });
  const legend = element("ul", { class: "kb-legend", "aria-label": say("Kinds of node") });
  const tools = element("div", { class: "kb-tools" });
  const played = player((moment) => until(state, moment), (day) => { if (state.day !== day) state.set("day", state.day = day); });
  host.append(element("div", { class: "kb-bar" }, legend, played.root, tools), stage);
  stage.style.height = `${data.height}px`;
  const state = { host, stage, legend, player: played, days: new Map(), named: new Map(), moment: null, day: null, set: () => {}, pen: document.createElement("canvas").getContext("2d") };
  tools.append(
    tool(say("Zoom out"), "−", () => scale(state, 1 / 1.4)),
    tool(say("Zoom in"), "+", () => scale(state, 1.4)),
    tool(say("Show all"), say("All"), () => overview(state, { duration: 150 })),
    tool(say("Save the picture as PNG"), "PNG", () => save(state, "PNG")),
    tool(say("Save the picture as SVG"), "SVG", () => save(state, "SVG")),
  );
  state.watch = new ResizeObserver(() => refit(state));
  state.watch.observe(stage);
  return state;
}

function showLegend(state, entries) {
  state.legend.replaceChildren(...entries.map((entry) => {
    const swatch = element("span", { class: `kb-swatch kb-${entry.shape}`, "aria-hidden": "true" });
    swatch.style.background = entry.color;
    return element("li", {}, swatch, element("span", {}, entry.label), element("span", { class: "kb-count" }, number(entry.count)));
  }));
}

export default function ({ data, parentElement, setStateValue }) {
  speak(data.words);
  const host = parentElement.querySelector(".kb-network");
  if (!live.has(host)) live.set(host, build(host, data));
  const state = live.get(host);
  state.set = setStateValue;
  heedDay(state, data.day ?? null);
  if (state.rev !== data.rev || state.key !== theme(host).key) {
    state.selected = data.selected;
    showLegend(state, data.legend);
    load(state, data);
  } else if (state.selected !== data.selected) select(state, data.selected);
  return () => { clearTimeout(state.timer); state.player.stop(); state.watch.disconnect(); state.chart?.destroy(); host.replaceChildren(); live.delete(host); };
}
