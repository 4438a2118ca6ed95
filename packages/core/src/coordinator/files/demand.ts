import { nextFileState } from "../../files/file-state.js";
import type { FileRecord, TaskRecord, Trouble } from "../records.js";
import { isPending } from "../tasks/move.js";
import type { World } from "../world.js";

const COMPACT_FROM = 32;

/** A task or a needed recipe counts on the file from now on; what the file is made from is needed as well. */
function addPending(file: FileRecord): void {
  const todo = [file];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    next.pending += 1;
    if (next.pending === 1) todo.push(...next.ingredients);
  }
}

/** The opposite of `addPending`: perhaps nobody needs the file, or its record, any more. */
function dropPending(world: World, file: FileRecord): void {
  const todo = [file];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    next.pending -= 1;
    if (next.pending === 0) todo.push(...next.ingredients);
    if (next.content !== undefined) world.agenda.loose.push(next.content);
    if (next.pending === 0) world.agenda.leaving.push(next);
    compact(next);
  }
}

/** A task that will run (again) counts on its inputs. Those that cannot be had now are seen to. */
export function enterInputs(world: World, task: TaskRecord): void {
  for (const file of task.inputs) {
    addPending(file);
    file.addConsumer(task);
    if (file.available) continue;
    task.missing += 1;
    world.agenda.needed.push(file);
  }
}

/** A task that will not read its inputs again lets go of them. */
export function leaveInputs(world: World, task: TaskRecord): void {
  for (const file of task.inputs) {
    file.consumed = true;
    dropPending(world, file);
  }
  task.missing = 0;
}

/** Each task that counts on the file, once. */
export function pendingConsumers(world: World, file: FileRecord): TaskRecord[] {
  const mark = world.nextMark();
  return file.consumers.filter((task) => {
    if (task.mark === mark || !isPending(task)) return false;
    task.mark = mark;
    return true;
  });
}

/** The file can never be had: its consumers will be told. */
export function spoil(world: World, file: FileRecord, trouble: Trouble): void {
  if (file.state === "unusable") return;
  file.state = nextFileState(file.state, "unusable");
  file.failure = trouble;
  world.agenda.spoiled.push(file);
}

function compact(file: FileRecord): void {
  const { consumers } = file;
  if (consumers.length < COMPACT_FROM || consumers.length < 2 * file.pending) return;
  file.consumers = [...new Set(consumers.filter(isPending))];
}
