import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ROOT } from "./paths.mjs";
import { run } from "./run.mjs";
import { duration, Problem, say } from "./say.mjs";

const CAUSES = [
  [/ENOSPC/, "the disk is full: free some space"],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network request/,
    "npm could not reach its registry: the first run needs a network (later ones do not)",
  ],
  [/EACCES|EPERM|EROFS/, "npm may not write here: check who owns this folder"],
  [/E40[13]\b/, "the registry refuses us: check npm's configuration (npm config list)"],
];

/** What a failed npm was about, in a sentence. */
export function explainNpm(text) {
  return CAUSES.find(([pattern]) => pattern.test(text))?.[1] ?? "see npm's words above";
}

/**
 * `npm install` and not `npm ci`: a lock file that was written where the registry lacks the binaries of other platforms
 * (optional dependencies) leaves them out, and `ci` then refuses to start anywhere. With --no-save the lock file still
 * decides every version, and is not written.
 */
const QUIETLY = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];

function packagesOf(file) {
  return JSON.parse(readFileSync(resolve(ROOT, file), "utf8")).packages ?? {};
}

/**
 * Whether node_modules holds just what the lock file names. npm writes its own list there as the last step of an
 * installation, so a half-finished one never counts.
 */
export function isInstalled() {
  if (!existsSync(resolve(ROOT, "node_modules/.package-lock.json"))) return false;
  const have = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(([path, wanted]) => {
    if (!path.includes("node_modules/")) return true;
    if (wanted.link === true) return existsSync(resolve(ROOT, path));
    return wanted.optional === true || have[path]?.version === wanted.version;
  });
}

/** Installs the dependencies when they are not there yet. */
export async function install() {
  if (isInstalled()) return;
  say("Installing dependencies (once) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { code, text, ms } = await run(npm, ["install", ...QUIETLY]);
  if (code !== 0) {
    process.stderr.write(text);
    throw new Problem(`The dependencies could not be installed: ${explainNpm(text)}.`);
  }
  say(`Installed in ${duration(ms)}.`);
}
