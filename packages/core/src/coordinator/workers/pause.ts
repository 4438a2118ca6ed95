import { nextWorkerState } from "../../workers/worker-state.js";
import { retire } from "../libraries/instance.js";
import type { WorkerRecord } from "../records.js";
import type { World } from "../world.js";
import { reindex } from "./room.js";

/** Part of the cool-off time that a first pause takes; each further one in a row takes twice as long. */
const FIRST_PAUSE = 1 / 16;

/** The worker cannot take what it should have room for: nothing new for a moment, longer each time. */
export function pause(world: World, worker: WorkerRecord): void {
  const { coolOffMs } = world.options;
  rest(world, worker, Math.min(coolOffMs, coolOffMs * FIRST_PAUSE * 2 ** worker.pauses));
  worker.pauses += 1;
}

/** Nothing new for the worker for some time. */
export function rest(world: World, worker: WorkerRecord, ms: number): void {
  if (worker.state.name !== "ready" && worker.state.name !== "cooling") return;
  const earlierMs = worker.state.name === "cooling" ? worker.state.untilMs : 0;
  const untilMs = Math.max(earlierMs, world.nowMs + ms);
  worker.state = nextWorkerState(worker.state, { name: "cooling", untilMs });
  world.deadlines.push({ atMs: untilMs, type: "warm", worker });
  reindex(world, worker);
}

/** The worker is to go once it is empty. */
export function startDraining(world: World, worker: WorkerRecord): void {
  if (worker.state.name !== "ready" && worker.state.name !== "cooling") return;
  worker.state = nextWorkerState(worker.state, { name: "draining" });
  world.draining.add(worker);
  reindex(world, worker);
  for (const instance of worker.instances) retire(world, instance);
  for (const content of worker.replicas.keys()) world.agenda.thin.push(content);
}
