import { nextFileState } from "../../files/file-state.js";
import { taskNumber } from "../../tasks/task.js";
import { FINAL_STATES } from "../../tasks/task-state.js";
import type { FileRecord, TaskRecord } from "../records.js";
import { describe } from "../tasks/finish.js";
import { move, WAITING } from "../tasks/move.js";
import type { World } from "../world.js";
import { enterInputs, spoil } from "./demand.js";

/** Somebody needs the file and it cannot be had: asks for its name, has it made again, or says that it never will be. */
export function onNeeded(world: World, file: FileRecord): void {
  if (file.available) return;
  if (file.state === "unusable") {
    world.agenda.spoiled.push(file);
    return;
  }
  if (file.producer !== undefined) needProducer(world, file, file.producer);
  else if (file.ingredients.length > 0) for (const part of file.ingredients) world.agenda.needed.push(part);
  else needSource(world, file);
}

/** Made, and lost again before its task was done: only a need of it counts. */
export function onMissed(world: World, file: FileRecord): void {
  if (!file.available && (file.pending > 0 || file.wanted)) world.agenda.needed.push(file);
}

function needSource(world: World, file: FileRecord): void {
  const { origin } = file.spec;
  if (origin.type === "temp" && !file.declared) {
    spoil(world, file, { error: "INPUT_MISSING", message: "no task makes it, and it was undeclared" });
  } else if ((origin.type === "local" || origin.type === "url") && file.state === "unnamed") {
    file.state = nextFileState(file.state, "naming");
    world.effects.push({ type: "name", file: file.spec.id });
  } else if ((origin.type === "local" || origin.type === "buffer") && file.state === "named") {
    const message = "the manager's copy is not what it was";
    spoil(world, file, { error: "INPUT_CHANGED", message, code: "fixed-location-missing" });
  }
}

function needProducer(world: World, file: FileRecord, producer: TaskRecord): void {
  const { name } = producer.state;
  if (!FINAL_STATES.has(name)) return;
  if (name === "done" && world.tasks.has(producer.id)) restore(world, file, producer);
  else
    spoil(world, file, {
      error: "INPUT_LOST",
      message: `all copies are lost and task ${taskNumber(producer.spec)} cannot run again`,
    });
}

/** Runs an ended task again for what it made. */
function restore(world: World, file: FileRecord, producer: TaskRecord): void {
  if (producer.recoveries >= world.options.recoveryLimit) {
    const message = `it was lost and made again ${producer.recoveries} times`;
    spoil(world, file, { error: "RECOVERY_LIMIT", message });
    return;
  }
  producer.recoveries += 1;
  producer.retriesUsed = 0;
  world.stats.recoveries += 1;
  world.recovering += 1;
  world.note("info", `all copies of ${describe(file)} are lost: the task that makes it runs again`);
  move(world, producer, WAITING);
  enterInputs(world, producer);
  if (producer.missing === 0) world.agenda.readied.push(producer);
}
