import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import { badFrame, readBytes, readList, readOptionalCount, readText, whole } from "../../protocol/checks.js";
import { readCommand } from "../../protocol/codec/parts.js";
import type { CallInput, CallKind, CallPart, Calls, Submit } from "../client-message.js";
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
import { encodings, mountUses } from "./words.js";

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
    ...writeKind(calls),
    firstTask: calls.firstTask,
    args: calls.args as Uint8Array[],
    valueFiles: calls.valueFiles as number[],
    tags: calls.tags as string[],
    kinds: calls.kinds as number[],
    others: calls.others.map(writeKind),
    ...writeCallInputs(calls),
  };
}

function writeKind(kind: CallKind): taskvine.gateway.CallKind.$Properties {
  return {
    library: kind.library,
    function: kind.function,
    functionFile: kind.functionFile,
    encoding: encodings.toWire(kind.encoding),
    tag: kind.tag,
    category: kind.category,
    priority: kind.priority,
    retries: kind.retries ?? null,
    wallTimeMs: whole(kind.wallTimeMs),
    memory: whole(kind.memory),
    keep: kind.keep,
  };
}

/** The arguments are views of the batch: they go on together, and are let go of together. */
export function readCalls(wire: taskvine.gateway.Calls): Calls {
  const firstTask = readNumber(wire.firstTask, "a task");
  if (wire.args.length > HIGHEST_NUMBER - firstTask) throw badFrame("a task of a number that is too high");
  const others = readList(wire.others, wire.args.length, "kinds of calls").map(readKind);
  return {
    ...readKind(wire),
    type: "calls",
    firstTask,
    args: readList(wire.args, LIMITS.messageFields, "calls"),
    valueFiles: readValueFiles(wire),
    tags: readTags(wire),
    inputs: readCallInputs(wire),
    kinds: readKinds(wire),
    others,
  };
}

function readKind(wire: taskvine.gateway.Calls | taskvine.gateway.CallKind): CallKind {
  const kind: Mutable<CallKind> = {
    library: readNumber(wire.library, "a library"),
    function: readText(wire.function, LIMITS.nameBytes, "a function's name"),
    functionFile: wire.functionFile,
    encoding: encodings.fromWire(wire.encoding),
    tag: readName(wire.tag, "a tag"),
    category: readName(wire.category, "a category"),
    priority: readFinite(wire.priority, "a priority"),
    keep: wire.keep,
  };
  if (wire.retries !== null) kind.retries = wire.retries;
  const wallTimeMs = readOptionalCount(wire.wallTimeMs, "a wall-time limit");
  if (wallTimeMs !== undefined) kind.wallTimeMs = wallTimeMs;
  const memory = readOptionalCount(wire.memory, "a memory limit");
  if (memory !== undefined) kind.memory = memory;
  return kind;
}

function readKinds({ kinds, others, args }: taskvine.gateway.Calls): readonly number[] {
  if (kinds.length > 0 && kinds.length !== args.length)
    throw badFrame(`${args.length} calls of ${kinds.length} kinds`);
  const unknown = kinds.find((kind) => kind > others.length);
  if (unknown !== undefined) throw badFrame(`a call of kind ${unknown}, of ${others.length}`);
  return kinds;
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

function writeCallInputs({ inputs }: Calls): taskvine.gateway.Calls.$Properties {
  const all = inputs.flat();
  return {
    inputCounts: inputs.map(({ length }) => length),
    inputFiles: all.map(({ file }) => file),
    inputUses: all.every(({ use }) => use === "value") ? [] : all.map(({ use }) => mountUses.toWire(use)),
  };
}

const NO_INPUTS: readonly CallInput[] = [];

function readCallInputs(wire: taskvine.gateway.Calls): readonly (readonly CallInput[])[] {
  const { inputCounts, inputFiles, inputUses, args } = wire;
  if (inputCounts.length > 0 && inputCounts.length !== args.length)
    throw badFrame(`${args.length} calls with ${inputCounts.length} counts of inputs`);
  if (inputUses.length > 0 && inputUses.length !== inputFiles.length)
    throw badFrame(`${inputFiles.length} inputs with ${inputUses.length} uses`);
  let at = 0;
  const inputs = inputCounts.map((count) => {
    if (count === 0) return NO_INPUTS;
    if (count > LIMITS.mountsPerTask || at + count > inputFiles.length)
      throw badFrame(`${count} inputs of a call, where there are ${inputFiles.length - at}`);
    const from = at;
    at += count;
    return inputFiles.slice(from, at).map((file, i) => {
      return { file: readNumber(file, "a file"), use: readUse(inputUses[from + i]) };
    });
  });
  if (at !== inputFiles.length) throw badFrame(`${inputFiles.length - at} inputs of no call`);
  return inputs;
}

function readUse(wire: number | undefined): CallInput["use"] {
  const use = wire === undefined ? "value" : mountUses.fromWire(wire);
  if (use === "function") throw badFrame("a function among the inputs that arguments name");
  return use;
}
