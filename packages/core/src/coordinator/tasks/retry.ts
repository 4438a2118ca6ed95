import type { ErrorCode } from "../../model/errors.js";
import type { Resources } from "../../model/resources.js";
import { grownRequest } from "../../scheduling/allocate.js";
import type { AttemptOutcome } from "../../tasks/result.js";
import type { TaskRecord } from "../records.js";
import type { World } from "../world.js";
import { failure, finish } from "./finish.js";
import { requeue } from "./move.js";
import { shapeOf } from "./shape-of.js";

/** Returns without a run after which a task is given up. */
const RETURNS = 100;

/** Whether there was a retry left; it is used up. */
function useRetry(world: World, task: TaskRecord): boolean {
  if (task.retriesUsed >= task.spec.retries) return false;
  task.retriesUsed += 1;
  world.stats.retries += 1;
  return true;
}

/** The attempt was lost for a reason outside of the task. `error`: what it fails with when it has no retries left. */
export function retryLost(world: World, task: TaskRecord, what: string, error?: ErrorCode): void {
  const { retries } = task.spec;
  if (task.instance !== undefined || useRetry(world, task)) requeue(world, task);
  else finish(world, task, failure("max-retries", `${what}, and its ${retries} retries are used up`, error));
}

/** The instance that ran the call ended with it. `exhausted`: what that had too little of. */
export function retryCrashed(
  world: World,
  task: TaskRecord,
  what: string,
  exhausted: readonly string[],
): void {
  const { retries } = task.spec;
  // What only makes a lost file again has been told to have ended well.
  const isFinal = exhausted.includes("memory") && task.library?.spec.grows === false && !task.reported;
  const code = exhausted.includes("disk") ? "sandbox-exhaustion" : "library-exit";
  if (isFinal) finish(world, task, failure("resource-exhaustion", what));
  else if (useRetry(world, task)) requeue(world, task);
  else
    finish(
      world,
      task,
      failure(code, retries === 0 ? what : `${what}, and its ${retries} retries are used up`),
    );
}

/** It came back, or went down with its worker, without a run that counts: costs no retry, but has an end. */
export function retryUnstarted(world: World, task: TaskRecord, why: string): void {
  task.returns += 1;
  if (task.returns <= RETURNS) requeue(world, task);
  else
    finish(
      world,
      task,
      failure("forsaken", `it was given back ${RETURNS} times without a run that counts, lastly: ${why}`),
    );
}

/** It used more than it was given: the next attempt asks for twice that, as far as any worker has it. */
export function retryExhausted(
  world: World,
  task: TaskRecord,
  given: Resources,
  outcome: AttemptOutcome,
): void {
  const exhausted = exhaustedIn(outcome);
  if (task.library !== undefined) {
    finish(world, task, failure(outcome.code, outcome.message ?? "it used more memory than it may"));
    return;
  }
  const request = grownRequest(task.request, given, exhausted, largestWorker(world));
  const message = outcome.message ?? `it used more ${exhausted.join(", ")} than it was given`;
  if (request === undefined) {
    finish(world, task, failure(outcome.code, `${message}; no worker has more`));
  } else if (useRetry(world, task)) {
    task.request = request;
    task.shape = shapeOf(world, task);
    requeue(world, task);
  } else {
    finish(world, task, failure(outcome.code, message));
  }
}

/** What the attempt had too little of. */
export function exhaustedIn({ code, exhausted }: AttemptOutcome): readonly string[] {
  return code === "sandbox-exhaustion" ? ["disk"] : (exhausted ?? []);
}

/** Of each resource the largest amount that any one worker has. */
export function largestWorker(world: World): Resources {
  const largest = { cores: 0, memory: 0, disk: 0, gpus: 0 };
  for (const { total } of world.workers.values()) {
    for (const resource of ["cores", "memory", "disk", "gpus"] as const) {
      largest[resource] = Math.max(largest[resource], total[resource]);
    }
  }
  return largest;
}
