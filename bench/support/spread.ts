import { join } from "node:path";
import { Task } from "@taskvine/core";
import { writeBigFile } from "./big-file.js";
import type { BenchCluster } from "./cluster.js";

/** One copy of the file: who got it from whom and when, in seconds from the start. */
export interface SpreadCopy {
  readonly worker: string;
  readonly host: string;
  /** "manager" or the name of a worker. */
  readonly from: string;
  readonly beganS: number;
  readonly arrivedS: number;
}

export interface Spread {
  /** Until the last worker had it. */
  readonly seconds: number;
  /** Whole files that the manager's data server has sent. */
  readonly managerCopies: number;
  readonly copies: readonly SpreadCopy[];
}

export interface SpreadOptions {
  readonly workers: number;
  readonly bytes: number;
  /** Workers give it to each other. Otherwise each gets it from the manager. */
  readonly peerTransfer: boolean;
}

/** Gives one file of the manager's to every worker. */
export async function spread({ manager, folder }: BenchCluster, options: SpreadOptions): Promise<Spread> {
  const path = join(folder, "spread");
  await writeBigFile(path, options.bytes);
  const file = manager.declareFile(path, { peerTransfer: options.peerTransfer });
  const begun = performance.now();
  const nowS = (): number => (performance.now() - begun) / 1000;
  const starts = new Map<string, Pick<SpreadCopy, "from" | "beganS" | "host">>();
  const copies: SpreadCopy[] = [];
  manager.events.on("copy-started", (_file, { name, host }, from) => {
    starts.set(name, { host, from: typeof from === "string" ? from : from.name, beganS: nowS() });
  });
  manager.events.on("task-started", (_task, { name }) => {
    const start = starts.get(name);
    if (start !== undefined) copies.push({ worker: name, ...start, arrivedS: nowS() });
  });
  const tasks = Array.from({ length: options.workers }, (_, index) =>
    new Task("test -s in").feature(`w${index}`).input(file, "in"),
  );
  for (const { done } of manager.submitAll(tasks)) (await done).check();
  return {
    seconds: Math.max(...copies.map(({ arrivedS }) => arrivedS)),
    managerCopies: manager.stats().bytesServed / options.bytes,
    copies,
  };
}

/** Who gave to whom, as lines: those whom one gave to stand below it, further in. */
export function treeLines(copies: readonly SpreadCopy[], from = "manager", indent = ""): string[] {
  const given = copies.filter((copy) => copy.from === from).sort((a, b) => a.arrivedS - b.arrivedS);
  const head = indent === "" ? [from] : [];
  const below = given.flatMap((copy) => [
    `${indent}  ${copy.worker} (${copy.beganS.toFixed(1)} to ${copy.arrivedS.toFixed(1)} s)`,
    ...treeLines(copies, copy.worker, `${indent}  `),
  ]);
  return [...head, ...below];
}
