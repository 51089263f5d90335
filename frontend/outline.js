/* The network as SVG, as it is seen: lines, marks and the labels that are shown. */
import { FONT } from "./labels.js";
import { escaped } from "./save.js";

const CORNERS = { square: [4, 45], diamond: [4, 0], triangle: [3, -90], triangleDown: [3, 90], hexagon: [6, 0], star: [10, -90] };

function outline(shape, x, y, radius) {
  if (!CORNERS[shape]) return `<circle cx="${x}" cy="${y}" r="${radius}"`;
  const [count, turn] = CORNERS[shape];
  const reach = (corner) => (shape === "star" && corner % 2 ? radius * 0.5 : radius * (shape === "square" ? 1.3 : 1.1));
  const spots = Array.from({ length: count }, (_, corner) => {
    const angle = ((turn + (360 / count) * corner) * Math.PI) / 180;
    return `${(x + reach(corner) * Math.cos(angle)).toFixed(1)},${(y + reach(corner) * Math.sin(angle)).toFixed(1)}`;
  });
  return `<polygon points="${spots.join(" ")}"`;
}

export function drawn(chart, nodes, edges, named, { width, height, ink, paper, font }) {
  const scale = chart.getScale();
  const spots = new Map(nodes.map((node) => [node.id, chart.canvasToDOM(chart.getPosition(node.id))]));
  const lines = edges.map((edge) => {
    const [from, to] = [spots.get(edge.from), spots.get(edge.to)];
    return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"><title>${escaped(edge.word)}</title></line>`;
  });
  const marks = nodes.map((node) => {
    const { x, y } = spots.get(node.id);
    return `${outline(node.shape, x, y, node.size * scale)} fill="${node.color.background}" stroke="${paper}" stroke-width="2">`
      + `<title>${escaped(node.words)}</title></${CORNERS[node.shape] ? "polygon" : "circle"}>`;
  });
  const labels = [...named].map(([id, { lines: words, beside, below }]) => {
    const { x, y } = spots.get(id);
    const rows = words.map((row, at) =>
      `<tspan x="${x + beside * scale}" y="${y + below * scale + (at + 0.85) * FONT * 1.2}">${escaped(row)}</tspan>`);
    return `<text font-size="${FONT}">${rows.join("")}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
    + `<rect width="100%" height="100%" fill="${paper}"/><g stroke="${ink}" stroke-opacity=".5">${lines.join("")}</g>${marks.join("")}`
    + `<g font-family="${escaped(font)}" text-anchor="middle" fill="${ink}" stroke="${paper}" stroke-width="4" paint-order="stroke">`
    + `${labels.join("")}</g></svg>`;
}
