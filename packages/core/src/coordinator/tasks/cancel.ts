import type { TaskId } from "../../model/ids.js";
import type { TaskRecord } from "../records.js";
import { stopBringing } from "../transfers/home.js";
import type { World } from "../world.js";
import { depart } from "./depart.js";
import { failure, finish } from "./finish.js";
import { runOf } from "./move.js";

/** The application does not want the task any more. A task that has been reported is no business of its any more. */
export function onCancelled(world: World, id: TaskId): void {
  const task = world.tasks.get(id);
  if (task === undefined || task.reported) {
    world.stats.ignored += 1;
    return;
  }
  takeOff(world, task, "cancelled");
  const message = "the application cancelled it";
  finish(world, task, { state: "cancelled", code: "cancelled", error: "CANCELLED", message });
}

/** Its end-by time has come. */
export function onEndTime(world: World, task: TaskRecord): void {
  const { name } = task.state;
  if (task.reported || name === "retrieving") return;
  takeOff(world, task, "max-end-time");
  const when = name === "running" ? "while it ran" : "before it ran";
  finish(world, task, failure("max-end-time", `its end-by time came ${when}`));
}

/** Stops whatever goes on for the task. */
function takeOff(world: World, task: TaskRecord, ended: "cancelled" | "max-end-time"): void {
  const run = runOf(task);
  if (run !== undefined) {
    world.effects.push({ type: "kill", worker: run.worker.id, task: task.id, attempt: run.attempt });
    depart(world, task, run, { ended });
  } else if (task.state.name === "retrieving") {
    stopBringing(world, task);
  }
}
