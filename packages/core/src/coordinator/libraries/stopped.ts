import type { InstanceRecord, TaskRecord, Verdict } from "../records.js";
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
  if (verdict !== undefined) onImpossible(world, instance, verdict);
  else if (instance.state === "deploying" || instance.state === "starting") countReturn(world, instance);
  dismiss(world, instance);
}

/** It cannot be placed or started, for a reason that is not its process's. */
function onImpossible(world: World, instance: InstanceRecord, verdict: Verdict): void {
  const { library } = instance;
  const { code, error, message } = verdict;
  if (code === "input-missing") {
    library.trouble = { error: error ?? "INPUT_MISSING", message: message ?? "an input cannot be had" };
  } else if (code === "unschedulable") {
    for (let call = library.queue.shift(); call !== undefined; call = library.queue.shift())
      finish(world, call, verdict);
  } else {
    failedToStart(world, instance, message ?? code);
  }
}

function countReturn(world: World, instance: InstanceRecord): void {
  instance.library.returns += 1;
  if (instance.library.returns % RETURNS === 0)
    failedToStart(world, instance, "workers gave it back again and again");
}
