import { obstacle } from "../../scheduling/eligible.js";
import type { Shape } from "../../scheduling/shape.js";
import { taskNumber } from "../../tasks/task.js";
import type { TaskRecord } from "../records.js";
import { failure, finish } from "../tasks/finish.js";
import type { World } from "../world.js";

/** Says of tasks that no worker could ever run why that is, once; they wait for a better worker, but not for ever. */
export function watchHopeless(world: World, shape: Shape<TaskRecord>): void {
  if (shape.warned || world.workers.size === 0 || shape.checkedAt === world.clusterVersion) return;
  shape.checkedAt = world.clusterVersion;
  const why = hopelessness(world, shape);
  if (why === undefined) return;
  shape.warned = true;
  const { head } = shape;
  const library = head?.instance?.library.spec.name;
  if (library !== undefined)
    world.note("warn", `instances of library ${library} can run on no worker that has joined: ${why}`);
  else if (head !== undefined) {
    const what = `task ${taskNumber(head.spec)} and others like it`;
    world.note("warn", `${what} can run on no worker that has joined: ${why}`, head.id);
  }
  const atMs = world.nowMs + world.options.unschedulableMs;
  if (Number.isFinite(atMs)) world.deadlines.push({ atMs, type: "hopeless", shape });
}

/** Their time is over: where still no worker could run them, they fail. */
export function giveUpHopeless(world: World, shape: Shape<TaskRecord>): void {
  shape.warned = false;
  shape.checkedAt = -1;
  const why = hopelessness(world, shape);
  if (why === undefined) return;
  const verdict = failure("unschedulable", `no worker that has joined could ever run it: ${why}`);
  for (let task = shape.queue.shift(); task !== undefined; task = shape.queue.shift())
    finish(world, task, verdict);
}

/** Why no worker that stays could ever take such a task. Undefined: one could, or there is none. */
export function hopelessness(world: World, shape: Shape<TaskRecord>): string | undefined {
  let why: string | undefined;
  for (const worker of world.workers.values()) {
    if (worker.state.name !== "ready" && worker.state.name !== "cooling") continue;
    const problem = obstacle(shape, worker, world.nowMs);
    if (problem === undefined) return undefined;
    why ??= `${worker.spec.name} ${problem}`;
  }
  return why;
}
