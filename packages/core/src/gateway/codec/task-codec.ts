import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import { badFrame, readBytes, readList, readOptionalCount, readText, whole } from "../../protocol/checks.js";
import { readCommand } from "../../protocol/codec/parts.js";
import type { CallPart, Calls, Submit } from "../client-message.js";
import {
  readEnv,
  readFinite,
  readInputs,
  readName,
  readNames,
  readNumber,
  readOutputs,
  readRequest,
  writeEnv,
  writeInput,
  writeOutput,
  writeRequest,
} from "./parts.js";
import { encodings } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const HIGHEST_NUMBER = 0xffff_ffff;

export function writeSubmit(submit: Submit): taskvine.gateway.Submit.$Properties {
  return {
    task: submit.task,
    command: submit.command,
    ...(submit.call === undefined ? {} : { call: writeCall(submit.call) }),
    inputs: submit.inputs.map(writeInput),
    outputs: submit.outputs.map(writeOutput),
    env: writeEnv(submit.env),
    resources: writeRequest(submit.resources),
    features: [...submit.features],
    tag: submit.tag,
    category: submit.category,
    priority: submit.priority,
    retries: submit.retries ?? null,
    wallTimeMs: whole(submit.wallTimeMs),
    endByMs: whole(submit.endByMs),
    startAfterMs: whole(submit.startAfterMs),
    policy: submit.policy,
  };
}

export function readSubmit(wire: taskvine.gateway.Submit): Submit {
  const submit: Mutable<Submit> = {
    type: "submit",
    task: readNumber(wire.task, "a task"),
    command: readCommand(wire.command),
    inputs: readInputs(wire.inputs),
    outputs: readOutputs(wire.outputs),
    env: readEnv(wire.env),
    resources: readRequest(wire.resources),
    features: readNames(wire.features, LIMITS.mountsPerTask, "features"),
    tag: readName(wire.tag, "a tag"),
    category: readName(wire.category, "a category"),
    priority: readFinite(wire.priority, "a priority"),
    policy: readName(wire.policy, "a policy"),
  };
  // Read as null where it is absent, whatever the generated types say.
  const call = wire.call as taskvine.gateway.CallPart | null;
  if (call !== null) submit.call = readCall(call);
  if (wire.retries !== null) submit.retries = wire.retries;
  readTimes(wire, submit);
  return submit;
}

function readTimes(wire: taskvine.gateway.Submit, submit: Mutable<Submit>): void {
  const wallTimeMs = readOptionalCount(wire.wallTimeMs, "a wall-time limit");
  if (wallTimeMs !== undefined) submit.wallTimeMs = wallTimeMs;
  const endByMs = readOptionalCount(wire.endByMs, "an end time");
  if (endByMs !== undefined) submit.endByMs = endByMs;
  const startAfterMs = readOptionalCount(wire.startAfterMs, "a start time");
  if (startAfterMs !== undefined) submit.startAfterMs = startAfterMs;
}

function writeCall(call: CallPart): taskvine.gateway.CallPart.$Properties {
  return { ...call, encoding: encodings.toWire(call.encoding) };
}

function readCall(wire: taskvine.gateway.CallPart): CallPart {
  return {
    library: readNumber(wire.library, "a library"),
    function: readText(wire.function, LIMITS.nameBytes, "a function's name"),
    args: readBytes(wire.args, LIMITS.messageBytes, "arguments"),
    encoding: encodings.fromWire(wire.encoding),
    keep: wire.keep,
  };
}

export function writeCalls(calls: Calls): taskvine.gateway.Calls.$Properties {
  return {
    library: calls.library,
    function: calls.function,
    functionFile: calls.functionFile,
    encoding: encodings.toWire(calls.encoding),
    firstTask: calls.firstTask,
    args: calls.args as Uint8Array[],
    tag: calls.tag,
    category: calls.category,
    priority: calls.priority,
    retries: calls.retries ?? null,
    wallTimeMs: whole(calls.wallTimeMs),
    memory: whole(calls.memory),
    valueFiles: calls.valueFiles as number[],
    tags: calls.tags as string[],
    keep: calls.keep,
  };
}

/** The arguments are views of the batch: they go on together, and are let go of together. */
export function readCalls(wire: taskvine.gateway.Calls): Calls {
  const firstTask = readNumber(wire.firstTask, "a task");
  if (wire.args.length > HIGHEST_NUMBER - firstTask) throw badFrame("a task of a number that is too high");
  const calls: Mutable<Calls> = {
    type: "calls",
    library: readNumber(wire.library, "a library"),
    function: readText(wire.function, LIMITS.nameBytes, "a function's name"),
    functionFile: wire.functionFile,
    encoding: encodings.fromWire(wire.encoding),
    firstTask,
    args: readList(wire.args, LIMITS.messageFields, "calls"),
    tag: readName(wire.tag, "a tag"),
    category: readName(wire.category, "a category"),
    priority: readFinite(wire.priority, "a priority"),
    valueFiles: readValueFiles(wire),
    tags: readTags(wire),
    keep: wire.keep,
  };
  if (wire.retries !== null) calls.retries = wire.retries;
  const wallTimeMs = readOptionalCount(wire.wallTimeMs, "a wall-time limit");
  if (wallTimeMs !== undefined) calls.wallTimeMs = wallTimeMs;
  const memory = readOptionalCount(wire.memory, "a memory limit");
  if (memory !== undefined) calls.memory = memory;
  return calls;
}

function readTags({ tags, args }: taskvine.gateway.Calls): readonly string[] {
  if (tags.length > 0 && tags.length !== args.length)
    throw badFrame(`${args.length} calls with ${tags.length} tags`);
  return tags.length === 0 ? tags : tags.map((tag) => readName(tag, "a tag"));
}

function readValueFiles({ valueFiles, args }: taskvine.gateway.Calls): readonly number[] {
  if (valueFiles.length > 0 && valueFiles.length !== args.length)
    throw badFrame(`${args.length} calls with ${valueFiles.length} files for their values`);
  for (const file of valueFiles) readNumber(file, "a file");
  return valueFiles;
}
