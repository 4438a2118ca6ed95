import { noTasks } from "../../tasks/task-counts.js";
import type { TaskStateName } from "../../tasks/task-state.js";
import type { TaskRecord } from "../records.js";
import { isPending } from "../tasks/move.js";
import type { World } from "../world.js";
import { claim } from "./claim.js";

const ACTIVE: readonly TaskStateName[] = ["waiting", "ready", "assigned", "running", "retrieving"];

/** Each task is in one state, counted once, and waits for exactly what it lacks. */
export function checkTasks(world: World): void {
  const counted = noTasks();
  let recovering = 0;
  for (const task of world.tasks.values()) {
    if (!task.reported) counted[task.state.name] += 1;
    else if (ACTIVE.includes(task.state.name)) recovering += 1;
    checkTask(world, task);
  }
  for (const state of ACTIVE) {
    claim(
      counted[state] === world.counts[state],
      () => `${counted[state]} tasks are ${state}, counted were ${world.counts[state]}`,
    );
  }
  for (const [id, attempt] of world.valuesComing) {
    const task = world.tasks.get(id);
    claim(
      task?.state.name === "retrieving" && task.attempts === attempt,
      () => `a value of task ${id} is on its way, which is ${task?.state.name ?? "unknown"}`,
    );
  }
  claim(
    recovering === world.recovering,
    () => `${recovering} tasks run again, counted were ${world.recovering}`,
  );
}

function checkTask(world: World, task: TaskRecord): void {
  const { name } = task.state;
  const final = name === "done" || name === "failed" || name === "cancelled";
  claim(!final || task.reported, () => `task ${task.id} is ${name} and was not reported`);
  if (isPending(task)) checkReadiness(world, task);
  if (task.state.name === "assigned" || task.state.name === "running") {
    const { worker } = task.state.run;
    claim(
      world.workers.get(worker.id) === worker,
      () => `task ${task.id} is at worker ${worker.id}, which has gone`,
    );
    const { instance } = task.state.run;
    claim(
      (instance?.calls ?? worker.tasks).includes(task),
      () => `task ${task.id} is ${name} at worker ${worker.id}, which does not know it`,
    );
  }
  if (name === "retrieving") claim(task.toBring > 0, () => `task ${task.id} waits for nothing to come home`);
}

function checkReadiness(world: World, task: TaskRecord): void {
  const lacking = task.inputs.filter((file) => !file.available).length;
  const early = (task.spec.startAfterMs ?? 0) > task.submittedAtMs && task.missing === lacking + 1 ? 1 : 0;
  const { name } = task.state;
  claim(
    task.missing === lacking + early,
    () => `task ${task.id} (${name}) lacks ${lacking} inputs, counted were ${task.missing}`,
  );
  claim(
    name !== "ready" || task.missing === 0,
    () => `task ${task.id} is ready and lacks ${task.missing} inputs`,
  );
  claim(name !== "waiting" || task.missing > 0, () => `task ${task.id} waits for nothing`);
  for (const file of task.inputs) {
    const known = world.files.get(file.spec.id) === file;
    claim(known, () => `task ${task.id} needs file ${file.spec.id}, which was forgotten`);
    claim(file.consumers.includes(task), () => `file ${file.spec.id} does not know its consumer ${task.id}`);
    const hopeless = file.state === "unusable" && (name === "waiting" || name === "ready");
    claim(!hopeless, () => `task ${task.id} waits for file ${file.spec.id}, which is unusable`);
  }
}
