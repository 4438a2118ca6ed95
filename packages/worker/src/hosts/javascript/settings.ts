import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What library.json and the environment say. */
export interface HostSettings {
  /** Absolute path of the module whose functions are called. */
  readonly module: string;
  readonly slots: number;
  /** Exports that may be called; undefined: all functions. */
  readonly functions: readonly string[] | undefined;
  /** Most that one thread's objects may take, MiB; undefined: as much as Node.js gives. */
  readonly heapMb: number | undefined;
  readonly socket: string;
  readonly token: string;
  readonly name: string;
}

/** The library cannot start; the message is for people. */
export class StartError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(file: string, environment: Environment): HostSettings {
  const said = readObject(file);
  if (typeof said["module"] !== "string")
    throw new StartError(`${file}: "module" should be the path of a module`);
  return {
    module: resolve(said["module"]),
    slots: slotsOf(said["slots"] ?? environment["VINE_LIBRARY_SLOTS"] ?? 1, file),
    functions: functionsOf(said["functions"], file),
    heapMb: heapOf(said["heapMb"], file),
    socket: variable(environment, "VINE_LIBRARY_SOCKET"),
    token: variable(environment, "VINE_LIBRARY_TOKEN"),
    name: environment["VINE_LIBRARY_NAME"] ?? "library",
  };
}

function readObject(file: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof said === "object" && said !== null) return said as Record<string, unknown>;
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${(error as Error).message}`);
  }
  throw new StartError(`${file} should hold one JSON object`);
}

function slotsOf(said: unknown, file: string): number {
  const slots = Number(said);
  if (Number.isInteger(slots) && slots > 0) return slots;
  throw new StartError(`${file}: slots should be a whole number from 1, and is ${JSON.stringify(said)}`);
}

function functionsOf(said: unknown, file: string): readonly string[] | undefined {
  if (said === undefined || (Array.isArray(said) && said.length === 0)) return undefined;
  if (Array.isArray(said) && said.every((name) => typeof name === "string")) return said;
  throw new StartError(`${file}: "functions" should be a list of names`);
}

function heapOf(said: unknown, file: string): number | undefined {
  if (said === undefined || (typeof said === "number" && said > 0)) return said;
  throw new StartError(`${file}: "heapMb" should be a number of MiB, and is ${JSON.stringify(said)}`);
}

function variable(environment: Environment, name: string): string {
  const value = environment[name];
  if (value !== undefined && value !== "") return value;
  throw new StartError(`the variable ${name} is not set: this program is started by a TaskVine worker`);
}
