import { makeReadOnly } from "@taskvine/core/data";
import { type CacheName, type OutputReport, VineError } from "@taskvine/core/model";
import type { Answered } from "../../machine/libraries/library-event.js";
import type { Stored } from "../../machine/tables/entry.js";
import { keepOutput } from "../../perform/harvest.js";
import { entriesAt } from "../../perform/mounted.js";
import type { Parts } from "../../perform/parts.js";
import type { FolderEnd } from "../../run/contract.js";
import { type CallHarvest, inlineReport } from "./outcome.js";
import type { CallSandboxes } from "./sandboxes.js";
import { type WrittenValue, writeValue } from "./value-file.js";

export interface CollectedCall {
  readonly harvest: CallHarvest;
  readonly stored: readonly Stored[];
  readonly damaged: readonly CacheName[];
  readonly loosened: readonly CacheName[];
}

const NOTHING = new Uint8Array(0);
const NO_FILES: FolderEnd = { outputs: [], missing: [], damagedInputs: [], loosenedInputs: [] };

/** Puts the value and the files that a call left into the cache. Never rejects: what cannot be kept is a fault. */
export async function collectCall(
  parts: Parts,
  sandboxes: CallSandboxes,
  answered: Answered,
): Promise<CollectedCall> {
  const begunMs = parts.nowMs();
  const failures: string[] = [];
  const value = await valueOf(parts, answered).catch((error: unknown) => {
    failures.push(`its value could not be kept: ${VineError.from(error).message}`);
    return undefined;
  });
  const end = await filesOf(sandboxes, answered);
  for (const { path, name } of end.outputs) {
    await makeReadOnly(path).catch((error: unknown) => failures.push(`output ${name}: ${String(error)}`));
  }
  // From here on without a pause, until the machine has heard of it: nothing else may take a name in between.
  const stored: Stored[] = [];
  const outputs = keepFiles(parts, { answered, end, stored, failures });
  const place = value === undefined ? undefined : keepValue(parts, answered, value, stored);
  if (place?.report !== undefined) outputs.push(place.report);
  const mounts = sandboxes.mountsOf(answered.call);
  const collectedMs = parts.nowMs() - begunMs;
  return {
    harvest: {
      ...inlineValue(answered, outputs),
      spilled: place?.spilled,
      fault: faultOf(failures, end),
      collectedMs,
    },
    stored,
    damaged: entriesAt(parts, mounts, end.damagedInputs),
    loosened: entriesAt(parts, mounts, end.loosenedInputs),
  };
}

/** A small value travels with the news although the call has left files. */
function inlineValue(
  { call, answer: { failure, inFile, value } }: Answered,
  outputs: OutputReport[],
): Pick<CallHarvest, "outputs" | "value"> {
  const output = call.order.call.value;
  if (failure === undefined && inFile) return { outputs, value };
  if (failure !== undefined || value.length > call.order.inlineBytes) return { outputs, value: NOTHING };
  if (output === undefined) return { outputs, value };
  outputs.push(inlineReport(output, value));
  return { outputs, value: NOTHING };
}

/** The value as a file; undefined where it travels with the news, or where there is none. */
async function valueOf(parts: Parts, { call, answer }: Answered): Promise<WrittenValue | undefined> {
  const { failure, inFile, value } = answer;
  const isLarge = inFile || value.length > call.order.inlineBytes;
  return failure === undefined && isLarge ? await writeValue(parts, call, answer) : undefined;
}

async function filesOf(sandboxes: CallSandboxes, { call, answer }: Answered): Promise<FolderEnd> {
  return (
    (await sandboxes.folderOf(call)?.collect(call.order.call.outputs, answer.failure === undefined)) ??
    NO_FILES
  );
}

interface Files {
  readonly answered: Answered;
  readonly end: FolderEnd;
  readonly stored: Stored[];
  readonly failures: string[];
}

function keepFiles(parts: Parts, { answered, end, stored, failures }: Files): OutputReport[] {
  const outputs: OutputReport[] = [];
  for (const output of end.outputs) {
    const wanted = answered.call.order.call.outputs.find(({ name }) => name === output.name);
    if (wanted !== undefined) keepOutput(parts, { wanted, output, stored, outputs, failures });
  }
  return outputs;
}

/** Where a value is, that is a file. */
interface ValuePlace {
  readonly report?: OutputReport;
  readonly spilled?: CallHarvest["spilled"];
}

function keepValue(
  parts: Parts,
  { call }: Answered,
  { path, entry }: WrittenValue,
  stored: Stored[],
): ValuePlace {
  const { value: output } = call.order.call;
  const { cacheName, size } = entry;
  if (parts.world.cache.has(cacheName)) parts.store.discard(path);
  else {
    parts.store.adopt(cacheName, path);
    parts.store.remember(entry);
    stored.push(entry);
  }
  if (output === undefined) return { spilled: { cacheName, size } };
  return { report: { file: output.file, cacheName, kind: "file", size } };
}

function faultOf(failures: readonly string[], end: FolderEnd): CallHarvest["fault"] {
  const [missing] = end.missing;
  if (missing !== undefined) {
    return { code: "output-missing", message: `output "${missing.name}" ${missing.reason}` };
  }
  return failures.length > 0 ? { code: "output-missing", message: failures.join("; ") } : undefined;
}
