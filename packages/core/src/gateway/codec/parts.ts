import type { taskvine } from "#wire";
import { LIMITS } from "../../model/limits.js";
import type { ResourceRequest } from "../../model/resources.js";
import { badFrame, readAmount, readCount, readList, readText, whole } from "../../protocol/checks.js";
import { readEnv, writeEnv } from "../../protocol/codec/parts.js";
import type { ClientInput, ClientOutput } from "../client-message.js";
import { mountUses, NO_CONDITION, outputConditions, SANDBOX } from "./words.js";

/** Parts that several messages are made of. What a name or amount means is not looked at here: that has an answer of its own. */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WireMount = taskvine.gateway.Mount;
type MountFields = taskvine.gateway.Mount.$Properties;

export { readEnv, writeEnv };

/** A number that the client gives: counted from 1. */
export function readNumber(value: number, what: string): number {
  if (value >= 1) return value;
  throw badFrame(`a message without ${what}`);
}

export function readName(value: string, what: string): string {
  return readText(value, LIMITS.nameBytes, what);
}

export function readNames(list: readonly string[], most: number, what: string): string[] {
  return readList(list, most, what).map((name) => readName(name, what));
}

/** Lets only numbers through that count and compare. */
export function readFinite(value: number, what: string): number {
  if (Number.isFinite(value)) return value;
  throw badFrame(`${what} is ${value}`);
}

export function writeInput({ file, name, use }: ClientInput): MountFields {
  return { file, name, use: use === undefined ? SANDBOX : mountUses.toWire(use) };
}

function readInput({ file, name, use }: WireMount): ClientInput {
  const input = { file: readNumber(file, "a file"), name: readName(name, "a name") };
  return use === SANDBOX ? input : { ...input, use: mountUses.fromWire(use) };
}

export function readInputs(wire: readonly WireMount[]): ClientInput[] {
  return readList(wire, LIMITS.mountsPerTask, "inputs").map(readInput);
}

export function writeOutput({ file, name, when, watch, use }: ClientOutput): MountFields {
  return {
    file,
    name,
    when: outputConditions.toWire(when),
    watch,
    use: use === undefined ? SANDBOX : mountUses.toWire(use),
  };
}

export function readOutputs(wire: readonly WireMount[]): ClientOutput[] {
  return readList(wire, LIMITS.mountsPerTask, "outputs").map(readOutput);
}

function readOutput(wire: WireMount): ClientOutput {
  const { use } = wire;
  const output: Mutable<ClientOutput> = {
    file: readNumber(wire.file, "a file"),
    name: readName(wire.name, "a name"),
    when: wire.when === NO_CONDITION ? "success" : outputConditions.fromWire(wire.when),
    watch: wire.watch,
  };
  if (use === SANDBOX) return output;
  if (mountUses.fromWire(use) !== "value") throw badFrame("an output that is no value");
  output.use = "value";
  return output;
}

export function writeRequest(request: ResourceRequest): taskvine.gateway.Resources.$Properties {
  const { cores, memory, disk, gpus } = request;
  return {
    cores: cores ?? null,
    memory: memory === undefined ? null : whole(memory),
    disk: disk === undefined ? null : whole(disk),
    gpus: gpus ?? null,
  };
}

export function readRequest(wire: taskvine.gateway.Resources | null): ResourceRequest {
  const request: Mutable<ResourceRequest> = {};
  if (wire === null) return request;
  if (wire.cores !== null) request.cores = readAmount(wire.cores, LIMITS.workerCores, "cores");
  if (wire.memory !== null) request.memory = readCount(wire.memory, "memory");
  if (wire.disk !== null) request.disk = readCount(wire.disk, "disk");
  if (wire.gpus !== null) request.gpus = readAmount(wire.gpus, LIMITS.workerGpus, "gpus");
  return request;
}
