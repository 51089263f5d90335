/* From where the physics left the nodes to a picture that fills its frame: half of each step is kept as it was, half is
   evened out by rank, so that neighbours stay neighbours while crowds thin and empty margins vanish. */
function along(points, axis, room) {
  const sorted = [...points].sort((a, b) => a[axis] - b[axis]);
  const first = sorted[0][axis];
  const span = sorted.at(-1)[axis] - first || 1;
  const last = Math.max(sorted.length - 1, 1);
  const places = sorted.map((point, rank) => [point, (point[axis] - first) / span / 2 + rank / last / 2]);
  for (const [point, share] of places) point[axis] = sorted.length > 1 ? (share - 0.5) * room : 0;
}

function push(a, b, gap) {
  const dx = b.x - a.x || 0.1;
  const dy = b.y - a.y || 0.1;
  const apart = Math.hypot(dx, dy);
  const missing = a.radius + b.radius + gap - apart;
  if (missing <= 0) return;
  const step = missing / apart / 2;
  a.x -= dx * step;
  a.y -= dy * step;
  b.x += dx * step;
  b.y += dy * step;
}

const within = (value, room) => Math.min(Math.max(value, -room / 2), room / 2);

/* Points are {id, x, y, radius} in px and are moved; the frame's middle is 0, 0. */
export function spread(points, width, height) {
  if (!points.length) return;
  along(points, "x", width);
  along(points, "y", height);
  const gap = Math.sqrt((width * height) / points.length) / 4;
  for (let round = 0; round < 40; round += 1) {
    points.forEach((a, index) => points.slice(index + 1).forEach((b) => push(a, b, gap)));
    for (const point of points) {
      point.x = within(point.x, width);
      point.y = within(point.y, height);
    }
  }
}

/* New points find their places beside those that stay: around what they are joined to, where there is room. */
export function settle(points, fresh, width, height) {
  const gap = Math.sqrt((width * height) / points.length) / 5;
  const moving = points.filter((point) => fresh.has(point.id));
  for (let round = 0; round < 60; round += 1) {
    for (const a of moving) {
      for (const b of points) {
        if (a === b) continue;
        const [x, y] = [b.x, b.y];
        push(a, b, gap);
        if (!fresh.has(b.id)) [b.x, b.y] = [x, y];
      }
      a.x = within(a.x, width);
      a.y = within(a.y, height);
    }
  }
}
