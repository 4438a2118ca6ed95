import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BenchRow, RunBench } from "./row.js";
import { callSpecs, Driver, taskSpecs, temps } from "./support/driver.js";

const MILLION = 1_000_000;
/** Tasks over which a rate is taken. */
const SAMPLE = 300_000;

/**
 * The coordinator alone, with workers that end every task at once. Rates are per second of processor time of this
 * process, so that what else runs on the machine does not count.
 */
export const run: RunBench = async ({ say }) => {
  say("warming up");
  rate(1000, 4, SAMPLE);
  const rows: BenchRow[] = [];
  say("1,000,000 tasks on 1,000 workers");
  rows.push(...(await million()));
  say("queue length and number of workers");
  const [long, short] = best(longQueue, () => rate(1000, 4, SAMPLE));
  rows.push(against("1,000,000 queued, 1,000 workers", long, "1,000 queued", short));
  const [many, few] = best(
    () => rate(2000, 4, SAMPLE),
    () => rate(10, 800, SAMPLE),
  );
  rows.push(against("2,000 workers of 4 cores", many, "10 workers of 800", few));
  say("graphs");
  rows.push(row("submitting 1,000,000 edges", "edges/s", edges(), { of: 200_000, name: "the aim" }));
  const noOps = { of: rows[0]?.ours ?? 0, name: "tasks without files" };
  rows.push(row("a chain of 100,000 tasks", "tasks/s", chain(100_000), noOps));
  rows.push(row("100,000 tasks into one", "tasks/s", fanIn(100_000), noOps));
  say("function calls");
  rows.push(
    row("1,000,000 no-op calls, 1,000 workers", "calls/s", calls(), { of: 150_000, name: "the aim" }),
  );
  rows.push(row("a chain of 100,000 calls", "calls/s", callChain(100_000), noOps));
  return rows;
};

/** The better of two rounds of each, taken in turns: other load on the machine hits both alike. */
function best(one: () => number, other: () => number): [number, number] {
  const first = [one(), other()] as const;
  return [Math.max(first[0], one()), Math.max(first[1], other())];
}

interface Peer {
  readonly of: number;
  readonly name: string;
}

function row(name: string, unit: string, ours: number, peer: Peer): BenchRow {
  return { name, unit, ours, peer: peer.of, peerName: peer.name, ratio: ours / peer.of };
}

function against(name: string, ours: number, peerName: string, of: number): BenchRow {
  return row(name, "tasks/s", ours, { of, name: peerName });
}

/** Submits everything, measures what a waiting task takes, and runs it all. */
async function million(): Promise<BenchRow[]> {
  const before = await heapBytes();
  const driver = new Driver();
  const submitted = driver.timed(() => {
    for (let from = 1; from <= MILLION; from += 10_000) driver.submit(taskSpecs(from, 10_000));
  });
  const perTask = ((await heapBytes()) - before) / MILLION;
  driver.join(1000, 4);
  const ran = driver.timed(() => driver.runAll());
  return [
    row("1,000,000 no-op tasks on 1,000 workers", "tasks/s", MILLION / ran, { of: 100_000, name: "the aim" }),
    row("submitting them", "tasks/s", MILLION / submitted, { of: 100_000, name: "the aim" }),
    row("memory of a waiting task, its description included", "bytes", perTask, {
      of: 1024,
      name: "the bound",
    }),
  ];
}

/** Tasks a second while a thousand are queued: as many come as end. */
function rate(workers: number, cores: number, tasks: number): number {
  const driver = new Driver();
  driver.join(workers, cores);
  const stock = 2 * workers * cores + 1000;
  driver.submit(taskSpecs(1, stock));
  let next = stock + 1;
  let seconds = 0;
  while (driver.done < tasks) {
    const before = driver.done;
    seconds += driver.timed(() => driver.turn());
    const count = driver.done - before;
    driver.submit(taskSpecs(next, count));
    next += count;
  }
  return driver.done / seconds;
}

/** The same while a million are queued, at the end still 700,000. */
function longQueue(): number {
  const driver = new Driver();
  for (let from = 1; from <= MILLION; from += 10_000) driver.submit(taskSpecs(from, 10_000));
  driver.join(1000, 4);
  const seconds = driver.timed(() => {
    while (driver.done < SAMPLE) driver.turn();
  });
  return driver.done / seconds;
}

/** 100,000 tasks, each reading ten files that earlier ones make. */
function edges(): number {
  const driver = new Driver();
  driver.declare(temps(100_000));
  const seconds = driver.timed(() => {
    for (let from = 1; from <= 100_000; from += 10_000) {
      driver.submit(taskSpecs(from, 10_000, (id) => ({ reads: readsOf(id), makes: [id] })));
    }
  });
  return MILLION / seconds;
}

function readsOf(id: number): number[] {
  const reads: number[] = [];
  for (let step = 1; step <= 10; step += 1) {
    const file = id - step * step;
    if (file > 0) reads.push(file);
  }
  return reads;
}

function chain(length: number): number {
  const driver = new Driver();
  driver.declare(temps(length));
  driver.join(1, 4);
  return (
    length /
    driver.timed(() => {
      driver.submit(taskSpecs(1, length, (id) => ({ reads: id === 1 ? [] : [id - 1], makes: [id] })));
      driver.runAll();
    })
  );
}

/** Four slots at each worker, all in one instance. */
function calls(): number {
  const driver = new Driver();
  driver.provide(4);
  driver.join(1000, 1);
  for (let from = 1; from <= MILLION; from += 10_000) driver.submit(callSpecs(from, 10_000));
  return MILLION / driver.timed(() => driver.runAll());
}

/** Each reads what the one before it returned, which the manager has. */
function callChain(length: number): number {
  const driver = new Driver();
  driver.declare(temps(length));
  driver.provide(4);
  driver.join(1, 1);
  return (
    length /
    driver.timed(() => {
      driver.submit(callSpecs(1, length, (id) => ({ reads: id === 1 ? [] : [id - 1], makes: [id] })));
      driver.runAll();
    })
  );
}

function fanIn(width: number): number {
  const driver = new Driver();
  driver.declare(temps(width));
  driver.join(4, 4);
  const all = Array.from({ length: width }, (_, index) => index + 1);
  return (
    width /
    driver.timed(() => {
      driver.submit(taskSpecs(1, width, (id) => ({ reads: [], makes: [id] })));
      driver.submit(taskSpecs(width + 1, 1, () => ({ reads: all, makes: [] })));
      driver.runAll();
    })
  );
}

/** Bytes of live objects: garbage is collected first. */
async function heapBytes(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}
