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

/** What a worker that does not have what we think says of itself, by the error of the copy. */
const LIES: Readonly<Record<string, string>> = {
  DIGEST_MISMATCH: "gives another content than",
  NOT_HELD: "does not hold",
};

/** Whether a worker has something else than what its copy is to be, or nothing: asked again, it would give the same. */
export function isLie({ source }: Copy, { error }: TransferFailure): boolean {
  return Object.hasOwn(LIES, error) && typeof source === "object";
}

/** Its copy does not count any more: another source is used at once, or the file is made again. */
export function dropLie(world: World, { content, source }: Copy): void {
  if (typeof source !== "object") return;
  const replica = source.replicas.get(content);
  if (replica?.ready !== true) return;
  const what = LIES[content.lastFailure?.trouble.error ?? ""] ?? "gives another content than";
  world.note("warn", `worker ${source.spec.name} ${what} ${content.cacheName}: it is dropped there`);
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
