import type { taskvine } from "#wire";
import { fileId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import { badFrame, readCacheName, readId, readList, readSandboxName } from "../checks.js";
import type { AssignInput, AssignOutput } from "../manager-message.js";
import { lifetimes, outputConditions } from "./words.js";

/** What goes into a sandbox, and what is taken out of it. */

type WireInput = taskvine.worker.Input.$Properties;
type WireOutput = taskvine.worker.Output;

export function writeInputs(inputs: readonly AssignInput[]): WireInput[] {
  return inputs.map((input) => ({ cacheName: input.cacheName, name: input.name }));
}

export function readInputs(wire: readonly taskvine.worker.Input[]): AssignInput[] {
  readList(wire, LIMITS.mountsPerTask, "inputs");
  return wire.map((input) => ({
    cacheName: readCacheName(input.cacheName),
    name: readSandboxName(input.name),
  }));
}

export function writeOutput(output: AssignOutput): taskvine.worker.Output.$Properties {
  return {
    file: output.file,
    cacheName: output.cacheName,
    name: output.name,
    when: outputConditions.toWire(output.when),
    lifetime: lifetimes.toWire(output.lifetime),
    watch: output.watch,
  };
}

export function readOutputs(wire: readonly WireOutput[]): AssignOutput[] {
  readList(wire, LIMITS.mountsPerTask, "outputs");
  return wire.map((output) => readOutput(output, readSandboxName(output.name)));
}

/** Where a function's value goes: no place in a sandbox. */
export function readValueOutput(wire: WireOutput | null): AssignOutput | undefined {
  if (wire === null) return undefined;
  if (wire.name !== "") throw badFrame("a value with a name in a sandbox");
  return readOutput(wire, "");
}

function readOutput(wire: WireOutput, name: string): AssignOutput {
  return {
    file: readId(wire.file, fileId, "a file"),
    cacheName: readCacheName(wire.cacheName),
    name,
    when: outputConditions.fromWire(wire.when),
    lifetime: lifetimes.fromWire(wire.lifetime),
    watch: wire.watch,
  };
}
