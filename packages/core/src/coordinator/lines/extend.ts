import { callsAhead } from "../../libraries/pace.js";
import { attempt } from "../../model/ids.js";
import type { Effect } from "../effect.js";
import { nameOutputs } from "../files/name-outputs.js";
import { isValue } from "../files/outputs.js";
import { NO_ALLOCATION } from "../libraries/slots.js";
import { assignedOutputs } from "../placing/place.js";
import { type Ahead, type FileRecord, type InstanceRecord, Line, Run, type TaskRecord } from "../records.js";
import { isPending } from "../tasks/move.js";
import { unknownFunction } from "../tasks/validate.js";
import type { World } from "../world.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type CallEffect = Mutable<Extract<Effect, { type: "call" }>>;

/**
 * A call was dealt. Where another one waits for nothing but what it returns, and that one's value is all that a third one
 * waits for, these are sent along to the same instance: its worker begins each as soon as it has the value, without a
 * journey here and back. So many as are done in the time of such a journey, beside the others that are there.
 */
export function extendLine(world: World, task: TaskRecord, run: Run): void {
  const { instance } = run;
  if (instance === undefined || !takesLines(instance)) return;
  let line = run.line;
  let last = line?.last ?? task;
  for (let next = successor(last, instance); next !== undefined; next = successor(last, instance)) {
    line ??= run.line = new Line(task);
    if (line.length >= callsAhead(instance, meanOf(instance, next))) return;
    sendBehind(world, next, instance, { behind: last, line });
    last = next;
  }
}

/** Whether what is behind a call there may be sent, or be dealt without a word because it was. */
export function takesLines({ state, worker }: InstanceRecord): boolean {
  return state === "ready" && worker?.state.name === "ready" && worker.spec.linksCalls === true;
}

function sendBehind(
  world: World,
  next: TaskRecord,
  instance: InstanceRecord,
  { behind, line }: Pick<Ahead, "behind" | "line">,
): void {
  const run = aheadRun(world, next, instance);
  nameOutputs(world, next);
  const effect: CallEffect = {
    type: "call",
    worker: run.worker.id,
    task: next.id,
    attempt: run.attempt,
    instance: instance.task.id,
    outputs: assignedOutputs(next),
    linked: true,
  };
  world.effects.push(effect);
  next.ahead = { run, behind, line, effect, batch: world.effects };
  behind.follower = next;
  line.last = next;
  line.length += 1;
  world.stats.attempts += 1;
}

/** The attempt that it will be: its number is used up, whatever comes of it. */
function aheadRun(world: World, task: TaskRecord, instance: InstanceRecord): Run {
  task.attempts += 1;
  const worker = instance.worker as NonNullable<InstanceRecord["worker"]>;
  const run = new Run(worker, attempt(task.attempts), NO_ALLOCATION, world.nowMs);
  run.instance = instance;
  run.expectedMs = meanOf(instance, task) ?? 0;
  return run;
}

function meanOf({ library }: InstanceRecord, { spec }: TaskRecord): number | undefined {
  return library.pace.meanMs(spec.call?.function ?? "");
}

/** The call of the same library that lacks only what this one returns, where nobody else waits for that. */
function successor(task: TaskRecord, instance: InstanceRecord): TaskRecord | undefined {
  const [file] = task.outputs;
  if (file === undefined || !travels(task, file) || file.pending !== 1 || file.wanted) return undefined;
  const next = file.consumers.find(isPending);
  if (next === undefined || next.state.name !== "waiting" || next.missing !== 1 || next.ahead !== undefined)
    return undefined;
  return fits(next, file, instance) ? next : undefined;
}

/** It is all that the call leaves, and comes with the news of its end when it is small. */
function travels({ outputs, spec }: TaskRecord, file: FileRecord): boolean {
  const isAll = outputs.length === 1 && spec.outputs.length === 1 && spec.outputs[0]?.use === "value";
  return isAll && spec.call?.keep === false && file.spec.origin.type === "temp" && hasNoFolder({ spec });
}

function fits(next: TaskRecord, file: FileRecord, instance: InstanceRecord): boolean {
  const { spec, library, inputs } = next;
  if (library !== instance.library || unknownFunction(library, spec) !== undefined) return false;
  if (next.outputs.some(({ spec: { lifetime } }) => lifetime === "forever")) return false;
  if (!spec.outputs.every(({ use }) => use === "value") || !hasNoFolder(next)) return false;
  const isRead = (one: FileRecord): boolean =>
    spec.inputs.every((mount) => mount.file !== one.spec.id || mount.use === "value");
  return inputs.every((one) => (one === file || isValue(one) ? isRead(one) : isThere(one, instance)));
}

function hasNoFolder({ spec }: Pick<TaskRecord, "spec">): boolean {
  return spec.inputs.every(({ use }) => use !== undefined);
}

function isThere({ content }: FileRecord, { worker }: InstanceRecord): boolean {
  return content !== undefined && worker?.replicas.get(content)?.ready === true;
}
