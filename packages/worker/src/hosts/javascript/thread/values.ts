import { readFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Encoding } from "@taskvine/core/model";
import type { CallHeader, GivenInput } from "../call-header.js";

const PICKLE = 0x80;
const STRUCTURED_CLONE = 0xff;

/** Arguments cannot be read; the message is a sentence. */
export class BadArguments extends Error {}
/** The result cannot be written; the message is a sentence. */
export class BadResult extends Error {}

/** Arguments as the function gets them: named ones go last, as one object. */
export function readArguments(call: CallHeader, body: Buffer): readonly unknown[] {
  const parts = attachments(call, body);
  const [args, kwargs] =
    call.args === undefined ? decoded(call.encoding, parts[0]) : [call.args, call.kwargs];
  if (!Array.isArray(args))
    throw new BadArguments("the arguments should be a list of two: a list and an object");
  const named =
    typeof kwargs === "object" && kwargs !== null && Object.keys(kwargs).length > 0 ? [kwargs] : [];
  const given: readonly unknown[] = [...(args as readonly unknown[]), ...named];
  return call.inputs === undefined || call.inputs.length === 0 ? given : fill(given, call.inputs, parts);
}

function attachments(call: CallHeader, body: Buffer): readonly Buffer[] {
  if (call.sizes === undefined) return [body];
  let at = 0;
  return call.sizes.map((size) => body.subarray(at, (at += size)));
}

function decoded(encoding: Encoding, bytes: Buffer | undefined): readonly unknown[] {
  if (bytes === undefined || bytes.length === 0) return [[]];
  if (encoding === "pickle") {
    throw new BadArguments("the arguments are a Python pickle, which JavaScript cannot read; call with JSON");
  }
  try {
    return (
      encoding === "v8" ? deserialize(bytes) : JSON.parse(bytes.toString("utf8"))
    ) as readonly unknown[];
  } catch (error) {
    throw new BadArguments(`the arguments cannot be read: ${(error as Error).message}`);
  }
}

/** The arguments with every {$vine: name} replaced by the input of that name. */
function fill(
  given: readonly unknown[],
  inputs: readonly GivenInput[],
  parts: readonly Buffer[],
): readonly unknown[] {
  const read = (name: string): unknown => {
    const input = inputs.find((one) => one.name === name);
    if (input === undefined) throw new BadArguments(`the call has no input "${name}"`);
    return valueOf(input, parts);
  };
  return given.map((value) => filled(value, read));
}

function filled(value: unknown, read: (name: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, read));
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "$vine" && typeof first[1] === "string") return read(first[1]);
  return Object.fromEntries(entries.map(([key, item]) => [key, filled(item, read)]));
}

function valueOf(input: GivenInput, parts: readonly Buffer[]): unknown {
  if ("attachment" in input) return readValue(parts[input.attachment] ?? Buffer.alloc(0), input.name);
  return input.use === "path" ? input.path : readValue(readFileSync(input.path), input.name);
}

function readValue(bytes: Buffer, name: string): unknown {
  if (bytes[0] === STRUCTURED_CLONE) return deserialize(bytes);
  if (bytes[0] === PICKLE) {
    throw new BadArguments(
      `the input "${name}" is a Python pickle, which JavaScript cannot read; let the call that makes it answer in JSON`,
    );
  }
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new BadArguments(`the input "${name}" is not JSON: ${(error as Error).message}`);
  }
}

export function writeValue(encoding: Encoding, value: unknown): Buffer {
  if (typeof value === "function" || typeof value === "symbol") {
    throw new BadResult(`the result is a ${typeof value}, which cannot be written as ${encoding}`);
  }
  try {
    if (encoding === "v8") return serialize(value);
    return Buffer.from((JSON.stringify(value) as string | undefined) ?? "null", "utf8");
  } catch (error) {
    throw new BadResult(`the result cannot be written as ${encoding}: ${(error as Error).message}`);
  }
}
