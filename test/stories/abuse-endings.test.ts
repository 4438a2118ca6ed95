import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { removeTree } from "@taskvine/core/data";
import { expect } from "chai";
import { eventually } from "../support/eventually.js";
import { isListening, markedProcesses } from "../support/leaks.js";
import { WorkerProcess } from "../support/worker-process.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PATIENCE_MS = 30_000;
const FLAGS = ["--cores", "2", "--memory", "1GB", "--disk", "1GB", "--single-shot"];

/** A program with a manager and tasks that do not end by themselves, two of which ignore signals and leave others behind. */
const ENDLESS = `
import { Manager, Task } from "@taskvine/core";
const [, connectionFile, folder] = process.argv;
const m = await Manager.start({ connectionFile, runDirectory: folder, cacheDirectory: folder });
let count = 0;
m.events.on("task-started", () => ++count === 4 && console.log("running " + m.port));
const large = m.declareBuffer("x".repeat(300_000));
const stubborn = "trap '' INT TERM HUP; (setsid sleep 1000 &); while :; do sleep 1; done";
for (let at = 0; at < 6; at++) m.submit(new Task(stubborn).input(large, "in").cores(1));
await m.wait();
`;

/** A program whose clock jumps an hour to and fro while it runs a graph. */
const GRAPH = `
import { Manager, Task } from "@taskvine/core";
const [, connectionFile, folder] = process.argv;
const m = await Manager.start({ connectionFile, runDirectory: folder, cacheDirectory: folder });
const lost = () => console.log("lost");
m.events.on("worker-lost", lost);
const parts = Array.from({ length: 8 }, () => m.declareTemp());
const total = m.declareTemp();
const sum = new Task("cat p* | awk '{ s += $1 } END { print s }' > out").output(total, "out");
parts.forEach((part, at) => sum.input(part, "p" + at));
const large = m.declareBuffer("1\\n".repeat(100_000));
const makers = parts.map((part) => new Task("sleep 0.3; wc -l < in > out").input(large, "in").output(part, "out").maxWallTime("10m").cores(1));
const handles = m.submitAll([...makers, sum]);
const results = await Promise.all(handles.map(({ done }) => done));
const wall = results.map((result) => result.check().measured.wallMs);
const again = results.flatMap(({ attempts }) => attempts.slice(0, -1)).filter(({ ended }) => ended !== "retracted");
const long = results.map(({ attempts: [first] }) => first.endedAtMs - first.assignedAtMs);
console.log(JSON.stringify({ total: (await total.text()).trim(), wall, again, long }));
m.events.off("worker-lost", lost);
await m.close();
process.exit(0);
`;

/** Every look at the wall clock finds it somewhere else within two hours; the monotonic one goes on. */
const JUMPS = `
const now = Date.now;
let look = 0;
const jump = () => ((look++ * 7919) % 7200 - 3600) * 1000;
Date.now = () => now() + jump();
globalThis.Date = new Proxy(Date, { construct: (target, args) => new target(...(args.length === 0 ? [target.now()] : args)) });
`;

interface Scene {
  readonly folder: string;
  readonly marker: readonly [string, string];
  readonly connectionFile: string;
}

/** Runs \`body\` in a folder of its own; afterwards no process that carries its mark may be left. */
async function scene(body: (of: Scene) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "vine-ending-"));
  const marker = ["VINE_TEST_CLUSTER", folder] as const;
  await body({ folder, marker, connectionFile: join(folder, "vine.json") });
  let left: string[] = [];
  const look = async (): Promise<boolean> => (left = await markedProcesses(marker)).length === 0;
  await eventually("all processes end", look, PATIENCE_MS).catch((cause: unknown) => {
    throw new Error(`left behind: ${left.join("; ")}`, { cause });
  });
  await removeTree(folder);
}

function program(
  source: string,
  { connectionFile, folder, marker }: Scene,
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(
    process.execPath,
    ["--input-type=module", "-e", source, connectionFile, join(folder, "runs")],
    {
      cwd: join(ROOT, "test"),
      env: { ...process.env, ...env, [marker[0]]: marker[1] },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

function worker(
  { connectionFile, folder, marker }: Scene,
  number: number,
  through?: readonly string[],
): WorkerProcess {
  const name = `worker-${number}`;
  const place = { name, connectionFile, workdir: join(folder, name), marker, flags: FLAGS };
  return new WorkerProcess(through === undefined ? place : { ...place, through });
}

async function lineOf({ stdout }: ChildProcess, begin: string): Promise<string> {
  if (stdout === null) throw new Error("no standard output");
  for await (const line of createInterface(stdout)) if (line.startsWith(begin)) return line;
  throw new Error(`it ended before it said ${begin}`);
}

/** Two workers and a manager that ends by this signal while tasks run: what is left of them. */
async function endBy(
  signal: NodeJS.Signals,
  check: (ended: Scene & { readonly workers: readonly WorkerProcess[] }) => Promise<void>,
): Promise<void> {
  await scene(async (of) => {
    const manager = program(ENDLESS, of);
    const workers = [worker(of, 1), worker(of, 2)];
    const port = Number((await lineOf(manager, "running")).split(" ")[1]);
    const ended = Promise.all([once(manager, "exit"), ...workers.map(({ exited }) => exited)]);
    manager.kill(signal);
    await ended;
    expect(await isListening(port)).to.equal(false);
    await check({ ...of, workers });
  });
}

describe("a manager that ends while its tasks run", function () {
  this.timeout(90_000);

  it("by Ctrl-C releases its workers, and leaves neither keys nor processes nor half-moved files", async () => {
    await endBy("SIGINT", async ({ workers, folder }) => {
      for (const { lines } of workers) expect(lines.at(-1)?.["reason"]).to.match(/released|closed|ended/i);
      expect(await readdir(folder)).not.to.include("vine.json");
      const [run = ""] = (await readdir(join(folder, "runs"))).filter((name) => /^\d/.test(name));
      const files = await readdir(join(folder, "runs", run));
      expect(files).not.to.include("connection.json").and.not.to.include("staging");
    });
  });

  it("by kill -9 is seen by its workers at once, which end what they run for it", async () => {
    await endBy("SIGKILL", async ({ workers }) => {
      for (const { lines } of workers) expect(lines.map(({ type }) => type)).to.include("manager-lost");
      await Promise.resolve();
    });
  });
});

describe("a wall clock that jumps an hour to and fro", function () {
  this.timeout(120_000);

  it("at the manager and at the workers changes neither results nor times nor who is connected", async () => {
    await scene(async (of) => {
      const preload = join(of.folder, "jumps.mjs");
      await writeFile(preload, JUMPS);
      const jumping = { NODE_OPTIONS: `--import ${preload}` };
      const manager = program(GRAPH, of, jumping);
      const workers = [1, 2].map((number) =>
        worker(of, number, ["env", `NODE_OPTIONS=${jumping.NODE_OPTIONS}`]),
      );
      const lines: string[] = [];
      if (manager.stdout !== null) createInterface(manager.stdout).on("line", (line) => lines.push(line));
      const [code] = (await once(manager, "close")) as [number | null];
      await Promise.all(workers.map(({ exited }) => exited));
      expect([
        code,
        lines.length,
        workers
          .map(({ complaints }) => complaints)
          .join("")
          .includes("error"),
      ]).to.deep.equal([0, 1, false]);
      const seen = JSON.parse(lines[0] ?? "") as Record<"wall" | "long", number[]> & {
        total: string;
        again: unknown[];
      };
      expect(seen.total).to.equal("800000");
      expect(seen.again).to.deep.equal([]);
      for (const ms of [...seen.wall, ...seen.long]) expect(ms).to.be.within(0, 600_000);
      const log = await readFile(join(of.folder, "runs", "most-recent", "log.jsonl"), "utf8");
      const times = log
        .trimEnd()
        .split("\n")
        .map((line) => Date.parse((JSON.parse(line) as { time: string }).time));
      expect(Math.max(...times) - Math.min(...times), "the clock did jump").to.be.above(600_000);
    });
  });
});
