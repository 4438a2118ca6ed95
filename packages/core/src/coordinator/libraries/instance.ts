import { type InstanceStateName, nextInstanceState } from "../../libraries/instance-state.js";
import type { TaskSpec } from "../../tasks/task.js";
import { enterInputs, leaveInputs } from "../files/demand.js";
import { InstanceRecord, type LibraryRecord, type TaskRecord } from "../records.js";
import { depart } from "../tasks/depart.js";
import { move, runOf } from "../tasks/move.js";
import type { World } from "../world.js";
import { joinOffers, leaveOffers } from "./slots.js";

/** A further instance is to be started, in the turn of a call that waits for one. */
export function wantInstance(
  world: World,
  library: LibraryRecord,
  turn: Pick<TaskRecord, "priority" | "order">,
): void {
  const { command, inputs, env, resources, features } = library.spec;
  const spec: TaskSpec = {
    id: world.nextInstance(),
    command,
    inputs,
    outputs: [],
    env,
    resources,
    features,
    tag: "",
    category: "",
    priority: turn.priority,
    retries: 0,
  };
  const instance = new InstanceRecord(library, spec, turn.order, world.nowMs);
  const { task } = instance;
  library.instances.add(instance);
  library.wanted.add(instance);
  world.instances.set(spec.id, instance);
  task.shape = library.shape;
  task.request = library.shape.request;
  task.inputs = library.inputs;
  for (const file of task.inputs) file.references += 1;
  enterInputs(world, task);
  if (task.missing === 0) world.agenda.readied.push(task);
}

/** The only place where an instance changes its state. */
export function moveInstance(world: World, instance: InstanceRecord, to: InstanceStateName): void {
  const from = instance.state;
  const { library } = instance;
  if (from === "ready") leaveOffers(world, instance);
  instance.state = nextInstanceState(from, to);
  if (from === "wanted") library.wanted.delete(instance);
  library.coming += count(isComing(to)) - count(isComing(from));
  library.ready += count(to === "ready") - count(from === "ready");
  if (to === "ready") joinOffers(world, instance);
}

function isComing(state: InstanceStateName): boolean {
  return state === "deploying" || state === "starting";
}

function count(holds: boolean): number {
  return holds ? 1 : 0;
}

/** Stops an instance, and forgets it. Calls that it has are still answered by its worker. */
export function dismiss(world: World, instance: InstanceRecord): void {
  if (instance.state === "gone") return;
  const { task, library, worker } = instance;
  const run = runOf(task);
  if (run !== undefined) {
    world.effects.push({ type: "kill", worker: run.worker.id, task: task.id, attempt: run.attempt });
    depart(world, task, run, { ended: "retracted" });
  }
  leaveInputs(world, task);
  move(world, task, { name: "cancelled" });
  moveInstance(world, instance, "gone");
  for (const file of task.inputs) {
    file.references -= 1;
    world.agenda.leaving.push(file);
  }
  library.instances.delete(instance);
  world.instances.delete(task.id);
  if (worker !== undefined && instance.held === 0) worker.instances.delete(instance);
  world.stirred.add(library);
  if (library.removed) world.agenda.idleLibraries.push(library);
}

/** No new calls for it; it ends once it has none. */
export function retire(world: World, instance: InstanceRecord): void {
  if (instance.state === "ready") moveInstance(world, instance, "retiring");
  else if (instance.state === "retiring" || instance.state === "gone") return;
  if (instance.held === 0) world.agenda.stopped.push(instance.task);
}
