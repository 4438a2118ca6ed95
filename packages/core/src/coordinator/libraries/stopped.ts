import type { TaskRecord } from "../records.js";
import { finish } from "../tasks/finish.js";
import type { World } from "../world.js";
import { failedToStart } from "./ended.js";
import { dismiss } from "./instance.js";

/** Instances given back in a row, without one having become ready, that count as a failed start. */
const RETURNS = 100;

/** An instance is to end: it is not needed, was given back, or cannot be started. */
export function onStopped(world: World, task: TaskRecord): void {
  const { instance, verdict } = task;
  if (instance === undefined || instance.state === "gone") return;
  const { library, state } = instance;
  if (verdict?.code === "input-missing") {
    library.trouble = { error: verdict.error ?? "INPUT_MISSING", message: verdict.message ?? "" };
  } else if (verdict?.code === "unschedulable") {
    for (let call = library.queue.shift(); call !== undefined; call = library.queue.shift())
      finish(world, call, verdict);
  } else if (verdict !== undefined) {
    failedToStart(world, instance, verdict.message ?? verdict.code);
  } else if (state === "deploying" || state === "starting") {
    library.returns += 1;
    if (library.returns % RETURNS === 0)
      failedToStart(world, instance, "workers gave it back again and again");
  }
  dismiss(world, instance);
}
