/* What has no room as a mark, as shading at the foot of the chart on the chart's own scale. */
import { monthSpan } from "./overview.js";

export const BAND = 46; /* px */
const BAR = 6;

/* Months less the events that are drawn. Arguments: [“2022-03”, events]; the drawn items, each event once. */
export function hiddenByMonth(months, drawn) {
  const shown = new Map();
  for (const item of drawn) if (item.month) shown.set(item.month, (shown.get(item.month) ?? 0) + 1);
  return months.map(([month, events]) => [...monthSpan(month), events - (shown.get(month) ?? 0)])
    .filter(([, , events]) => events > 0);
}

/* The same of single events that are known but have no room. */
export function hiddenByDay(items) {
  return items.map((item) => [item.from, item.to, 1]);
}

/* Each column of BAR px with what lies in it: a span that is wider counts in each by its share. */
function columns(hidden, { start, end, width }) {
  const scale = width / (end - start);
  const found = new Array(Math.ceil(width / BAR)).fill(0);
  for (const [from, to, events] of hidden) {
    const [left, right] = [(from - start) * scale, Math.max((to - start) * scale, (from - start) * scale + BAR)];
    const each = events / Math.max(1, (right - left) / BAR);
    for (let at = Math.max(0, Math.floor(left / BAR)); at < Math.min(found.length, right / BAR); at += 1) found[at] += each;
  }
  return found;
}

export function draw(canvas, hidden, view) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = view.width * ratio;
  canvas.height = BAND * ratio;
  canvas.style.width = `${view.width}px`;
  canvas.style.left = `${view.left}px`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = getComputedStyle(canvas).color;
  const found = columns(hidden, view);
  const most = Math.sqrt(Math.max(0, ...found));
  found.forEach((events, at) => {
    if (!events) return;
    const height = Math.max(2, (Math.sqrt(events) / most) * (BAND - 4));
    pen.fillRect(at * BAR, BAND - height, BAR - 1, height);
  });
}
