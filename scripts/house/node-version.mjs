import { Problem } from "./say.mjs";

const LEAST = [20, 19];

/** Throws a Problem on a Node that is too old. `version` like "v20.19.0". */
export function requireNode(version = process.version) {
  const [major, minor] = version.slice(1).split(".").map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return;
  throw new Problem(
    `TaskVine needs Node.js ${LEAST.join(".")} or newer, and this is ${version.slice(1)}. ` +
      "Install a newer one (https://nodejs.org, or your package manager) and run the same command again.",
  );
}
