import type { CacheName } from "@taskvine/core/model";
import { checkLibraries, countCallInputs } from "./libraries/library-invariants.js";
import { isActive } from "./tables/task-table.js";
import type { World } from "./world.js";

/** What must hold after every step. Throws a sentence. Called by tests after each step. */
export function checkInvariants(world: World): void {
  checkCache(world);
  checkUsers(world);
  checkTasks(world);
  checkTransfers(world);
  checkLibraries(world, claim);
}

function checkCache(world: World): void {
  let bytes = 0;
  for (const entry of world.cache.values()) {
    bytes += entry.size;
    const isAlone = world.cache.users(entry.cacheName) === 0;
    claim(entry.state !== "leaving" || !isAlone, `${entry.cacheName} is leaving, but nothing uses it`);
  }
  claim(bytes === world.cache.bytes, `entries have ${bytes} bytes, the count says ${world.cache.bytes}`);
}

/** Pins by tasks and transfers, counted anew; sends may add to them. */
function checkUsers(world: World): void {
  const users = new Map<CacheName, number>();
  const count = (name: CacheName): unknown => users.set(name, (users.get(name) ?? 0) + 1);
  for (const { assignment } of world.tasks.values()) assignment.inputs.forEach(count);
  for (const { order } of world.transfers.values()) order.inputs.forEach(count);
  countCallInputs(world, count);
  for (const [name, least] of users) {
    claim(
      world.cache.users(name) >= least,
      `${name} has ${least} users, the count says ${world.cache.users(name)}`,
    );
  }
}

function checkTasks(world: World): void {
  const { resources } = world.limits;
  let cores = 0;
  let disk = 0;
  const gpuIds: number[] = [];
  for (const { assignment, state } of world.tasks.values()) {
    const missing = new Set(assignment.inputs.filter((name) => !world.cache.has(name))).size;
    if (state.name === "runnable") claim(missing === 0, `${assignment.key} is runnable without its inputs`);
    if (state.name === "waiting") {
      claim(
        missing === state.missing,
        `${assignment.key} misses ${missing} inputs, the count says ${state.missing}`,
      );
    }
    if (!isActive(state)) continue;
    cores += assignment.allocation.cores;
    disk += assignment.allocation.disk;
    gpuIds.push(...assignment.allocation.gpuIds);
  }
  claim(cores <= resources.cores + 1e-3, `${cores} cores are taken of ${resources.cores}`);
  claim(
    Math.abs(cores - (resources.cores - world.tasks.free.cores)) < 1e-3,
    "the count of free cores is wrong",
  );
  claim(disk === world.tasks.allocatedDisk, "the count of allocated disk is wrong");
  claim(new Set(gpuIds).size === gpuIds.length, "two tasks have the same gpu");
}

function checkTransfers(world: World): void {
  const bringers = new Map<CacheName, number>();
  const running = { fetch: 0, make: 0 };
  for (const { order, state } of world.transfers.values()) {
    if (state === "running") running[order.job]++;
    if (state !== "following") bringers.set(order.cacheName, (bringers.get(order.cacheName) ?? 0) + 1);
  }
  for (const job of ["fetch", "make"] as const) {
    claim(running[job] === world.transfers.running(job), `the count of running ${job} is wrong`);
  }
  claim(
    running.fetch <= world.limits.fetches && running.make <= world.limits.makes,
    "too many transfers run",
  );
  for (const entry of world.cache.values()) {
    const count = bringers.get(entry.cacheName) ?? 0;
    if (entry.state === "coming")
      claim(count === 1, `${entry.cacheName} is coming, and ${count} transfers bring it`);
  }
  for (const { order, state } of world.transfers.values()) {
    if (state !== "following") continue;
    claim(bringers.get(order.cacheName) === 1, `transfer ${order.transfer} follows nobody`);
  }
}

function claim(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`invariant: ${otherwise}`);
}
