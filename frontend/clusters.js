/* Spots that would lie over each other on the screen become one, which stands where most of them do. */
export const reach = (events) => 6 + Math.min(16, 2.4 * Math.sqrt(events));

export function clustered(spots) {
  const groups = [];
  for (const spot of [...spots].sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1))) {
    const near = groups.find(({ at, events }) => Math.hypot(at[0] - spot.at[0], at[1] - spot.at[1]) < (reach(events) + reach(spot.events)) * 0.85);
    if (near) {
      near.spots.push(spot);
      near.events += spot.events;
    } else groups.push({ at: spot.at, events: spot.events, spots: [spot] });
  }
  return groups;
}
