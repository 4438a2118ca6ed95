import { type InputMount, type TaskSpec, taskNumber } from "../../tasks/task.js";
import { enterInputs } from "../files/demand.js";
import { type FileRecord, TaskRecord, type Verdict } from "../records.js";
import type { World } from "../world.js";
import { tasksOnCycles } from "./cycles.js";
import { describe, failure, finish } from "./finish.js";
import { shapeOf } from "./shape-of.js";
import { faultOf } from "./validate.js";

/** New tasks, in any order: an input may be the output of a task that comes later in the list. */
export function onSubmitted(world: World, specs: readonly TaskSpec[]): void {
  const doomed = new Map<TaskRecord, Verdict>();
  const records = registerAll(world, specs);
  for (const task of records) {
    const verdict = faultOf(task) ?? claimOutputs(world, task);
    if (verdict !== undefined) doomed.set(task, verdict);
  }
  const suspects: TaskRecord[] = [];
  for (const task of records) {
    const verdict = linkInputs(world, task);
    if (verdict !== undefined && !doomed.has(task)) doomed.set(task, verdict);
    if (closesBackward(task)) suspects.push(task);
  }
  for (const task of tasksOnCycles(suspects)) doomed.set(task, cycleVerdict(task));
  for (const task of records) begin(world, task, doomed.get(task));
  for (const [task, verdict] of doomed) if (!task.reported) finish(world, task, verdict);
}

function registerAll(world: World, specs: readonly TaskSpec[]): TaskRecord[] {
  const records: TaskRecord[] = [];
  for (const spec of specs) {
    if (world.tasks.has(spec.id)) world.stats.ignored += 1;
    else records.push(register(world, spec));
  }
  return records;
}

function register(world: World, spec: TaskSpec): TaskRecord {
  const counts = world.countsOf(spec.category);
  const library = spec.call === undefined ? undefined : world.libraries.get(spec.call.library);
  const task = new TaskRecord(spec, counts, world.nowMs, { library });
  if (library !== undefined) {
    library.references += 1;
    library.counts.waiting += 1;
    if (spec.priority < world.leastPriority) world.leastPriority = spec.priority;
  }
  world.tasks.set(spec.id, task);
  counts.waiting += 1;
  world.counts.waiting += 1;
  return task;
}

/** Makes the task the producer of its outputs, as far as they can have one. */
function claimOutputs(world: World, task: TaskRecord): Verdict | undefined {
  if (task.spec.outputs.length === 0) return undefined;
  const outputs: FileRecord[] = [];
  let verdict: Verdict | undefined;
  for (const mount of task.spec.outputs) {
    const file = world.files.get(mount.file);
    const problem = file === undefined ? unknownFile(mount.file) : unwritable(file);
    if (problem !== undefined) verdict ??= problem;
    else if (file !== undefined) {
      file.producer = task;
      outputs.push(file);
    }
  }
  task.outputs = outputs;
  return verdict;
}

function unwritable(file: FileRecord): Verdict | undefined {
  const { type } = file.spec.origin;
  if (type !== "temp" && type !== "local") {
    return failure(
      "output-missing",
      `output ${describe(file)} is a ${type}, which no task can write`,
      "BAD_OUTPUT",
    );
  }
  if (file.producer !== undefined) {
    const message = `output ${describe(file)} is already made by task ${taskNumber(file.producer.spec)}`;
    return failure("output-missing", message, "TWO_PRODUCERS");
  }
  if (file.state !== "unnamed") {
    return failure("output-missing", `output ${describe(file)} is in use as an input already`, "BAD_OUTPUT");
  }
  return undefined;
}

function unknownFile(id: number): Verdict {
  return failure("input-missing", `file ${id} is not declared`, "UNKNOWN_FILE");
}

/** Ties the task to its input files, each once. */
function linkInputs(world: World, task: TaskRecord): Verdict | undefined {
  const mounts = task.spec.inputs;
  if (mounts.length === 0) return undefined;
  const inputs: FileRecord[] = [];
  let verdict: Verdict | undefined;
  for (const id of fileIds(mounts)) {
    const file = world.files.get(id);
    if (file === undefined) {
      verdict ??= unknownFile(id);
      continue;
    }
    file.references += 1;
    inputs.push(file);
  }
  task.inputs = inputs;
  return verdict;
}

function fileIds(mounts: readonly InputMount[]): Iterable<InputMount["file"]> {
  const ids = mounts.map((mount) => mount.file);
  return ids.length < 2 ? ids : new Set(ids);
}

/** Somebody consumes what it makes who was known before it, or it may consume its own output: it may close a circle. */
function closesBackward(task: TaskRecord): boolean {
  const reads = task.inputs.length + (task.library?.inputs.length ?? 0);
  return reads > 0 && task.outputs.some((file) => file.references > 0);
}

function cycleVerdict(task: TaskRecord): Verdict {
  const names = [...task.inputs, ...(task.library?.inputs ?? [])].map(describe).slice(0, 3).join(", ");
  return failure(
    "input-missing",
    `it needs ${names}, which cannot be made before it has run`,
    "DEPENDENCY_CYCLE",
  );
}

/** Counts on its inputs from now on; a task that is doomed only lets go of what it claimed. */
function begin(world: World, task: TaskRecord, verdict: Verdict | undefined): void {
  enterInputs(world, task);
  if (verdict !== undefined) return;
  const { spec } = task;
  const { startAfterMs, endByMs } = spec;
  if (spec.call === undefined) task.shape = shapeOf(world, task);
  if (startAfterMs !== undefined && startAfterMs > world.nowMs) {
    task.missing += 1;
    world.deadlines.push({ atMs: startAfterMs, type: "start", task });
  }
  if (endByMs !== undefined) world.deadlines.push({ atMs: endByMs, type: "end", task });
  if (task.missing === 0) world.agenda.readied.push(task);
}

/** Its start time has come. */
export function onStartTime(world: World, task: TaskRecord): void {
  if (task.state.name !== "waiting") return;
  task.missing -= 1;
  if (task.missing === 0) world.agenda.readied.push(task);
}
