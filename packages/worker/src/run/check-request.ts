import { isAbsolute } from "node:path";
import { VineError } from "@taskvine/core/model";
import type { RunRequest } from "./contract.js";

/**
 * Refuses names that could reach outside of the sandbox, whoever let them through: the last fence before the disk.
 * Throws BAD_NAME, or DUPLICATE_NAME for two inputs of one name.
 */
export function checkRequest({ mounts, outputs }: RunRequest): void {
  checkNames(mounts, outputs);
}

/** The same for what is put into a folder, and what is expected there. */
export function checkNames(
  mounts: readonly { readonly name: string }[],
  outputs: readonly { readonly name: string }[],
): void {
  const names = new Set<string>();
  for (const { name } of mounts) {
    checkName(name);
    if (names.has(name))
      throw new VineError("DUPLICATE_NAME", `two inputs have the name ${JSON.stringify(name)}`);
    names.add(name);
  }
  for (const { name } of outputs) checkName(name);
}

function checkName(name: string): void {
  const parts = name.split("/");
  const unsafe = parts.some((part) => part === "" || part === "." || part === "..");
  if (unsafe || isAbsolute(name) || name.includes("\0")) {
    throw new VineError("BAD_NAME", `${JSON.stringify(name)} is not a name below a sandbox`);
  }
}
