import { whyUnavailable } from "../files/unavailable.js";
import { hopelessness } from "../placing/unschedulable.js";
import type { LibraryRecord } from "../records.js";
import { describe } from "../tasks/finish.js";
import type { World } from "../world.js";

/** Why a ready call is with no instance, as the end of a sentence. */
export function whyNotDealt(world: World, library: LibraryRecord): string {
  const { lackedRoom } = library.failures;
  const why = whyNoInstance(world, library);
  return lackedRoom === undefined ? why : `${why}. The last one found no room for its value at ${lackedRoom}`;
}

function whyNoInstance(world: World, library: LibraryRecord): string {
  const { spec, ready, coming, wanted, counts, failedStarts, failures } = library;
  const others = `${counts.ready - 1} other calls are ready too`;
  if (ready > 0)
    return `the ${plural(ready, "instance")} of library ${spec.name} that take calls have enough to do; ${others}`;
  const failed =
    failedStarts === 0 ? "" : `, after ${plural(failedStarts, "failed start")}: ${failures.last}`;
  if (coming > 0)
    return `waits for an instance of library ${spec.name}: ${coming} ${coming === 1 ? "is" : "are"} starting${failed}`;
  if (world.nowMs < library.quietUntilMs)
    return `library ${spec.name} is started again in ${library.quietUntilMs - world.nowMs} ms${failed}`;
  const lacking = library.inputs.find((file) => !file.available);
  if (lacking !== undefined)
    return `library ${spec.name} waits for its input ${describe(lacking)}: ${whyUnavailable(lacking)}`;
  if (world.workers.size === 0) return "no worker has joined";
  const why = hopelessness(world, library.shape);
  if (why !== undefined) return `no worker that has joined could ever run library ${spec.name}: ${why}`;
  return wanted.size > 0
    ? `no worker has room for an instance of library ${spec.name}`
    : `waits for an instance of library ${spec.name}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
