import type { LibraryRecord, Verdict } from "../records.js";
import { failure, finish } from "../tasks/finish.js";
import { unknownFunction } from "../tasks/validate.js";
import type { World } from "../world.js";
import { chooseInstance, deal } from "./deal.js";
import { isHopeless, seekInstances } from "./room/demand.js";
import { takeBackCalls } from "./take-back.js";

/** Deals ready calls to instances, and wants instances for those that are left. */
export function serveCalls(world: World): void {
  if (world.stirred.size === 0) return;
  const libraries = [...world.stirred];
  world.stirred.clear();
  for (const library of libraries) {
    if (isHopeless(library)) giveUp(world, library);
    dealAll(world, library);
    seekInstances(world, library);
    takeBackCalls(world, library);
  }
}

function dealAll(world: World, library: LibraryRecord): void {
  for (let task = library.queue.peek(); task !== undefined; task = library.queue.peek()) {
    const verdict = unknownFunction(library, task.spec) ?? brokenness(world, library);
    if (verdict !== undefined) {
      finish(world, task, verdict);
      continue;
    }
    const instance = chooseInstance(library, task);
    if (instance === undefined) return;
    deal(world, task, instance);
  }
}

/** Calls that wait for it fail, and so do others for a while. */
function giveUp(world: World, library: LibraryRecord): void {
  const { failedStarts } = library;
  library.triesInVain = failedStarts === 1 ? "a try" : `${failedStarts} tries`;
  library.failedStarts = 0;
  library.isHopeless = false;
  library.failures.settle();
  library.shape.unfit.clear();
  library.quietUntilMs = 0;
  library.brokenUntilMs = world.nowMs + world.options.coolOffMs;
}

/** Why a library cannot be started, while no instance of it answers. */
function brokenness(world: World, library: LibraryRecord): Verdict | undefined {
  if (library.ready + library.coming > 0) return undefined;
  const { spec, trouble, failures } = library;
  if (trouble !== undefined) {
    const message = `library ${spec.name} cannot be started: ${trouble.message}`;
    return { state: "failed", code: "missing-library", error: trouble.error, message, root: trouble };
  }
  if (world.nowMs >= library.brokenUntilMs) return undefined;
  const sentence = `library ${spec.name} cannot be started, after ${library.triesInVain}: ${failures.last}`;
  return failure("library-exit", sentence);
}
