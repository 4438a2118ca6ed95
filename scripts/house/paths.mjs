import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where scripts keep what they may lose: stamps and logs. Not in git. */
export const CACHE = resolve(ROOT, ".cache");
