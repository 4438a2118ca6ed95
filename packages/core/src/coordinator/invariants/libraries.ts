import { mostHeld } from "../../libraries/pace.js";
import { noTasks } from "../../tasks/task-counts.js";
import { chooseInstance } from "../libraries/deal.js";
import type { Ahead, InstanceRecord, LibraryRecord, TaskRecord, WorkerRecord } from "../records.js";
import { runOf } from "../tasks/move.js";
import type { World } from "../world.js";
import { claim, isClose } from "./claim.js";

/** Calls are at instances that are alive and at their workers; what is counted is there; none waits that could be dealt. */
export function checkLibraries(world: World): void {
  for (const library of world.libraries.values()) {
    checkCounts(world, library);
    checkQueue(library);
  }
  for (const instance of world.instances.values()) checkInstance(world, instance);
  for (const task of world.tasks.values()) if (task.ahead !== undefined) checkAhead(task, task.ahead);
  for (const worker of world.workers.values()) checkResidents(worker);
  claim(world.stirred.size === 0, () => "libraries are still to be looked at");
}

function checkCounts(world: World, library: LibraryRecord): void {
  const { name } = library.spec;
  const all = [...library.instances];
  const ready = all.filter(({ state }) => state === "ready");
  const sum = (of: (instance: InstanceRecord) => number): number =>
    ready.reduce((total, instance) => total + of(instance), 0);
  const expected = {
    wanted: all.filter(({ state }) => state === "wanted").length,
    coming: all.filter(({ state }) => state === "deploying" || state === "starting").length,
    ready: ready.length,
    slots: sum(({ slots }) => slots),
    held: sum(({ held }) => held),
    ahead: sum(({ held, slots }) => Math.max(0, held - slots)),
  };
  const { wanted, coming, slots, held, ahead } = library;
  const counted = { wanted: wanted.size, coming, ready: library.ready, slots, held, ahead };
  claim(
    JSON.stringify(expected) === JSON.stringify(counted),
    () => `library ${name} has ${JSON.stringify(expected)}, counted were ${JSON.stringify(counted)}`,
  );
  const most = library.spec.maxInstances ?? Number.POSITIVE_INFINITY;
  claim(all.length <= most, () => `library ${name} has ${all.length} instances of at most ${most}`);
  const states = noTasks();
  for (const task of world.tasks.values()) if (task.library === library) states[task.state.name] += 1;
  for (const state of ["waiting", "ready", "assigned", "running", "retrieving"] as const) {
    claim(
      states[state] === library.counts[state],
      () => `${states[state]} calls of ${name} are ${state}, counted were ${library.counts[state]}`,
    );
  }
}

function checkQueue(library: LibraryRecord): void {
  const task = library.queue.peek();
  const free = task === undefined ? undefined : chooseInstance(library, task);
  claim(
    free === undefined,
    () => `call ${task?.id ?? 0} is ready, and instance ${free?.task.id ?? 0} could have it`,
  );
}

function checkInstance(world: World, instance: InstanceRecord): void {
  const { task, library, state, slots, calls, worker } = instance;
  const { id } = task;
  const known = library.instances.has(instance) && world.libraries.get(library.id) === library;
  claim(known && state !== "gone", () => `instance ${id} is ${state}, and has outlived its library`);
  const placed = state !== "wanted";
  const at = runOf(task)?.worker;
  claim(placed === (at !== undefined) && at === worker, () => `instance ${id} is ${state} at ${at?.id ?? 0}`);
  if (worker !== undefined)
    claim(worker.instances.has(instance), () => `worker ${worker.id} does not know its instance ${id}`);
  claim(
    calls.length === 0 || state === "ready" || state === "retiring",
    () => `instance ${id} is ${state} and has ${calls.length} calls`,
  );
  claim(calls.length <= mostHeld(slots), () => `instance ${id} of ${slots} slots has ${calls.length} calls`);
  const isIdle = state === "ready" && calls.length === 0;
  claim(world.idleInstances.has(instance) === isIdle, () => `instance ${id} is ${state}, and idle or not`);
  claim(!(state === "retiring" && calls.length === 0), () => `instance ${id} retires and waits for nothing`);
  checkCalls(instance);
}

function checkCalls(instance: InstanceRecord): void {
  let backlogMs = 0;
  instance.calls.forEach((call, seat) => {
    const run = runOf(call);
    claim(
      run?.instance === instance && run.seat === seat && run.worker === instance.worker,
      () => `instance ${instance.task.id} has call ${call.id}, which is ${call.state.name}`,
    );
    backlogMs += run.expectedMs;
  });
  claim(
    isClose(backlogMs, instance.backlogMs),
    () => `instance ${instance.task.id} has ${backlogMs} ms to do, counted were ${instance.backlogMs}`,
  );
}

/** What was sent ahead waits for nothing but the call before it, which is at the same instance or was sent there as well. */
function checkAhead(task: TaskRecord, { run, behind, line }: Ahead): void {
  const isAlone = task.state.name === "waiting" && task.missing === 1 && task.attempts === run.attempt;
  claim(isAlone, () => `call ${task.id} was sent ahead, is ${task.state.name} and lacks ${task.missing}`);
  const before = runOf(behind) ?? behind.ahead?.run;
  claim(
    behind.follower === task && before?.instance === run.instance,
    () => `call ${task.id} was sent behind call ${behind.id}, which is ${behind.state.name} elsewhere`,
  );
  let length = 1;
  let last = task;
  for (let next = task.follower; next !== undefined; next = next.follower) {
    length += 1;
    last = next;
  }
  const isCounted =
    line.last === last && (behind.ahead === undefined ? line.length === length : line.length > length);
  claim(isCounted, () => `call ${task.id} has ${length} calls in its line, counted were ${line.length}`);
}

/** What instances take of a worker, and that none is kept in its list for nothing. */
function checkResidents(worker: WorkerRecord): void {
  let cores = 0;
  for (const task of worker.tasks)
    if (task.instance !== undefined) cores += runOf(task)?.allocation.cores ?? 0;
  claim(
    isClose(cores, worker.resident.cores),
    () => `instances take ${cores} cores of worker ${worker.id}, counted were ${worker.resident.cores}`,
  );
  for (const { state, calls, task } of worker.instances) {
    claim(
      state !== "gone" || calls.length > 0,
      () => `worker ${worker.id} keeps instance ${task.id}, which is gone`,
    );
  }
}
