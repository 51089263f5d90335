/* A picture of thousands of nodes, drawn at one go by colour: vis-network draws one after the other, which takes too long for a
   picture that moves. It still knows where they are, and moves and zooms the picture. */
export const MANY = 600; // nodes from which on a picture is a crowd
const WIDE = 1.15; // how much of its room a square takes
const NEAR = 5; // px by which a pointer may miss a line
const BEYOND = 0.5; // of the stage that is drawn beyond each of its edges, for a picture that is moved

/* Nodes and lines as vis-network gets them: there, but not drawn by it, nor found under a pointer. */
export const silent = (nodes, edges) => [nodes, edges].map((all) => all.map((each) => ({ ...each, hidden: true })));

/* The node under a pointer, which may miss it by some pixels; undefined where there is none. */
export function under({ x, y }, { nodes, at, shown, scale }) {
  let [found, least] = [undefined, 0];
  for (const { id, size } of nodes) {
    const miss = Math.hypot(at[id].x - x, at[id].y - y) - size - 4 / scale;
    if (miss < least && shown(id)) [found, least] = [id, miss];
  }
  return found;
}

function missed({ x, y }, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = Math.min(Math.max(((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(from.x + along * dx - x, from.y + along * dy - y);
}

/* The line under a pointer, the nearest of several; undefined where there is none. */
export function lineUnder(point, { edges, at, shown, scale }) {
  let [found, least] = [undefined, NEAR / scale];
  for (const edge of edges) {
    const miss = missed(point, at[edge.from], at[edge.to]);
    if (miss < least && shown(edge.from) && shown(edge.to)) [found, least] = [edge, miss];
  }
  return found;
}

function path(pen, form, { x, y }, radius) {
  if (form === "dot") {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (form === "square") pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  else {
    const reach = radius * WIDE;
    pen.moveTo(x, y - reach);
    for (const [right, down] of [[reach, 0], [0, reach], [-reach, 0]]) pen.lineTo(x + right, y + down);
    pen.closePath();
  }
}

function strokes(pen, lines, at) {
  pen.beginPath();
  for (const { from, to } of lines) {
    pen.moveTo(at[from].x, at[from].y);
    pen.lineTo(at[to].x, at[to].y);
  }
  pen.stroke();
}

/* Arguments: the pen; nodes, edges; at, places by node; look, the colours of the theme; shown, whether a node is there; chosen, the
   nodes that are selected or pointed at; pair, the ends of a chosen line; scale; named, the labels. */
function drawCrowd(pen, given) {
  const { nodes, edges, at, look, shown, chosen, pair, scale, named } = given;
  const there = nodes.filter(({ id }) => shown(id));
  const lines = edges.filter(({ from, to }) => shown(from) && shown(to));
  pen.save();
  pen.lineWidth = 0.7 / scale;
  pen.globalAlpha = lines.length > 4000 ? 0.13 : 0.28;
  pen.strokeStyle = look.ink;
  strokes(pen, lines, at);
  pen.globalAlpha = 1;
  pen.lineWidth = 1.4 / scale;
  strokes(pen, lines.filter(({ from, to }) => chosen.has(from) || chosen.has(to)), at);
  if (pair) {
    pen.lineWidth = 3 / scale;
    strokes(pen, lines.filter(({ from, to }) => pair.includes(from) && pair.includes(to)), at);
  }
  const colours = new Map();
  for (const node of there) {
    const own = colours.get(node.color.background);
    if (own) own.push(node);
    else colours.set(node.color.background, [node]);
  }
  for (const [colour, own] of colours) {
    pen.beginPath();
    for (const node of own) path(pen, node.shape, at[node.id], node.size);
    pen.fillStyle = colour;
    pen.fill();
  }
  pen.lineWidth = 2 / scale;
  pen.beginPath();
  for (const node of there.filter(({ id }) => chosen.has(id))) path(pen, node.shape, at[node.id], node.size + 2 / scale);
  pen.stroke();
  drawNames(pen, [...named], given);
  pen.restore();
}

/* Arguments: the pen; named, by node the lines of its label and how far beside its place their middle and below it their top lies;
   size of the letters. */
export function drawNames(pen, named, { at, look, size, scale }) {
  pen.save();
  pen.font = `${size}px ${look.font}`;
  pen.textAlign = "center";
  pen.lineJoin = "round";
  pen.lineWidth = 4 / scale;
  pen.strokeStyle = look.paper;
  pen.fillStyle = look.ink;
  for (const [id, { lines, beside, below }] of named)
    lines.forEach((words, row) => {
      const [x, y] = [at[id].x + beside, at[id].y + below + (row + 0.85) * size * 1.2];
      pen.strokeText(words, x, y);
      pen.fillText(words, x, y);
    });
  pen.restore();
}

/* Draws the crowd, or moves the picture of it that was drawn last, which takes a tenth of the time: while a reader drags or zooms. */
export function crowdPainter() {
  let kept = null;
  return (pen, given, moving) => {
    const now = pen.getTransform();
    const { width, height } = pen.canvas;
    const [right, down] = [Math.round(width * BEYOND), Math.round(height * BEYOND)];
    if (!moving || !kept || kept.width !== width || kept.height !== height) {
      const canvas = kept?.canvas ?? document.createElement("canvas");
      [canvas.width, canvas.height] = [width + 2 * right, height + 2 * down];
      const own = canvas.getContext("2d");
      own.setTransform(now.a, 0, 0, now.d, now.e + right, now.f + down);
      drawCrowd(own, given);
      kept = { canvas, width, height, at: now };
    }
    const { canvas, at } = kept;
    const grown = now.a / at.a;
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(canvas, now.e - grown * (at.e + right), now.f - grown * (at.f + down), grown * canvas.width, grown * canvas.height);
    pen.restore();
  };
}
