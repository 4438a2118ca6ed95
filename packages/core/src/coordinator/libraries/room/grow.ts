import type { ResourceRequest } from "../../../model/resources.js";
import { grownRequest } from "../../../scheduling/allocate.js";
import type { AttemptOutcome } from "../../../tasks/result.js";
import type { InstanceRecord, LibraryRecord, Run } from "../../records.js";
import { failure, finish } from "../../tasks/finish.js";
import { exhaustedIn, largestWorker } from "../../tasks/retry.js";
import type { World } from "../../world.js";

/**
 * An instance has used more than it was given: further ones get twice that, as far as any worker has it, and as often as
 * the library may be tried. False: that was not it, or they cannot get more.
 */
export function grow(world: World, library: LibraryRecord, run: Run, outcome: AttemptOutcome): boolean {
  const { shape, spec } = library;
  const exhausted = exhaustedIn(outcome);
  if (exhausted.length === 0 || shape.growths >= spec.startTries) return false;
  if (spec.grows === false && exhausted.includes("memory")) return false;
  const request = grownRequest(shape.request, run.allocation, exhausted, largestWorker(world));
  if (request === undefined) return false;
  // It was started before the last time that this was found out.
  if (exhausted.every((name) => amountOf(request, name) <= amountOf(shape.request, name))) return true;
  shape.request = request;
  shape.growths += 1;
  shape.checkedAt = -1;
  for (const { task } of library.wanted) task.request = request;
  const news = exhausted.map((name) => `${amountOf(request, name)} ${name}`).join(", ");
  world.note(
    "warn",
    `library ${spec.name} needs more than it was given: from now on an instance gets ${news}`,
  );
  return true;
}

/**
 * An instance of a library that does not grow has used more than it was given. Where it had answered nothing it needs that
 * for itself, and so would the next one: calls that wait fail. False: that was not it.
 */
export function failTooLarge(
  world: World,
  { library, served }: InstanceRecord,
  outcome: AttemptOutcome,
): boolean {
  const { spec, queue } = library;
  if (spec.grows !== false || !exhaustedIn(outcome).includes("memory")) return false;
  if (served > 0) return true;
  const message = `library ${spec.name} ${outcome.message ?? "needs more memory than it was given"}`;
  for (let call = queue.shift(); call !== undefined; call = queue.shift())
    finish(world, call, failure("resource-exhaustion", message));
  return true;
}

function amountOf(request: ResourceRequest, name: string): number {
  return request[name as keyof ResourceRequest] ?? 0;
}
