/* Which events of a window have room as marks, in which row, and which of them with their title: the most important come
   first. Distances are px, times ms since 1970. */
export const ROW = 28;
const GAP = 8;
export const MARK = 12;
export const LONGEST_LABEL = 250;
const BESIDE_LABEL = 26; /* the mark before a title, and its padding */
const FONT = "13px sans-serif";
const LEAST_ROOM = 48; /* px, below which the beginning of a title tells nothing */
const STEP = 16;
const DAY = 86_400_000;
const WIDE_ROWS = 0.25; /* of the rows may hold spans that fill the window */

export const utc = (iso) => Date.parse(`${iso}T00:00:00Z`);
export const iso = (date) => new Date(date).toISOString().slice(0, 10);

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(words) {
  if (!widths.has(words)) {
    pen.font = FONT;
    widths.set(words, pen.measureText(words).width);
  }
  return widths.get(words);
}

/* The rows of each lane: one each, the others by how many events there are. */
export function shares(lanes, counts, rows) {
  const own = new Map(lanes.map((lane) => [lane, 1]));
  const wanting = lanes.filter((lane) => (counts.get(lane) ?? 0) > 1);
  for (let left = rows - lanes.length; left > 0 && wanting.length; left -= 1) {
    wanting.sort((a, b) => counts.get(b) / own.get(b) - counts.get(a) / own.get(a));
    own.set(wanting[0], own.get(wanting[0]) + 1);
  }
  return own;
}

function fits(taken, from, to) {
  return taken.every(([start, end]) => to <= start || from >= end);
}

/* The first of some rows in which a span is free, which is then taken; -1 where there is none. */
function settle(rows, from, to, low, high) {
  const found = rows.slice(low, high).findIndex((taken) => fits(taken, from, to));
  if (found >= 0) rows[low + found].push([from, to]);
  return found >= 0 ? low + found : -1;
}

function labelWidth(item, longest) {
  const sign = (item.disputed ? 16 : 0) + (item.corrected ? 16 : 0);
  const tag = item.tag ? widthOf(item.tag) * 0.85 + 6 : 0;
  return BESIDE_LABEL + tag + sign + Math.min(widthOf(item.title), longest);
}

/* How many px a title may have that would run out of the window, in steps, as each other value is drawn anew; 0 where all have as
   many, -1 where so little is left that its mark alone is drawn. */
function roomOf(item, left, longest) {
  if (left <= 0 || left >= labelWidth(item, longest)) return longest < LONGEST_LABEL && widthOf(item.title) > longest ? Math.floor(longest) : 0;
  const room = Math.floor((left - labelWidth(item, 0)) / STEP) * STEP;
  return room < LEAST_ROOM ? -1 : room;
}

/* Arguments: the items; the window, its width in px and how many rows it has; the lanes; the events that come first of
   all. Returns: by item's id its row, whether it has its title and the room for that; and the rows of each lane. */
export function pack(items, { start, end, width, rows, lanes, first }) {
  const scale = width / (end - start);
  const x = (time) => (time - start) * scale;
  const longest = Math.min(LONGEST_LABEL, width * 0.62);
  const near = items.filter((item) => item.to > start - (end - start) && item.from < end + (end - start));
  const inside = (item) => item.to > start && item.from < end;
  const counts = new Map();
  for (const item of near) if (inside(item)) counts.set(item.group, (counts.get(item.group) ?? 0) + 1);
  const own = shares(lanes, counts, Math.max(rows, lanes.length));
  const free = new Map(lanes.map((lane) => [lane, Array.from({ length: own.get(lane) }, () => [])]));
  const fills = (item) => inside(item) && (item.to - item.from) * scale > width * 0.6;
  const rank = (item) => (first.includes(item.event) ? 4 : 0) + (fills(item) ? 2 : 0) + (inside(item) ? 1 : 0);
  near.sort((a, b) => rank(b) - rank(a) || (b.weight ?? 0) - (a.weight ?? 0) || a.from - b.from);
  const placed = new Map();
  for (const item of near) {
    const spare = free.get(item.group);
    /* What fills the window has a share of the rows, the last ones, so that it neither hides the others nor is hidden. */
    const [low, high] = fills(item) ? [spare.length - Math.max(1, Math.round(spare.length * WIDE_ROWS)), spare.length] : [0, spare.length];
    const [from, to] = [Math.max(x(item.from), -width), Math.min(x(item.to), 2 * width)];
    /* A title that begins left of the window is drawn at its edge. */
    const shown = Math.max(from, Math.min(0, to));
    const room = roomOf(item, width - shown, longest);
    const labelled = room < 0 ? -1 : settle(spare, from, Math.max(to, shown + labelWidth(item, longest)) + GAP, low, high);
    const row = labelled >= 0 ? labelled : settle(spare, from, Math.max(to, from + MARK) + 2, low, high);
    if (row >= 0) placed.set(item.id, { row, labelled: labelled >= 0, room, from, until: width - shown, taken: spare[row] });
  }
  for (const item of near) if ([0, Math.floor(longest)].includes(placed.get(item.id)?.room) && placed.get(item.id).labelled) widen(placed.get(item.id), item, longest, x);
  return { placed, own };
}

/* A title that is cut though nothing stands beside it goes on as far as nothing does. */
function widen(spot, item, longest, x) {
  const whole = widthOf(item.title);
  if (whole <= longest) return;
  const shown = Math.max(spot.from, Math.min(0, x(item.to)));
  const next = Math.min(...spot.taken.map(([from]) => from).filter((from) => from > spot.from), shown + spot.until);
  const room = Math.floor((next - shown - labelWidth(item, 0) - GAP) / STEP) * STEP;
  if (room > longest) spot.room = Math.min(room, Math.ceil(whole / STEP) * STEP);
}

/* An item as it is packed: with its times, and in a lane. */
export function timed(item) {
  return { ...item, group: item.group ?? "", from: utc(item.start), to: utc(item.end) };
}

/* Whether an event touches the days that a window shows. */
export function touches(item, [first, last]) {
  return item.from < utc(last) + DAY && item.to > utc(first);
}
