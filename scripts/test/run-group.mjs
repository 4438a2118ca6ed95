import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { CACHE, ROOT } from "../house/paths.mjs";
import { olderDaskEnvironment, pythonEnvironment } from "../house/python.mjs";
import { prefixFor } from "./abandoned.mjs";
import { leakedFiles, leakedProcesses, MARKER, removeFolder } from "./leaks.mjs";

const GROUP_LIMIT_MS = 15 * 60_000;
const running = new Set();

/** Ends every group that runs now, with all it started. */
export function killGroups(signal = "SIGKILL") {
  for (const child of running) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

function mochaLine(group, options) {
  const args = [
    "--enable-source-maps",
    "node_modules/mocha/bin/mocha.js",
    "--reporter",
    "scripts/test/reporter.cjs",
  ];
  return [process.execPath, ...args, "--forbid-only", ...options.mocha, ...group.files];
}

/** Of mocha's options only the choice of tests means something to pytest. */
function pytestLine(python, group, options) {
  const at = options.mocha.findIndex((word) => ["--grep", "-g", "--fgrep", "-f"].includes(word));
  const chosen = at < 0 ? [] : ["-k", (options.mocha[at + 1] ?? "").trim().replace(/\W+/g, "_")];
  const paths = ["-o", `pythonpath=${resolve(ROOT, "scripts/test")}`];
  return [python, "-B", "-m", "pytest", ...paths, "-p", "pytest_report", ...chosen, ...group.files];
}

function runTests(line, place) {
  const [program, ...args] = line;
  const child = spawn(program, args, {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      TMPDIR: place.temp,
      XDG_CACHE_HOME: place.cache,
      TASKVINE_TEST_REPORT: place.report,
      [MARKER]: basename(place.folder),
    },
  });
  running.add(child);
  const log = createWriteStream(place.log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  return new Promise((done) => {
    const timer = setTimeout(() => {
      log.write(`\nended after ${GROUP_LIMIT_MS / 60_000} minutes\n`);
      killGroups();
    }, GROUP_LIMIT_MS);
    child.on("close", async (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      log.end();
      await finished(log);
      done({ code, signal });
    });
  });
}

function makePlace(group) {
  const folder = mkdtempSync(join(tmpdir(), prefixFor("vt")));
  const [temp, cache] = [join(folder, "t"), join(folder, "c")];
  mkdirSync(temp);
  mkdirSync(cache);
  // Like the system's own: tests also run commands as other users.
  chmodSync(folder, 0o711);
  chmodSync(temp, 0o1777);
  const logs = resolve(CACHE, "test-logs");
  mkdirSync(logs, { recursive: true });
  return {
    folder,
    temp,
    cache,
    report: join(folder, "report"),
    log: join(logs, `${group.name.replaceAll("/", "-")}.log`),
  };
}

function readReport(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The log holds what the tests printed, and after it every failure in full. */
function keepDetails(records, log) {
  for (const { title, error } of records.filter((record) => record.type === "failed")) {
    appendFileSync(log, `\n── failed: ${title}\n${error.stack}\n`);
  }
}

/** Failures that mocha itself does not count: a crash, a process that does not end, things left behind. */
function failuresAround(records, exit, left) {
  const failures = [];
  const lingering = records.find((record) => record.type === "lingering");
  if (lingering)
    failures.push({
      title: "the tests are over but the process does not end",
      detail: `open: ${lingering.what.join(", ")}`,
    });
  if (!records.some((record) => record.type === "end")) {
    const last = records.filter((record) => record.type === "start").at(-1)?.title ?? "before the first test";
    failures.push({
      title: `ended in the middle (${exit.signal ?? `exit code ${exit.code}`})`,
      detail: `last: ${last}`,
    });
  }
  for (const thing of left) failures.push({ title: "left something behind", detail: thing });
  return failures;
}

/** Tells the test where the second environment is, or why there is none. */
async function offerOlderDask() {
  const { python, missing } = await olderDaskEnvironment();
  if (python !== undefined) process.env.VINE_OLDER_DASK_PYTHON = python;
  else process.env.VINE_OLDER_DASK_MISSING = missing;
}

/** What runs a group, given its place; or a sentence about what is missing for it. */
async function lineFor(group, options) {
  if (group.phase !== "python") return { lineAt: () => mochaLine(group, options) };
  const { python, missing } = await pythonEnvironment();
  if (missing !== undefined) return { missing };
  if (group.name.endsWith("older_dask")) await offerOlderDask();
  return {
    lineAt: (place) => [...pytestLine(python, group, options), "--basetemp", join(place.folder, "pytest")],
  };
}

function skippedGroup(group, why) {
  return { group, ms: 0, log: "", passed: 0, slow: [], skipped: [`${group.name} [${why}]`], failed: [] };
}

/** Runs one folder of tests in a process of its own. `options.mocha`: arguments handed on. */
export async function runGroup(group, options) {
  const { lineAt, missing } = await lineFor(group, options);
  if (lineAt === undefined) return skippedGroup(group, missing);
  const place = makePlace(group);
  const started = performance.now();
  const exit = await runTests(lineAt(place), place);
  const left = [...(await leakedProcesses(basename(place.folder))), ...leakedFiles(place.temp)];
  const records = readReport(place.report);
  removeFolder(place.folder);
  keepDetails(records, place.log);
  const of = (type) => records.filter((record) => record.type === type);
  const failed = of("failed").map(({ title, error }) => ({ title, detail: error.stack, ...error }));
  return {
    group,
    ms: performance.now() - started,
    log: place.log,
    passed: of("passed").length,
    slow: of("passed").filter((test) => test.ms > 5_000),
    skipped: of("skipped").map((record) => record.title),
    failed: [...failed, ...failuresAround(records, exit, left)],
  };
}
