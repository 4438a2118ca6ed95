import type { AttemptOutcome } from "../../tasks/result.js";
import type { TaskRecord } from "../records.js";
import type { World } from "../world.js";

/**
 * The call, and those behind it in its line, are not at their worker any more: they wait like any others. `isGone`: its worker
 * has said so itself.
 */
export function revoke(world: World, task: TaskRecord, isGone = false): void {
  const { ahead } = task;
  if (ahead === undefined) return;
  ahead.line.last = ahead.behind;
  ahead.behind.follower = undefined;
  for (let one: TaskRecord | undefined = task; one?.ahead !== undefined; ) {
    const { run, line } = one.ahead;
    if (run.worker.state.name !== "gone" && !(isGone && one === task))
      world.effects.push({ type: "kill", worker: run.worker.id, task: one.id, attempt: run.attempt });
    line.length -= 1;
    const next: TaskRecord | undefined = one.follower;
    one.ahead = undefined;
    one.follower = undefined;
    one = next;
  }
}

/** The attempt of a call is over. Its worker goes on with the one behind it only if it has returned a value that travels. */
export function leaveLine(world: World, task: TaskRecord, outcome: AttemptOutcome | undefined): void {
  const { follower } = task;
  if (follower === undefined) return;
  const [file] = task.outputs;
  const report = outcome?.outputs.find((one) => one.file === file?.spec.id);
  const goesOn = outcome?.code === "success" && report?.bytes !== undefined && follower.missing === 1;
  if (!goesOn) revoke(world, follower);
}
