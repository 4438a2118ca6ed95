import type { taskvine } from "#wire";
import { FIRST_INSTANCE_ID, taskId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import {
  badFrame,
  readAmount,
  readBytes,
  readCacheName,
  readId,
  readLabel,
  readList,
  readOptionalCount,
  readSandboxName,
  readText,
  whole,
} from "../checks.js";
import type { Call, CallInput, Deploy } from "../manager-message.js";
import { readInputs, readOutputs, readValueOutput, writeInputs, writeOutput } from "./mounts.js";
import { readAttempt, readCommand, readEnv, readResources, writeEnv, writeResources } from "./parts.js";
import { encodings, inputUses, MOUNTED } from "./words.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireCall = taskvine.worker.Call;

const NONE: never[] = [];

export function writeDeploy(message: Deploy): taskvine.worker.Deploy.$Properties {
  return {
    task: message.task,
    attempt: message.attempt,
    library: message.library,
    command: message.command,
    inputs: writeInputs(message.inputs),
    env: writeEnv(message.env),
    allocation: writeResources(message.allocation),
    slots: message.slots,
    startWithinMs: whole(message.startWithinMs),
  };
}

export function readDeploy(message: taskvine.worker.Deploy): Deploy {
  if (message.task < FIRST_INSTANCE_ID) throw badFrame(`an instance that is numbered ${message.task}`);
  const startWithinMs = readOptionalCount(message.startWithinMs, "a time to start");
  if (startWithinMs === undefined) throw badFrame("an instance without time to start");
  return {
    type: "deploy",
    ...readAttempt(message),
    library: readLabel(message.library, "a library's name"),
    command: readCommand(message.command),
    inputs: readInputs(message.inputs),
    env: readEnv(message.env),
    allocation: readResources(message.allocation),
    slots: readSlots(message.slots),
    startWithinMs,
  };
}

export function readSlots(slots: number): number {
  if (slots === 0) throw badFrame("an instance without slots");
  return readAmount(slots, LIMITS.librarySlots, "slots");
}

export function writeCall(message: Call): taskvine.worker.Call.$Properties {
  const wire: taskvine.worker.Call.$Properties = {
    task: message.task,
    attempt: message.attempt,
    instance: message.instance,
    function: message.function,
    args: message.args,
    encoding: encodings.toWire(message.encoding),
  };
  if (message.inputs.length > 0) wire.inputs = message.inputs.map(writeInput);
  if (message.outputs.length > 0) wire.outputs = message.outputs.map(writeOutput);
  if (message.value !== undefined) wire.value = writeOutput(message.value);
  if (message.keep) wire.keep = true;
  if (message.wallTimeMs !== undefined) wire.wallTimeMs = whole(message.wallTimeMs);
  if (message.endWithinMs !== undefined) wire.endWithinMs = whole(message.endWithinMs);
  if (message.memory !== undefined) wire.memory = whole(message.memory);
  if (message.linked === true) wire.linked = true;
  return wire;
}

export function readCall(message: WireCall): Call {
  const call: Mutable<Call> = {
    type: "call",
    ...readAttempt(message),
    instance: readId(message.instance, taskId, "an instance"),
    function: readText(message.function, LIMITS.nameBytes, "a function's name"),
    args: readBytes(message.args, LIMITS.argsBytes, "arguments"),
    encoding: encodings.fromWire(message.encoding),
    inputs: message.inputs.length === 0 ? NONE : readCallInputs(message.inputs),
    outputs: message.outputs.length === 0 ? NONE : readOutputs(message.outputs),
    keep: message.keep,
  };
  const value = readValueOutput(message.value);
  if (value !== undefined) call.value = value;
  if (message.linked) call.linked = true;
  readLimits(message, call);
  return call;
}

function readLimits(message: WireCall, call: Mutable<Call>): void {
  const wallTimeMs = readOptionalCount(message.wallTimeMs, "a wall-time limit");
  if (wallTimeMs !== undefined) call.wallTimeMs = wallTimeMs;
  const endWithinMs = readOptionalCount(message.endWithinMs, "an end time");
  if (endWithinMs !== undefined) call.endWithinMs = endWithinMs;
  const memory = readOptionalCount(message.memory, "a memory limit");
  if (memory !== undefined) call.memory = memory;
}

function writeInput({ name, use, from }: CallInput): taskvine.worker.CallInput.$Properties {
  const place = "value" in from ? { value: from.value } : { cacheName: from.cacheName };
  return { name, use: use === undefined ? MOUNTED : inputUses.toWire(use), ...place };
}

function readCallInputs(wire: readonly taskvine.worker.CallInput[]): CallInput[] {
  return readList(wire, LIMITS.mountsPerTask, "inputs").map(readCallInput);
}

function readCallInput(wire: taskvine.worker.CallInput): CallInput {
  const from =
    wire.value === null
      ? { cacheName: readCacheName(wire.cacheName) }
      : { value: readBytes(wire.value, LIMITS.inlineBytes, "a value") };
  if (wire.use === MOUNTED) return { name: readSandboxName(wire.name), from };
  return { name: readLabel(wire.name, "an input's name"), use: inputUses.fromWire(wire.use), from };
}
