import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CACHE, ROOT } from "./paths.mjs";
import { tool } from "./run.mjs";
import { duration, Problem, say } from "./say.mjs";

const SKIPPED = new Set(["node_modules", "dist", ".git", ".cache", "docs"]);

/** Every file that a build can depend on, with its size and time. */
function* sources(folder) {
  for (const entry of readdirSync(resolve(ROOT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* sources(path);
    } else if (/\.(ts|js|cjs|mjs|json)$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(resolve(ROOT, path));
      yield `${path} ${size} ${mtimeMs}`;
    }
  }
}

function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  for (const line of [...sources(".")].sort()) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** Compiles `projects` (folders; none: everything), unless nothing has changed since the last time. */
export async function build(projects = []) {
  const stamp = resolve(CACHE, `built-${projects.join("-").replaceAll("/", ".") || "all"}`);
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now && isBuilt(projects)) return;
  const { code, text, ms } = await tool("typescript/bin/tsc", ["-b", ...projects]);
  if (code !== 0) {
    process.stderr.write(text);
    throw new Problem("The TypeScript sources do not compile: see the errors above.");
  }
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(stamp, now);
  say(`Built in ${duration(ms)}.`);
}

function isBuilt(projects) {
  const folders = projects.length > 0 ? projects : ["packages/core", "packages/worker", "packages/cli"];
  return folders.every((folder) => existsSync(resolve(ROOT, folder, "dist/.tsbuildinfo")));
}
