import { LIMITS } from "../../model/limits.js";
import type { Event } from "../event.js";
import type { InstanceRecord } from "../records.js";
import { runOf } from "../tasks/move.js";
import type { World } from "../world.js";
import { moveInstance } from "./instance.js";
import { changeSlots, offer } from "./slots.js";

/** An instance takes calls, or offers something else than before. */
export function onLibraryReady(world: World, event: Extract<Event, { type: "library-ready" }>): void {
  const instance = world.instances.get(event.task);
  const run = instance === undefined ? undefined : runOf(instance.task);
  if (instance === undefined || run?.attempt !== event.attempt || run.worker.id !== event.worker) {
    world.stats.ignored += 1;
    return;
  }
  const { library } = instance;
  const slots = Math.max(1, Math.min(LIMITS.librarySlots, Math.floor(event.slots) || 1));
  if (event.functions !== undefined) library.functions = new Set(event.functions);
  if (instance.state === "ready") {
    changeSlots(instance, slots);
    offer(world, instance);
  } else if (instance.state === "deploying" || instance.state === "starting") {
    instance.slots = slots;
    becomeReady(world, instance);
  }
  world.stirred.add(library);
}

function becomeReady(world: World, instance: InstanceRecord): void {
  if (instance.state === "deploying") moveInstance(world, instance, "starting");
  moveInstance(world, instance, "ready");
  if (instance.worker === undefined) return;
  instance.worker.pauses = 0;
  instance.library.shunned.delete(instance.worker);
}
