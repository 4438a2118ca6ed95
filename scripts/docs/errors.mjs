import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../house/paths.mjs";

/** The table of error codes, in the order of the code. */
export async function errorsBlock() {
  const { ERRORS } = await import(pathToFileURL(resolve(ROOT, "packages/core/dist/model/errors.js")).href);
  const rows = Object.entries(ERRORS).map(
    ([code, { meaning, hint, retry }]) => `| \`${code}\` | ${meaning} | ${hint} | ${retry ? "yes" : "no"} |`,
  );
  return ["| code | what it means | what to do | may help to try again |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
}
