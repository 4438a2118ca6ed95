import { renameSync } from "node:fs";
import { FetchError, makeReadOnly } from "@taskvine/core/data";
import type { Allocation } from "@taskvine/core/model";
import type { MakeRecipe } from "@taskvine/core/protocol";
import type { RunEnd } from "../run/contract.js";
import type { Arrival } from "./arrival.js";
import { entriesAt, mountsOf } from "./mounted.js";
import type { Parts } from "./parts.js";

export interface MiniTask {
  readonly recipe: Extract<MakeRecipe, { type: "mini-task" }>;
  readonly key: string;
  /** Where its output is to be put. */
  readonly into: string;
  readonly signal: AbortSignal;
}

const STDERR_SHOWN = 500;

/** Runs the command that makes a file. Rejects with MINI_TASK_FAILED when it does not leave the file and exit with 0. */
export async function runMiniTask(parts: Parts, miniTask: MiniTask): Promise<Arrival> {
  const { recipe, key, into, signal } = miniTask;
  const mounts = mountsOf(parts, recipe.inputs);
  const handle = parts.runner.run({
    key,
    command: recipe.command,
    env: recipe.env,
    mounts,
    outputs: [{ name: recipe.output, when: "success", watch: false }],
    allocation: share(parts),
  });
  const stop = (): void => handle.kill("cancelled", "no longer wanted");
  signal.addEventListener("abort", stop);
  const end = await handle.ended;
  signal.removeEventListener("abort", stop);
  try {
    return await takeOutput(end, recipe.output, into);
  } finally {
    for (const cacheName of entriesAt(parts, mounts, end.damagedInputs)) {
      parts.post({ type: "entry-damaged", cacheName, reason: "changed by a task that had it as input" });
    }
    for (const name of entriesAt(parts, mounts, end.loosenedInputs)) parts.world.cache.distrust(name);
    end.dispose();
  }
}

async function takeOutput(end: RunEnd, name: string, into: string): Promise<Arrival> {
  if (end.damagedInputs.length > 0) throw inputDamaged();
  const output = end.outputs.find((collected) => collected.name === name);
  if (end.notStarted === true)
    throw new FetchError("SPAWN_FAILED", "destination", end.message ?? "it did not start");
  if (end.code !== "success" || end.exitCode !== 0 || output === undefined) throw failure(end);
  await makeReadOnly(output.path);
  renameSync(output.path, into);
  return { kind: output.kind, size: output.size, via: "mini-task" };
}

/** What is made from an input that somebody was changing is nobody's file; the input is fetched anew. */
export function inputDamaged(): FetchError {
  return new FetchError("INPUT_DAMAGED", "destination", "a task changed what it is made from in the cache");
}

/** Its own failure would be the same anywhere; a worker that stops it, or that lost the process, is another matter. */
function failure(end: RunEnd): FetchError {
  const how = end.signal ?? (end.exitCode === undefined ? end.code : `exit code ${end.exitCode}`);
  const said = Buffer.from(end.stderr.tail.subarray(-STDERR_SHOWN)).toString("utf8").trim();
  const fault = end.code === "unknown" || end.code === "cancelled" ? "destination" : "file";
  const parts = [`the command ended with ${how}`, end.message, said].filter(
    (part) => part !== undefined && part !== "",
  );
  return new FetchError("MINI_TASK_FAILED", fault, parts.join(": "));
}

/** One core, and of the rest the same share. */
function share(parts: Parts): Allocation {
  const { cores, memory, disk } = parts.world.limits.resources;
  const part = 1 / Math.max(1, cores);
  return { cores: 1, memory: Math.floor(memory * part), disk: Math.floor(disk * part), gpus: 0, gpuIds: [] };
}
