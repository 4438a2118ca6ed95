// The main job: counts the identifiers in the sources of all packages that are installed here. A manager in this program, four
// workers as processes of their own; the sources travel once, as a tarball, and are unpacked at the workers; a few dozen
// tasks count, and a tree of tasks merges their counts without bringing them here. Then functions are called, thousands of
// times, in libraries that start once. What is unpacked stays at the workers for the next run.
// `npm run quickstart -- [--fresh] [--size 50MB] [--workers 4]`; --fresh forgets what earlier runs left.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Manager, type Result } from "@taskvine/core";
import { removeTree } from "@taskvine/core/data";
import { parseBytes, printBytes } from "@taskvine/core/model";
import { callFunctions } from "./quickstart/calls.js";
import { LocalWorkers } from "./quickstart/local-workers.js";
import { notePast, readPast } from "./quickstart/past-runs.js";
import { ProgressLine } from "./quickstart/progress-line.js";
import { callRates, comparison, type Outcome, summary, table } from "./quickstart/report.js";
import { sourceTarball } from "./quickstart/source-tarball.js";
import { type Identifiers, submitWorkflow, type Workflow } from "./quickstart/workflow.js";

const CACHE = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "taskvine", "quickstart");
const PACKAGES = fileURLToPath(new URL("../../node_modules", import.meta.url));

interface Settings {
  readonly isFresh: boolean;
  readonly workers: number;
  readonly mostBytes: number;
}

function readSettings(): Settings {
  const options = {
    fresh: { type: "boolean", default: false },
    workers: { type: "string", default: "4" },
    size: { type: "string", default: "50MB" },
  } as const;
  const { values } = parseArgs({ options });
  const workers = Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new Error("--workers is a number from 1 to 64");
  return { isFresh: values.fresh, workers, mostBytes: parseBytes(values.size, "--size") };
}

/** Ctrl-C and its like: everything ends in good order, or at the second one at once. */
function interruption(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort(new Error("interrupted"));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onSignal);
  return stop.signal;
}

/** Rejects when the signal comes. */
function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

function joined(m: Manager, count: number): Promise<void> {
  return new Promise((resolve) => {
    m.events.on("worker-joined", () => {
      if (m.workers().length === count) resolve();
    });
  });
}

async function collect(m: Manager): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of m.completed()) results.push(result.check());
  return results;
}

/** What the progress line tells of. */
interface Stage {
  doing: string;
  workflow?: Workflow;
  sinceMs: number;
}

/** What the line says, the important things first. */
function progress(m: Manager, workers: LocalWorkers, stage: Stage): string[] {
  const { tasks, workers: connected, fromManager, fromPeers, cacheHits } = m.stats();
  const spent = `${((performance.now() - stage.sinceMs) / 1_000).toFixed(1)} s`;
  const total = stage.workflow?.handles.length;
  if (total === undefined) return [stage.doing, spent];
  const [links, peers] = [workers.linkedBytes, Math.max(0, fromPeers.bytes - workers.linkedBytes)];
  return [
    `${tasks.done}/${total} tasks`,
    `${tasks.running} running on ${connected} workers`,
    spent,
    `moved: manager ${printBytes(fromManager.bytes)}, peers ${printBytes(peers)}, links ${printBytes(links)}`,
    `${cacheHits} cache hits`,
  ];
}

interface Todo {
  readonly settings: Settings;
  readonly stage: Stage;
  readonly signal: AbortSignal;
}

/** Packs, counts, and tells what is to be printed. */
async function work(m: Manager, workers: LocalWorkers, { settings, stage, signal }: Todo): Promise<string> {
  await joined(m, settings.workers);
  stage.doing = "packing the sources of the installed packages (once)";
  const tarball = await sourceTarball(PACKAGES, CACHE, { mostBytes: settings.mostBytes, signal });
  const past = await readPast(CACHE, tarball);
  stage.sinceMs = performance.now();
  const workflow = submitWorkflow(m, tarball);
  stage.workflow = workflow;
  const results = await collect(m);
  const outcome: Outcome = {
    identifiers: JSON.parse(workflow.last.result?.output ?? "") as Identifiers,
    results,
    workflow,
    stats: m.stats(),
    linkedBytes: workers.linkedBytes,
    wallMs: performance.now() - stage.sinceMs,
    workers: settings.workers,
  };
  delete stage.workflow;
  stage.doing = "calling functions";
  const rates = await callFunctions(
    m,
    outcome.identifiers.top.map(([name]) => name),
  );
  await notePast(CACHE, tarball, { before: past, wallMs: outcome.wallMs });
  const bytes = printBytes(tarball.files.reduce((sum, { size }) => sum + size, 0));
  const title = `Identifiers in ${tarball.files.length} source files (${bytes}) of the packages installed here`;
  return [
    title,
    table(outcome.identifiers),
    summary(outcome),
    callRates(rates),
    comparison(outcome, past, CACHE),
  ].join("\n\n");
}

/** Starts everything, and ends it, whatever happens. */
async function run(settings: Settings, signal: AbortSignal): Promise<string> {
  if (settings.isFresh) await removeTree(CACHE);
  await mkdir(CACHE, { recursive: true });
  const place = await mkdtemp(join(tmpdir(), "quickstart-"));
  try {
    await using m = await Manager.start({ name: "quickstart", runDirectory: place, handleSignals: false });
    const { connectionFile } = m;
    await using workers = new LocalWorkers({
      count: settings.workers,
      connectionFile,
      folder: join(CACHE, "workers"),
    });
    const stage: Stage = { doing: `starting ${settings.workers} workers`, sinceMs: performance.now() };
    using _line = new ProgressLine(() => progress(m, workers, stage));
    const todo: Todo = { settings, stage, signal };
    return await Promise.race([work(m, workers, todo), interrupted(signal), workers.failed]);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const signal = interruption();
try {
  console.log(`\n${await run(readSettings(), signal)}`);
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 1;
  console.error(
    signal.aborted ? "interrupted: all workers have ended" : error instanceof Error ? error.message : error,
  );
}
