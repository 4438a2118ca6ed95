import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";

/** Longest name of one folder or file that file systems take, bytes. */
const COMPONENT_BYTES = 255;
const HALF_CHARACTER = /\p{Surrogate}/u;
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * Returns `name` if it is a safe place below a directory: relative, without ".", "..", empty parts, control
 * characters or half surrogates, and within LIMITS. Throws BAD_NAME otherwise. For names in sandboxes, trees and archives.
 */
export function checkSandboxName(name: string): string {
  const fault = faultOf(name);
  if (fault !== undefined) throw new VineError("BAD_NAME", `${JSON.stringify(shortened(name))} ${fault}`);
  return name;
}

function faultOf(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.startsWith("/")) return "is an absolute path";
  if (CONTROL_CHARACTER.test(name)) return "holds a control character";
  if (HALF_CHARACTER.test(name)) return "is not well-formed Unicode";
  if (byteLength(name) > LIMITS.nameBytes) return `is longer than ${LIMITS.nameBytes} bytes (nameBytes)`;
  const parts = name.split("/");
  if (parts.length > LIMITS.nameDepth) return `is deeper than ${LIMITS.nameDepth} folders (nameDepth)`;
  return faultOfParts(parts);
}

function faultOfParts(parts: readonly string[]): string | undefined {
  for (const part of parts) {
    if (part === "") return "has an empty part";
    if (part === "." || part === "..") return `has a part ${JSON.stringify(part)}`;
    if (byteLength(part) > COMPONENT_BYTES) return `has a part longer than ${COMPONENT_BYTES} bytes`;
  }
  return undefined;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function shortened(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
