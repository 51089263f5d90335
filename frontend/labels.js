/* Which nodes of a network have their names beside them, and where. */
export const FONT = 12.5;
const LINE = 20; // characters of a label's line
const HUBS = 24; // nodes with most lines, whose labels look farther for room
const NAMED = 300; // nodes at most that may have a label at once

/* Whether a node is there at the moment that the slider shows. */
export const thereAt = (state) => (id) => state.moment == null || (state.days.get(id) ?? Infinity) <= state.moment;

/* Words in at most so many lines, the rest cut off. */
function wrapped(words, most) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= LINE || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1].replace(/…$/, "")}…`];
}

const first = (state, node) => (node.id === state.hovered ? 2 : node.id === state.selected ? 1 : 0);

function markOf(state, node, scale) {
  const { x, y } = state.chart.canvasToDOM(state.chart.body.nodes[node.id]);
  return { x, y, radius: node.size * scale };
}

function boxOf(state, node, { x, y, radius }, hub) {
  const lines = wrapped(node.words, first(state, node) ? 5 : 2);
  state.pen.font = `${FONT}px ${node.font.face}`;
  const half = Math.max(...lines.map((line) => state.pen.measureText(line).width)) / 2 + 3;
  const tall = FONT * 1.2 * lines.length;
  const place = (middle, top) => ({ left: middle - half, right: middle + half, top, bottom: top + tall });
  const free = first(state, node) || hub ? [0, 14, 30, 50] : [0]; // what matters most may stand further off
  const aside = [place(x + radius + 2 + half, y - tall / 2), place(x - radius - 2 - half, y - tall / 2)];
  const places = free.flatMap((off) => [place(x, y + radius + 2 + off), place(x, y - radius - 2 - tall - off), ...(off ? [] : aside)]);
  return { lines, places };
}

const CLEARER = 5; // px that a label stands nearer to its own mark than to any other

const apart = (a, b) => Math.hypot(Math.max(a.left - b.right, b.left - a.right, 0), Math.max(a.top - b.bottom, b.top - a.bottom, 0));
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const disc = ({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

/* The first of those of which something is least; null for none. */
function least(places, of) {
  const counted = places.map((place) => [of(place), place]);
  return counted.reduce((best, next) => (next[0] < best[0] ? next : best), [Infinity, null])[1];
}

/* Labels keep their size on the screen at every zoom. The chosen and the pointed-at node's come first, then those with
   most lines; none hides another or a mark, and none stands as near to another's mark as to its own, but for the chosen: in a crowd
   a hub's lies over as few of the marks around it as can be. */
export function labelled(state, scale) {
  const { clientWidth: width, clientHeight: height } = state.stage;
  const seen = state.nodes.get().filter(({ id }) => thereAt(state)(id)).map((node) => ({ node, mark: markOf(state, node, scale) }))
    .filter(({ mark }) => mark.x > 0 && mark.x < width && mark.y > 0 && mark.y < height)
    .sort((a, b) => first(state, b.node) - first(state, a.node) || b.node.rank - a.node.rank);
  const discs = seen.map(({ node, mark }) => ({ node, ...disc(mark) }));
  const placed = [];
  const named = new Map();
  for (const [number, { node, mark }] of seen.slice(0, NAMED).entries()) {
    const hub = number < HUBS;
    const box = boxOf(state, node, mark, hub);
    const free = (place) => !placed.some((other) => meet(place, other));
    const inside = ({ left, right, top, bottom }) => left > 0 && right < width && top > 0 && bottom < height;
    const clear = (place) => inside(place) && free(place) && !discs.some((other) => other.node !== node && meet(place, other));
    const own = disc(mark);
    const reads = (clearer) => (place) => clear(place)
      && !discs.some((other) => other.node !== node && apart(place, other) < apart(place, own) + clearer);
    const free_of_marks = box.places.find(reads(CLEARER)) ?? (hub ? box.places.find(reads(1)) : null)
      ?? (first(state, node) ? box.places.find(clear) : null);
    const hidden = (place) => discs.filter((other) => meet(place, other)).length;
    const place = free_of_marks ?? (state.crowd && hub ? least(box.places.filter((each) => inside(each) && free(each)), hidden) : null);
    if (!place) continue;
    placed.push(place);
    named.set(node.id, { lines: box.lines, beside: ((place.left + place.right) / 2 - mark.x) / scale, below: (place.top - mark.y) / scale,
      wide: (place.right - place.left) / scale, tall: (place.bottom - place.top) / scale });
  }
  return named;
}
