import { Buffer } from "node:buffer";
import { checkSandboxName } from "../files/sandbox-name.js";
import { VineError } from "../model/errors.js";
import { type CacheName, cacheName } from "../model/ids.js";
import { LIMITS } from "../model/limits.js";

/** A 64-bit number as protobufjs gives it. */
type Wide = number | { toNumber(): number };

const DIGEST_BYTES = 32;
const CACHE_NAME_CHARACTERS = 255;
// What no file name may hold, and what no log line should.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;
const UNSAFE_CACHE_NAME = /[/\\\u0000-\u0020\u007f]|^\./;

const EMPTY = new Uint8Array(0);

/** What a peer sent breaks the rules: the link ends. */
export function badFrame(sentence: string): VineError {
  return new VineError("BAD_FRAME", sentence);
}

/** Reading: every value is suspect. */

/** A number from 0 that JavaScript can hold exactly. */
export function readCount(value: Wide, what: string): number {
  const number = typeof value === "number" ? value : value.toNumber();
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw badFrame(`${what} is ${number}`);
}

/** Zero stands for "none". */
export function readOptionalCount(value: Wide, what: string): number | undefined {
  const number = readCount(value, what);
  return number === 0 ? undefined : number;
}

/** An id: counted from 1. */
export function readId<Id extends number>(value: number, make: (value: number) => Id, what: string): Id {
  if (value >= 1) return make(value);
  throw badFrame(`a message without ${what}`);
}

/** A finite amount from 0 up to a bound. */
export function readAmount(value: number, most: number, what: string): number {
  if (value >= 0 && value <= most) return value;
  throw badFrame(`${what} is ${value}`);
}

export function readText(value: string, mostBytes: number, what: string): string {
  // A character takes at least one byte and at most three for each of its UTF-16 units.
  if (value.length * 3 > mostBytes && Buffer.byteLength(value) > mostBytes) {
    throw badFrame(`${what} is longer than ${mostBytes} bytes`);
  }
  return value;
}

/** A short word or name for people and logs: no control characters, bounded. */
export function readLabel(value: string, what: string): string {
  if (CONTROL_CHARACTER.test(value)) throw badFrame(`${what} holds a control character`);
  return readText(value, LIMITS.nameBytes, what);
}

/** A cache name becomes a file name: one safe path component. */
export function readCacheName(value: string): CacheName {
  if (value === "" || value.length > CACHE_NAME_CHARACTERS || UNSAFE_CACHE_NAME.test(value)) {
    throw badFrame(`${JSON.stringify(value.slice(0, CACHE_NAME_CHARACTERS))} is no cache name`);
  }
  return cacheName(value);
}

const PLAIN_SANDBOX_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/** A name in a sandbox, held to the same rules as when it was declared. */
export function readSandboxName(value: string): string {
  if (PLAIN_SANDBOX_NAME.test(value)) return value;
  try {
    return checkSandboxName(value);
  } catch (thrown) {
    throw badFrame(VineError.from(thrown).message);
  }
}

/** Bytes that are ours to keep: the frame's memory is not held by them. */
export function readBytes(value: Uint8Array, mostBytes: number, what: string): Uint8Array {
  if (value.length === 0) return EMPTY;
  if (value.length > mostBytes) throw badFrame(`${what} has ${value.length} bytes, more than ${mostBytes}`);
  return new Uint8Array(value);
}

/** A SHA-256 as hex; nothing where it is empty. */
export function readDigest(value: Uint8Array, what: string): string | undefined {
  if (value.length === 0) return undefined;
  if (value.length !== DIGEST_BYTES) throw badFrame(`${what} has ${value.length} bytes, not ${DIGEST_BYTES}`);
  return Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex");
}

/** 32 bytes, or none at all. */
export function readFingerprint(value: Uint8Array, what: string): Uint8Array {
  if (value.length !== 0 && value.length !== DIGEST_BYTES)
    throw badFrame(`${what} has ${value.length} bytes`);
  return readBytes(value, DIGEST_BYTES, what);
}

export function readList<T>(list: readonly T[], most: number, what: string): readonly T[] {
  if (list.length <= most) return list;
  throw badFrame(`${list.length} ${what}, more than ${most}`);
}

/** A sub-message that must be there. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw badFrame(`a message without ${what}`);
  return value;
}

/** Writing: our own values, brought into the wire's range. */

/** A whole number from 0; fractions are rounded, what is no amount becomes 0. */
export function whole(value: number | undefined): number {
  return value !== undefined && value > 0 ? Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) : 0;
}

export function digestBytes(hex: string | undefined): Uint8Array {
  if (hex === undefined) return EMPTY;
  const bytes = Buffer.from(hex, "hex");
  if (bytes.length !== DIGEST_BYTES) throw new VineError("INTERNAL", `"${hex}" is no SHA-256 in hex`);
  return bytes;
}
