import type { TransferFailure } from "../event.js";
import { dropReplica } from "../files/retention.js";
import type { Copy, FailedCopy, Replica, Source } from "../records.js";
import { withdrawUsers } from "../tasks/withdraw.js";
import { fetchAgain } from "../workers/leave.js";
import type { World } from "../world.js";

/** Keeps what `explain` tells of a copy that failed. */
export function noteFailure(copy: Copy, { error, message }: TransferFailure): void {
  copy.content.lastFailure = { from: copy.source, to: copy.worker, trouble: { error, message } };
}

/** Whether a worker gave something else than what its copy is to be: asked again, it would give the same. */
export function isLie({ source }: Copy, { error }: TransferFailure): boolean {
  return error === "DIGEST_MISMATCH" && typeof source === "object";
}

/** Its copy does not count any more: another source is used at once, or the file is made again. */
export function dropLie(world: World, { content, source }: Copy): void {
  if (typeof source !== "object") return;
  const replica = source.replicas.get(content);
  if (replica?.ready !== true) return;
  world.note(
    "warn",
    `worker ${source.spec.name} gives another content than ${content.cacheName}: it is dropped there`,
  );
  discredit(world, replica, "its input there is not what it should be");
}

/** A replica does not count any more, nor what would be made from it. */
export function discredit(world: World, replica: Replica, why: string): void {
  withdrawUsers(world, replica, why);
  for (const { content } of replica.content.files.flatMap(({ recipes }) => recipes)) {
    const copy = content === undefined ? undefined : replica.worker.replicas.get(content)?.copy;
    if (copy?.state === "flying" && copy.held?.includes(replica) === true) copy.isVain = true;
  }
  if (replica.ready) dropReplica(world, replica);
  fetchAgain(world, replica);
}

/** For people. */
export function describeFailure({ from, to, trouble }: FailedCopy): string {
  const way = `from ${nameOf(from)} to ${to === undefined ? "the manager" : to.spec.name}`;
  return `the last copy, ${way}, failed: ${trouble.message} [${trouble.error}]`;
}

function nameOf(source: Source | undefined): string {
  if (typeof source === "object") return source.spec.name;
  if (source === "url") return "its URL";
  return source === "recipe" ? "its recipe" : "the manager";
}
