/* The overview below the chart: how many events begin when, over all that there is, and which part of it the chart shows.
   The part is dragged as a whole or by either end; elsewhere a press moves it there. */
import { element } from "./marks.js";
import { iso, utc } from "./packing.js";
import { monthOf, say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 34;
const BAR = 5; /* px, the narrowest bar */
const SHORTEST = 3 * 86_400_000;

export const monthSpan = (month) => {
  const [year, number] = month.split("-").map(Number);
  return [Date.UTC(year, number - 1, 1), Date.UTC(year, number, 1)];
};

export const words = (time) => {
  const [year, month] = iso(time).split("-");
  return monthOf(Number(month), Number(year));
};

/* The months added up to bars that can be seen, as [x, width, events] in px. */
function bars(months, x) {
  const found = [];
  for (const [month, events] of months) {
    const [from, to] = monthSpan(month);
    const last = found.at(-1);
    if (last && x(from) < last.x + BAR - 0.5) last.events += events;
    else found.push({ x: x(from), width: Math.max(BAR, x(to) - x(from)) - 1, events });
  }
  return found;
}

function drawBars(overview) {
  const { svg, months, extent } = overview;
  const width = overview.frame.clientWidth;
  const x = (time) => ((time - extent[0]) / (extent[1] - extent[0])) * width;
  const drawn = bars(months, x);
  const most = Math.sqrt(Math.max(1, ...drawn.map((bar) => bar.events)));
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren(...drawn.map((bar) => {
    const rect = document.createElementNS(SVG, "rect");
    /* By the root: one month of very many events would leave nothing to see of all others. */
    const height = Math.max(2, (Math.sqrt(bar.events) / most) * (HEIGHT - 2));
    for (const [name, value] of Object.entries({ x: bar.x, width: bar.width, y: HEIGHT - height, height }))
      rect.setAttribute(name, value.toFixed(1));
    return rect;
  }));
  const years = ticks(extent, width);
  overview.axis.replaceChildren(...years.map((year) => {
    const tick = element("span", {}, String(year));
    tick.style.left = `${x(Date.UTC(year, 0, 1)).toFixed(1)}px`;
    return tick;
  }));
}

function ticks([start, end], width) {
  const [first, last] = [start, end].map((time) => new Date(time).getUTCFullYear());
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => (last - first) / each <= width / 60) ?? 1000;
  const from = Math.ceil((first + 0.01) / step) * step;
  const room = ((end - start) * 34) / width; /* a year at the very end would be cut off */
  return Array.from({ length: Math.max(0, Math.floor((last - from) / step) + 1) }, (_, index) => from + index * step)
    .filter((year) => Date.UTC(year, 0, 1) >= start && Date.UTC(year, 0, 1) < end - room);
}

/* A window moved into what there is, as wide as it was where that fits. */
export function within([start, end], [first, last]) {
  const width = Math.min(end - start, last - first);
  const from = Math.min(Math.max(start, first), last - width);
  return [from, from + width];
}

const MOVES = {
  body: (window, by, extent) => within([window[0] + by, window[1] + by], extent),
  start: ([start, end], by, extent) => [Math.max(extent[0], Math.min(start + by, end - SHORTEST)), end],
  end: ([start, end], by, extent) => [start, Math.min(extent[1], Math.max(end + by, start + SHORTEST))],
};

function drag(overview, event) {
  const { frame, extent } = overview;
  const box = frame.getBoundingClientRect();
  const perPixel = (extent[1] - extent[0]) / box.width;
  const part = event.target.dataset.part ?? "body";
  let from = overview.window;
  if (!event.target.dataset.part) {
    const middle = extent[0] + (event.clientX - box.left) * perPixel;
    const half = (from[1] - from[0]) / 2;
    from = within([middle - half, middle + half], extent);
    overview.move(from);
  }
  const origin = event.clientX;
  const moved = (each) => overview.move(MOVES[part](from, (each.clientX - origin) * perPixel, extent));
  const done = () => {
    frame.removeEventListener("pointermove", moved);
    overview.done();
  };
  frame.setPointerCapture(event.pointerId);
  frame.addEventListener("pointermove", moved);
  frame.addEventListener("pointerup", done, { once: true });
  frame.addEventListener("pointercancel", done, { once: true });
  event.preventDefault();
}

function handle(overview, part, label) {
  const made = element("span", { class: `kb-handle kb-handle-${part}`, "data-part": part, role: "slider", tabindex: "0",
    "aria-label": label });
  made.addEventListener("keydown", (event) => {
    const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!sign) return;
    event.preventDefault();
    event.stopPropagation();
    overview.move(MOVES[part](overview.window, sign * (overview.window[1] - overview.window[0]) * 0.1, overview.extent));
    overview.done();
  });
  return made;
}

/* Arguments: move, called with the window that is asked for while it is dragged; done, called once it is let go. */
export function overviewOf(move, done) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("preserveAspectRatio", "none");
  const overview = { svg, move, done, months: [], extent: [0, 1], window: [0, 1] };
  overview.ends = [handle(overview, "start", say("First day of the window")), handle(overview, "end", say("Last day of the window"))];
  overview.view = element("div", { class: "kb-view", "data-part": "body" }, ...overview.ends);
  overview.frame = element("div", { class: "kb-months" }, svg, overview.view);
  overview.axis = element("div", { class: "kb-years", "aria-hidden": "true" });
  overview.root = element("div", { class: "kb-overview", role: "group", "aria-label": say("Overview of all events") },
    overview.frame, overview.axis);
  overview.frame.addEventListener("pointerdown", (event) => drag(overview, event));
  return overview;
}

/* Arguments: months, [“2022-03”, events] in order; the whole, and the window that the chart shows, ms. */
export function fill(overview, months, extent, window) {
  Object.assign(overview, { months, extent });
  drawBars(overview);
  show(overview, window);
}

/* Below the chart, from its left edge on and as wide, px. */
export function align(overview, left, width) {
  overview.root.style.marginLeft = `${left}px`;
  overview.root.style.width = `${width}px`;
}

export function show(overview, window) {
  overview.window = window;
  const [first, last] = overview.extent;
  const share = (time) => Math.min(1, Math.max(0, (time - first) / (last - first)));
  overview.view.style.left = `${share(window[0]) * 100}%`;
  overview.view.style.width = `${(share(window[1]) - share(window[0])) * 100}%`;
  overview.ends.forEach((end, index) => {
    const percent = Math.round(share(window[index]) * 100);
    for (const [name, value] of Object.entries({ "aria-valuenow": percent, "aria-valuemin": 0, "aria-valuemax": 100,
      "aria-valuetext": words(window[index]) })) end.setAttribute(name, String(value));
  });
}

export const span = (days) => days.map(utc);
