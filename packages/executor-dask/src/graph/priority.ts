import type { Graph } from "./graph.js";

/** The orders of the original DaskVine that need nothing but the graph. */
export type OrderMode = "FIFO" | "LIFO" | "breadth-first" | "depth-first" | "random";

const SCRAMBLE = 2_654_435_761;

/** The same nodes, those with a larger priority first; equals stay as they are. */
export function byPriority(order: Int32Array, priorities: Float64Array): Int32Array {
  const places = Array.from(order, (_, place) => place);
  places.sort((a, b) => (priorities[order[b] ?? 0] ?? 0) - (priorities[order[a] ?? 0] ?? 0) || a - b);
  return Int32Array.from(places, (place) => order[place] ?? 0);
}

/** The same nodes, in one of these orders. */
export function inMode(order: Int32Array, graph: Graph, mode: OrderMode): Int32Array {
  const depths = mode === "breadth-first" || mode === "depth-first" ? depthsOf(order, graph) : undefined;
  const priorities = new Float64Array(graph.count);
  for (const node of order) {
    const depth = depths?.[node] ?? 0;
    priorities[node] = {
      FIFO: -node,
      LIFO: node,
      random: scrambled(node),
      "breadth-first": -depth,
      "depth-first": depth,
    }[mode];
  }
  return byPriority(order, priorities);
}

/** The same in every run. */
function scrambled(node: number): number {
  return Math.imul(node + 1, SCRAMBLE) >>> 0;
}

function depthsOf(order: Int32Array, { count, dependencies }: Graph): Int32Array {
  const depths = new Int32Array(count);
  for (const node of order)
    for (const dependency of dependencies.of(node))
      depths[node] = Math.max(depths[node] ?? 0, (depths[dependency] ?? 0) + 1);
  return depths;
}
