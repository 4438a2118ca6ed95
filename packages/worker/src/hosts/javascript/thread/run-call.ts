import { writeFileSync } from "node:fs";
import { serialize } from "node:v8";
import type { CallHeader } from "../call-header.js";
import { type CallTimes, compactResult, jsonFrame } from "../frames.js";
import { measuredCpuUs } from "./cpu-meter.js";
import { type LoadedLibrary, UnknownFunction } from "./library.js";
import { beginPrints, type PrintedText, takePrints } from "./printed.js";
import { BadArguments, BadResult, readArguments, writeValue } from "./values.js";

/** Where the host itself is, as stacks name it. */
const HERE = new URL(".", import.meta.url).href;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_TEXT = 64 * 1024;
const MAX_EXCEPTION_BYTES = 1024 * 1024;

/** An answered call. */
export interface RunCall {
  readonly frame: Buffer;
  readonly wallUs: number;
}

/** Where values go that are too large to travel. */
export interface ValueRoom {
  /** What travels has no more. */
  readonly inlineBytes: number;
  /** Of calls that name no file: this, and the call's number. Undefined: such values have no place. */
  readonly valueFiles: string | undefined;
}

/** A value, or undefined when it was written to the call's file. */
type Written = Buffer | undefined;

/** Runs one call and writes its answer; whatever happens is the answer. A promise only where the function gave one. */
export function runCall(
  library: LoadedLibrary,
  call: CallHeader,
  body: Buffer,
  room: ValueRoom,
): RunCall | Promise<RunCall> {
  const startedMs = performance.now();
  beginPrints();
  try {
    const value = invoke(library, call, body);
    if (isThenable(value)) return whenSettled(value, { call, startedMs, room });
    const written = write(call, value, room);
    const took = timesSince(startedMs);
    return { frame: resultOf(call, written, took), wallUs: took.wallUs };
  } catch (error) {
    const took = timesSince(startedMs);
    return { frame: errorOf(call, error, took), wallUs: took.wallUs };
  }
}

/** A short call that waits for nothing is thought to have used its time. */
function timesSince(startedMs: number): CallTimes {
  const wallUs = toUs(performance.now() - startedMs);
  return { wallUs, cpuUs: measuredCpuUs(wallUs) ?? wallUs };
}

/** Also promises of other libraries than JavaScript's own. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

interface Begun {
  readonly call: CallHeader;
  readonly startedMs: number;
  readonly room: ValueRoom;
}

async function whenSettled(promise: PromiseLike<unknown>, begun: Begun): Promise<RunCall> {
  const { call, startedMs, room } = begun;
  const busyMs = performance.eventLoopUtilization().active;
  const times = (): CallTimes => {
    const wallUs = toUs(performance.now() - startedMs);
    const busyUs = toUs(performance.eventLoopUtilization().active - busyMs);
    return { wallUs, cpuUs: measuredCpuUs(wallUs) ?? Math.min(wallUs, busyUs) };
  };
  try {
    const written = write(call, await promise, room);
    const took = times();
    return { frame: resultOf(call, written, took), wallUs: took.wallUs };
  } catch (error) {
    const took = times();
    return { frame: errorOf(call, error, took), wallUs: took.wallUs };
  }
}

function invoke(library: LoadedLibrary, call: CallHeader, body: Buffer): unknown {
  const called = library.find(call.function);
  const args = readArguments(call, body);
  const self =
    call.sandbox === undefined ? library.plainThis : { ...library.plainThis, sandbox: call.sandbox };
  return Reflect.apply(called, self, args);
}

function write(call: CallHeader, value: unknown, room: ValueRoom): Written {
  const bytes = writeValue(call.encoding, value);
  const { valueFiles } = room;
  const file = call.valueFile ?? (valueFiles === undefined ? undefined : `${valueFiles}${call.id}`);
  if (file !== undefined && bytes.length > (call.inlineBytes ?? room.inlineBytes)) {
    writeToDisk(file, bytes);
    return undefined;
  }
  if (bytes.length <= MAX_BODY_BYTES) return bytes;
  throw new BadResult(
    `the result has ${bytes.length} bytes; without a file for it ${MAX_BODY_BYTES} can travel`,
  );
}

/** Another worker may have room. */
class NoRoom extends Error {}

function writeToDisk(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT") throw error;
    throw new NoRoom(`the value cannot be written: ${message}`);
  }
}

function resultOf(call: CallHeader, written: Written, times: CallTimes): Buffer {
  const printed = takePrints();
  if (written !== undefined && printed === undefined) {
    return compactResult(call.id, call.encoding, times, written);
  }
  const place = written === undefined ? { file: true } : {};
  return jsonFrame({ type: "result", id: call.id, ...place, ...times, ...printed }, written);
}

function errorOf(call: CallHeader, error: unknown, times: CallTimes): Buffer {
  const printed: PrintedText | undefined = takePrints();
  const header = {
    type: "error",
    id: call.id,
    kind: kindOf(error),
    message: messageOf(error).slice(0, MAX_TEXT),
    traceback: tracebackOf(error),
  };
  const exception = header.kind === "exception" && call.encoding === "v8" ? exceptionOf(error) : undefined;
  return jsonFrame({ ...header, ...times, ...printed }, exception);
}

/** The stack down to the function that was called; what is below is the host. */
function tracebackOf(error: unknown): string {
  if (!(error instanceof Error) || kindOf(error) !== "exception") return "";
  const cause = error.cause instanceof Error ? `\n[cause]: ${tracebackOf(error.cause)}` : "";
  const lines = (error.stack ?? "").split("\n");
  const end = lines.findIndex((line) => line.includes(HERE));
  return (lines.slice(0, end === -1 ? lines.length : end).join("\n") + cause).slice(0, MAX_TEXT);
}

function kindOf(error: unknown): string {
  if (error instanceof UnknownFunction) return "unknown-function";
  if (error instanceof BadArguments) return "bad-arguments";
  if (error instanceof NoRoom) return "disk";
  return error instanceof BadResult ? "bad-result" : "exception";
}

function messageOf(error: unknown): string {
  if (kindOf(error) !== "exception") return (error as Error).message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The exception with its causes, where it can be written. */
function exceptionOf(error: unknown): Buffer | undefined {
  try {
    const bytes = serialize(error);
    return bytes.length <= MAX_EXCEPTION_BYTES ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function toUs(ms: number): number {
  return Math.min(Math.max(0, Math.round(ms * 1000)), 0xffff_ffff);
}
