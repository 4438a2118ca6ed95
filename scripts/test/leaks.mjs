import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Variable that marks every process of a test group; children inherit it. */
export const MARKER = "TASKVINE_TEST_RUN";

const GRACE_MS = 2_000;
/** What Node itself leaves in a temp folder. */
const NOT_OURS = new Set(["node-compile-cache"]);

function marked(mark) {
  const found = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${MARKER}=${mark}`)) continue;
      found.push({
        pid: Number(pid),
        command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim(),
      });
    } catch {
      // It ended while we looked, or is another user's.
    }
  }
  return found;
}

/** Processes of a test group that still run a moment after its end. They are killed. Linux only; elsewhere none. */
export async function leakedProcesses(mark) {
  if (process.platform !== "linux") return [];
  const deadline = performance.now() + GRACE_MS;
  let left = marked(mark);
  while (left.length > 0 && performance.now() < deadline) {
    await new Promise((done) => setTimeout(done, 50));
    left = marked(mark);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  }
  return left.map(({ pid, command }) => `process ${pid}: ${command.slice(0, 160)}`);
}

/** What a test group left in its temp folder; the folder is removed. */
export function leakedFiles(folder) {
  const left = readdirSync(folder).filter((name) => !NOT_OURS.has(name));
  removeFolder(folder);
  return left.map((name) => `in the temp folder: ${name}`);
}

/** Removes a folder, with the read-only ones in it. */
export function removeFolder(folder) {
  makeWritable(folder);
  rmSync(folder, { recursive: true, force: true });
}

function makeWritable(folder) {
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (lstatSync(path).isDirectory()) makeWritable(path);
  }
}
