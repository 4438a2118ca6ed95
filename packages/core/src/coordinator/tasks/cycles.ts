import { FINAL_STATES } from "../../tasks/task-state.js";
import type { FileRecord, TaskRecord } from "../records.js";

type Node = TaskRecord | FileRecord;

/** A task or file on the walk, and how many of the nodes that it waits for have been looked at. */
interface Frame {
  readonly node: Node;
  readonly next: readonly Node[];
  at: number;
}

interface Visit {
  readonly index: number;
  low: number;
  onStack: boolean;
}

/**
 * Tasks that wait for themselves, found from tasks of which at least one is on each new circle. Walks only upstream
 * through what has not run yet (Tarjan's strongly connected components, without recursion).
 */
export function tasksOnCycles(suspects: readonly TaskRecord[]): TaskRecord[] {
  const visits = new Map<Node, Visit>();
  const found: TaskRecord[] = [];
  for (const suspect of suspects) if (!visits.has(suspect)) walk(suspect, visits, found);
  return found;
}

/** What a node waits for: a task for its inputs, a file for its producer or for what it is made from. */
function upstream(node: Node): readonly Node[] {
  if ("inputs" in node) {
    if (FINAL_STATES.has(node.state.name)) return [];
    // A call also waits for what its library is started with.
    return [...node.inputs, ...(node.library?.inputs ?? [])].filter((file) => !file.available);
  }
  if (node.producer !== undefined) return [node.producer];
  return node.ingredients;
}

function walk(root: Node, visits: Map<Node, Visit>, found: TaskRecord[]): void {
  const stack: Node[] = [];
  const frames: Frame[] = [];
  const enter = (node: Node): void => {
    visits.set(node, { index: visits.size, low: visits.size, onStack: true });
    stack.push(node);
    frames.push({ node, next: upstream(node), at: 0 });
  };
  enter(root);
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const visit = visits.get(frame.node) as Visit;
    const node = frame.next[frame.at];
    if (node !== undefined) {
      frame.at += 1;
      const seen = visits.get(node);
      if (seen === undefined) enter(node);
      else if (seen.onStack) visit.low = Math.min(visit.low, seen.index);
      continue;
    }
    frames.pop();
    const below = frames.at(-1);
    const parent = below === undefined ? undefined : visits.get(below.node);
    if (parent !== undefined) parent.low = Math.min(parent.low, visit.low);
    if (visit.low === visit.index) close(frame.node, stack, visits, found);
  }
}

/** Takes a component off the stack. A component of more than one node is a circle: a node never waits for itself directly. */
function close(root: Node, stack: Node[], visits: Map<Node, Visit>, found: TaskRecord[]): void {
  const component: Node[] = [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    (visits.get(node) as Visit).onStack = false;
    component.push(node);
    if (node === root) break;
  }
  if (component.length === 1) return;
  for (const node of component) if ("inputs" in node) found.push(node);
}
