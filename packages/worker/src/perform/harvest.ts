import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { makeReadOnly } from "@taskvine/core/data";
import { type OutputReport, cacheName as toCacheName, VineError } from "@taskvine/core/model";
import type { Assign, AssignOutput } from "@taskvine/core/protocol";
import type { Stored } from "../machine/tables/entry.js";
import type { AttemptKey } from "../machine/tables/order.js";
import type { CollectedOutput, RunEnd, StreamEnd } from "../run/contract.js";
import type { Harvest } from "./outcome.js";
import type { Parts } from "./parts.js";

export interface Reaped {
  readonly key: AttemptKey;
  readonly assign: Assign;
  readonly run: RunEnd;
}

/** What a run left, now in the cache. */
export interface Gathered extends Harvest {
  readonly stored: readonly Stored[];
  /** The run ended well, but an output could not be kept. */
  readonly fault: Pick<RunEnd, "code" | "message"> | undefined;
}

/** Moves outputs and long streams of a run from its sandbox into the cache. Of a run that nobody asks about: nothing. */
export async function harvest(parts: Parts, reaped: Reaped): Promise<Gathered> {
  const { run, assign, key } = reaped;
  const nothing = {
    stdout: undefined,
    stderr: undefined,
    outputs: [],
    stored: [],
    fault: undefined,
  };
  if (isUnwanted(parts, key)) return nothing;
  const failures: string[] = [];
  for (const { path, name } of run.outputs) {
    await makeReadOnly(path).catch((error: unknown) => failures.push(sentence(name, error)));
  }
  for (const { path } of [run.stdout, run.stderr]) {
    if (path !== undefined) await makeReadOnly(path).catch(() => undefined);
  }
  if (isUnwanted(parts, key)) return nothing;
  // From here on without a pause, until the machine has heard of it: nothing else may take a name in between.
  const stdout = keepStream(parts, run.stdout);
  const stderr = keepStream(parts, run.stderr);
  const stored: Stored[] = [stdout, stderr].filter((stream) => stream !== undefined);
  const outputs: OutputReport[] = [];
  for (const output of run.outputs) {
    const wanted = assign.outputs.find(({ name }) => name === output.name);
    if (wanted !== undefined) keepOutput(parts, { wanted, output, stored, outputs, failures });
  }
  const fault: Gathered["fault"] =
    failures.length > 0 ? { code: "output-missing", message: failures.join("; ") } : undefined;
  return { stdout: stdout?.cacheName, stderr: stderr?.cacheName, outputs, stored, fault };
}

/** An output, and where to note what became of it. */
export interface Keeping {
  readonly wanted: AssignOutput;
  readonly output: CollectedOutput;
  readonly stored: Stored[];
  readonly outputs: OutputReport[];
  readonly failures: string[];
}

/** Moves one output into the cache, unless its name is there already, and tells what became of it. */
export function keepOutput(parts: Parts, { wanted, output, stored, outputs, failures }: Keeping): void {
  const { file, cacheName, lifetime } = wanted;
  const here = parts.world.cache.has(cacheName) ? parts.world.cache.get(cacheName) : undefined;
  if (here !== undefined) {
    outputs.push({ file, cacheName, kind: here.kind, size: here.size, ...digestOf(here.digest) });
    return;
  }
  try {
    parts.store.adopt(cacheName, output.path);
  } catch (error) {
    failures.push(sentence(output.name, error));
    return;
  }
  const entry: Stored = { cacheName, lifetime, kind: output.kind, size: output.size };
  parts.store.remember(entry);
  stored.push(entry);
  outputs.push({ file, cacheName, kind: output.kind, size: output.size });
}

function keepStream(parts: Parts, stream: StreamEnd): Stored | undefined {
  if (stream.path === undefined) return undefined;
  const cacheName = toCacheName(`stream-${randomBytes(16).toString("hex")}`);
  try {
    const { size } = statSync(stream.path);
    parts.store.adopt(cacheName, stream.path);
    return { cacheName, lifetime: "workflow", kind: "file", size };
  } catch {
    return undefined;
  }
}

function isUnwanted(parts: Parts, key: AttemptKey): boolean {
  return parts.world.tasks.get(key)?.state.name !== "running";
}

function digestOf(digest: string | undefined): { readonly digest?: string } {
  return digest === undefined ? {} : { digest };
}

function sentence(name: string, error: unknown): string {
  return `output ${name} could not be kept: ${VineError.from(error).message}`;
}
