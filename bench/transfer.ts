import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Task, type VineFile } from "@taskvine/core";
import { cpuTimes } from "./functions/contest/process-cpu.js";
import type { RunBench } from "./row.js";
import { writeBigFile } from "./support/big-file.js";
import { BenchCluster } from "./support/cluster.js";
import { runPeer } from "./support/peer.js";
import { load, rowOf, seconds } from "./support/rounds.js";

const execute = promisify(execFile);

/** Even, so that either of two copies goes first equally often. */
const ROUNDS = 4;
const DEFAULT_BYTES = 1e9;

/** MB/s. */
interface Round {
  readonly plain: Copies;
  readonly tls: Copies;
  readonly socket: number;
  readonly tlsSocket: number;
  readonly cp: number;
}

/** The first copy of what a task has written finds out its digest at the taker; for the next ones it is known. */
interface Copies {
  readonly first: number;
  readonly next: number;
  /** Seconds of processor time for each gigabyte, of all workers. */
  readonly firstCpu: number;
  readonly nextCpu: number;
}

/** A file from one real worker to another over the network of this machine, verified, in MB/s. */
export const run: RunBench = async ({ say, bytes = DEFAULT_BYTES }) => {
  const flags = ["--no-local-links"];
  await using plain = await BenchCluster.start({ workers: 3, flags, manager: { insecure: true } });
  await using tls = await BenchCluster.start({ workers: 3, flags });
  const rounds: Round[] = [];
  // The first round is not counted: it loads code and makes the threads.
  for (let at = 0; at <= ROUNDS; at += 1) {
    const round = await takeRound({ plain, tls, isKnownFirst: at % 2 === 1 }, bytes);
    say(`round ${at}, MB/s: ${told(round)}; ${load()}`);
    if (at > 0) rounds.push(round);
  }
  return rowsOf(rounds);
};

function told({ plain, tls, socket, tlsSocket, cp }: Round): string {
  const rates = { "TLS off": plain.first, "known digest": plain.next, socket, TLS: tls.first };
  const more = { "TLS, known digest": tls.next, "TLS socket": tlsSocket, cp };
  return Object.entries({ ...rates, ...more })
    .map(([name, rate]) => `${name} ${Math.round(rate)}`)
    .join(", ");
}

function rowsOf(rounds: readonly Round[]): ReturnType<typeof rowOf>[] {
  const row = (
    [name, ours]: readonly [string, (round: Round) => number],
    [peerName, peer]: readonly [string, (round: Round) => number],
  ): ReturnType<typeof rowOf> =>
    rowOf(
      { name: `worker to worker, ${name}`, unit: "MB/s", peerName },
      rounds.map((round) => ({ ours: ours(round), peer: peer(round) })),
    );
  const socket = ["a bare node:net socket copy", (round: Round) => round.socket] as const;
  const tlsSocket = ["a bare node:tls socket copy", (round: Round) => round.tlsSocket] as const;
  const plain = ["TLS off", (round: Round) => round.plain.first] as const;
  const tls = ["TLS", (round: Round) => round.tls.first] as const;
  const tlsKnown = ["TLS, digest known", (round: Round) => round.tls.next] as const;
  return [
    row(plain, socket),
    row(["TLS off, digest known", (round) => round.plain.next], socket),
    row(plain, ["cp", (round) => round.cp]),
    row(tls, socket),
    row(tls, tlsSocket),
    row(tlsKnown, socket),
    row(tlsKnown, tlsSocket),
    ...cpuRows(rounds),
  ];
}

/** Whether a known digest makes a copy dearer; other work on the machine hardly changes it. */
function cpuRows(rounds: readonly Round[]): ReturnType<typeof rowOf>[] {
  const row = (name: string, of: (round: Round) => Copies): ReturnType<typeof rowOf> =>
    rowOf(
      { name: `processor time, digest known, ${name}`, unit: "s/GB", peerName: "a first copy" },
      rounds.map(of).map(({ firstCpu, nextCpu }) => ({ ours: nextCpu, peer: firstCpu })),
    );
  return [row("TLS off", ({ plain }) => plain), row("TLS", ({ tls }) => tls)];
}

interface Setting {
  readonly plain: BenchCluster;
  readonly tls: BenchCluster;
  /** Which of two copies goes first: the more was copied before, the more a copy costs the kernel. */
  readonly isKnownFirst: boolean;
}

async function takeRound({ plain, tls, isKnownFirst }: Setting, bytes: number): Promise<Round> {
  const [from, to] = [join(plain.folder, "from"), join(plain.folder, "to")];
  const timed = async (copy: () => Promise<number>): Promise<number> => {
    await settleDisk();
    const duration = await copy();
    await rm(to);
    return bytes / 1e6 / duration;
  };
  await writeBigFile(from, bytes);
  const round = {
    plain: await copyBetween(plain, bytes, isKnownFirst),
    socket: await timed(() => runPeer("socket-copy", from, to, "net")),
    tls: await copyBetween(tls, bytes, isKnownFirst),
    tlsSocket: await timed(() => runPeer("socket-copy", from, to, "tls")),
    cp: await timed(() => seconds(() => execute("cp", [from, to]))),
  };
  await rm(from);
  return round;
}

/** Copies of two files from worker 0 to worker 1, each until a task there has ended: of one the digest is known. */
async function copyBetween(cluster: BenchCluster, bytes: number, isKnownFirst: boolean): Promise<Copies> {
  const { manager } = cluster;
  const [unknown, known] = [await makeFile(cluster, bytes), await makeFile(cluster, bytes)];
  await copyTo(cluster, known, "w2");
  const timed = async (file: VineFile): Promise<{ readonly rate: number; readonly cpu: number }> => {
    await settleDisk();
    const before = await workerSeconds();
    const duration = await seconds(() => copyTo(cluster, file, "w1"));
    return { rate: bytes / 1e6 / duration, cpu: (((await workerSeconds()) - before) / bytes) * 1e9 };
  };
  const early = await timed(isKnownFirst ? known : unknown);
  const late = await timed(isKnownFirst ? unknown : known);
  const [first, next] = isKnownFirst ? [late, early] : [early, late];
  for (const file of [unknown, known]) {
    manager.undeclare(file);
    manager.prune(file);
  }
  return { first: first.rate, next: next.rate, firstCpu: first.cpu, nextCpu: next.cpu };
}

/** Processor time of all workers so far. */
async function workerSeconds(): Promise<number> {
  return ((await cpuTimes(process.pid)).get("worker") ?? Number.NaN) / 1e6;
}

async function makeFile({ manager }: BenchCluster, bytes: number): Promise<VineFile> {
  const file = manager.declareTemp();
  const command = `head -c ${bytes} /dev/zero > out && echo ${performance.now()} | tee -a out`;
  (await manager.submit(new Task(command).feature("w0").output(file, "out")).done).check();
  return file;
}

async function copyTo({ manager }: BenchCluster, file: VineFile, worker: string): Promise<void> {
  (await manager.submit(new Task("test -s in").feature(worker).input(file, "in")).done).check();
}

/** What was written before is written back first: no copy is to wait for the one before it. */
async function settleDisk(): Promise<void> {
  await execute("sync");
}
