import { DataSet } from "vis-data/esnext";
import { Network } from "vis-network/esnext";
import "./marks.css";
import "./network.css";
import { element } from "./marks.js";

const FONT = 12.5;
const live = new WeakMap();

/* A canvas knows no CSS variables: resolve the theme's colours once, and again when the theme changes. */
function themed(host, data) {
  const style = getComputedStyle(host);
  const ink = style.getPropertyValue("--st-text-color").trim() || "#222";
  const paper = style.getPropertyValue("--st-background-color").trim() || "#fff";
  const font = style.getPropertyValue("--st-font").trim() || "sans-serif";
  return {
    nodes: data.nodes.map((node) => ({ ...node, words: node.label, rank: node.size + (node.group === "Event" ? 0 : 100),
      label: undefined, group: undefined,
      font: { color: ink, face: font, size: FONT, strokeWidth: 4, strokeColor: paper },
      color: { background: node.color, border: paper, highlight: { background: node.color, border: ink },
        hover: { background: node.color, border: ink } }, title: undefined })),
    edges: data.edges.map((edge, index) => ({ ...edge, id: index, title: undefined,
      color: { color: ink, highlight: ink, hover: ink, opacity: 0.28 }, word: edge.title ?? edge.label ?? "", label: undefined,
      font: { color: ink, face: font, size: 12, strokeWidth: 4, strokeColor: paper } })),
    key: ink + paper,
  };
}

function showRole(state, id, on) {
  const edge = state.edges.get(id);
  if (edge) state.edges.update({ id, label: on ? edge.word : undefined });
}

function boxOf(state, node, scale) {
  const { x, y } = state.chart.canvasToDOM(state.chart.getPosition(node.id));
  state.pen.font = `${FONT}px ${node.font.face}`;
  const half = state.pen.measureText(node.words).width / 2 + 3;
  const top = y + node.size * scale + 2;
  return { left: x - half, right: x + half, top, bottom: top + FONT * 1.5, x, y, radius: node.size * scale };
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/* Labels keep their size on the screen at every zoom, and only those are drawn that hide no other: the chosen and the
   pointed-at node first, then those with most lines. */
function labelled(state, scale) {
  const { clientWidth: width, clientHeight: height } = state.stage;
  const first = (node) => (node.id === state.hovered ? 2 : node.id === state.selected ? 1 : 0);
  const nodes = state.nodes.get().map((node) => ({ node, box: boxOf(state, node, scale) }))
    .filter(({ box }) => box.x > 0 && box.x < width && box.y > 0 && box.y < height)
    .sort((a, b) => first(b.node) - first(a.node) || b.node.rank - a.node.rank);
  const placed = [];
  const named = new Set();
  for (const { node, box } of nodes) {
    if (!first(node) && placed.some((other) => meet(box, other))) continue;
    placed.push(box);
    named.add(node.id);
  }
  return named;
}

function relabel(state) {
  const scale = state.chart.getScale();
  const named = labelled(state, scale);
  state.nodes.update(state.nodes.get().map((node) => ({ id: node.id, label: named.has(node.id) ? node.words : undefined,
    font: { ...node.font, size: FONT / scale, strokeWidth: 4 / scale } })));
  state.host.dataset.labelled = String(named.size);
}

function later(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => state.resting && relabel(state), 120);
}

function rest(state) {
  if (state.resting) return;
  state.resting = true;
  state.chart.setOptions({ physics: { enabled: false } });
  state.chart.fit({ maxZoomLevel: 1.3 });
  select(state, state.selected);
  relabel(state);
  state.host.dataset.ready = "1";
}

function select(state, id) {
  state.selected = id;
  if (id != null && state.nodes.get(id)) state.chart.selectNodes([id], true);
  else state.chart.unselectAll();
  later(state);
}

function hover(state, node) {
  state.hovered = node;
  state.stage.style.cursor = node == null ? "" : "pointer";
  later(state);
}

function listen(state) {
  state.chart.on("selectNode", ({ nodes }) => {
    state.selected = nodes[0];
    later(state);
    state.set("selected", nodes[0]);
  });
  state.chart.on("hoverEdge", ({ edge }) => showRole(state, edge, true));
  state.chart.on("blurEdge", ({ edge }) => showRole(state, edge, false));
  state.chart.on("hoverNode", ({ node }) => hover(state, node));
  state.chart.on("blurNode", () => hover(state, null));
  for (const moved of ["zoom", "dragEnd", "animationFinished"]) state.chart.on(moved, () => later(state));
}

function load(state, data) {
  state.chart?.destroy();
  state.rev = data.rev;
  state.resting = false;
  delete state.host.dataset.ready;
  const { nodes, edges, key } = themed(state.host, data);
  state.key = key;
  state.nodes = new DataSet(nodes);
  state.edges = new DataSet(edges);
  state.chart = new Network(state.stage, { nodes: state.nodes, edges: state.edges }, data.options);
  state.stage.kbNetwork = state.chart;
  listen(state);
  if (data.options.physics === false || !nodes.length) state.chart.once("afterDrawing", () => rest(state));
  else state.chart.once("stabilizationIterationsDone", () => rest(state));
  /* The drawing surface takes focus for its own keys, so it needs a name of its own. */
  const surface = state.stage.querySelector(".vis-network");
  surface?.setAttribute("role", "img");
  surface?.setAttribute("aria-label", data.label);
}

function tool(label, text, action) {
  const button = element("button", { type: "button", "aria-label": label, title: label }, text);
  button.onclick = action;
  return button;
}

function scale(state, factor) {
  state.chart.moveTo({ scale: state.chart.getScale() * factor, animation: { duration: 150 } });
}

function build(host, data) {
  const stage = element("div", { class: "kb-stage" });
  const legend = element("ul", { class: "kb-legend", "aria-label": "Kinds of node" });
  const tools = element("div", { class: "kb-tools" });
  host.append(element("div", { class: "kb-bar" }, legend, tools), stage);
  stage.style.height = `${data.height}px`;
  const state = { host, stage, legend, set: () => {}, pen: document.createElement("canvas").getContext("2d") };
  tools.append(
    tool("Zoom out", "−", () => scale(state, 1 / 1.4)),
    tool("Zoom in", "+", () => scale(state, 1.4)),
    tool("Show all", "All", () => state.chart.fit({ maxZoomLevel: 1.3, animation: { duration: 150 } })),
  );
  return state;
}

function showLegend(state, entries) {
  state.legend.replaceChildren(...entries.map((entry) => {
    const swatch = element("span", { class: `kb-swatch kb-${entry.shape}`, "aria-hidden": "true" });
    swatch.style.background = entry.color;
    return element("li", {}, swatch, element("span", {}, entry.label), element("span", { class: "kb-count" }, String(entry.count)));
  }));
}

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".kb-network");
  if (!live.has(host)) live.set(host, build(host, data));
  const state = live.get(host);
  state.set = setStateValue;
  if (state.rev !== data.rev || state.key !== themed(host, { nodes: [], edges: [] }).key) {
    state.selected = data.selected;
    showLegend(state, data.legend);
    load(state, data);
  } else if (state.selected !== data.selected) select(state, data.selected);
  return () => { clearTimeout(state.timer); state.chart?.destroy(); host.replaceChildren(); live.delete(host); };
}
