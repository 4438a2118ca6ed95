import { VineError } from "@taskvine/core/executor";
import type { Graph } from "./graph.js";

/**
 * The wanted nodes in an order in which each comes after what it needs, and few values are held at a time: depth first from
 * the requested ones, the tallest dependency first, in time linear in the edges. Throws DEPENDENCY_CYCLE.
 */
export function orderOf(graph: Graph): Int32Array {
  const heights = heightsOf(graph);
  const order = new Int32Array(heights.wanted);
  const placed = new Uint8Array(graph.count);
  let at = 0;
  const stack: number[] = [];
  for (const root of graph.requested) {
    stack.push(root);
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      if (placed[node] === 2) {
        stack.pop();
      } else if (placed[node] === 1) {
        stack.pop();
        placed[node] = 2;
        order[at++] = node;
      } else {
        placed[node] = 1;
        pushTallestLast(graph, node, { placed, heights: heights.of, stack });
      }
    }
  }
  return order;
}

interface Walk {
  readonly placed: Uint8Array;
  readonly heights: Int32Array;
  readonly stack: number[];
}

function pushTallestLast(graph: Graph, node: number, { placed, heights, stack }: Walk): void {
  const from = stack.length;
  const dependencies = graph.dependencies.of(node);
  // What is first of equals is to be on top.
  for (let index = dependencies.length - 1; index >= 0; index--) {
    const dependency = dependencies[index] ?? 0;
    if (placed[dependency] === 0) stack.push(dependency);
  }
  if (stack.length - from < 2 || isFlat(stack, from, heights)) return;
  const sorted = stack.splice(from).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  for (const dependency of sorted) stack.push(dependency);
}

function isFlat(stack: readonly number[], from: number, heights: Int32Array): boolean {
  const first = heights[stack[from] ?? 0];
  for (let at = from + 1; at < stack.length; at++) if (heights[stack[at] ?? 0] !== first) return false;
  return true;
}

/** Longest way down from each wanted node. */
function heightsOf({ count, wanted, dependencies, consumers }: Graph): {
  readonly of: Int32Array;
  readonly wanted: number;
} {
  const heights = new Int32Array(count);
  const left = new Int32Array(count);
  const free: number[] = [];
  let total = 0;
  for (let node = 0; node < count; node++) {
    if (wanted[node] === 0) continue;
    total += 1;
    left[node] = new Set(dependencies.of(node)).size;
    if (left[node] === 0) free.push(node);
  }
  let done = 0;
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    done += 1;
    const height = (heights[node] ?? 0) + 1;
    for (const consumer of consumers.of(node)) {
      if ((heights[consumer] ?? 0) < height) heights[consumer] = height;
      left[consumer] = (left[consumer] ?? 0) - 1;
      if (left[consumer] === 0) free.push(consumer);
    }
  }
  if (done < total)
    throw new VineError(
      "DEPENDENCY_CYCLE",
      `${total - done} nodes of the graph wait for each other in a circle`,
    );
  return { of: heights, wanted: total };
}
