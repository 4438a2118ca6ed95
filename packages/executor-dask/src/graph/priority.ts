/** The same nodes, those with a larger priority first; equals stay as they are. */
export function byPriority(order: Int32Array, priorities: Float64Array): Int32Array {
  const places = Array.from(order, (_, place) => place);
  places.sort((a, b) => (priorities[order[b] ?? 0] ?? 0) - (priorities[order[a] ?? 0] ?? 0) || a - b);
  return Int32Array.from(places, (place) => order[place] ?? 0);
}
