import { VineError } from "@taskvine/core/model";

const ENTRY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** A cache name is a file name below the cache and nothing else, whoever sent it. Throws BAD_NAME. */
export function checkEntryName(name: string): string {
  if (ENTRY_NAME.test(name)) return name;
  throw new VineError("BAD_NAME", `${JSON.stringify(name.slice(0, 80))} cannot be a name in the cache`);
}
