import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Task } from "@taskvine/core";
import type { RunBench } from "./row.js";
import { writeBigFile } from "./support/big-file.js";
import { BenchCluster } from "./support/cluster.js";
import { runPeer } from "./support/peer.js";
import { load, rowOf, seconds } from "./support/rounds.js";

const execute = promisify(execFile);

const ROUNDS = 3;
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
}

/** A file from one real worker to another over the network of this machine, verified, in MB/s. */
export const run: RunBench = async ({ say, bytes = DEFAULT_BYTES }) => {
  const flags = ["--no-local-links"];
  await using plain = await BenchCluster.start({ workers: 3, flags, manager: { insecure: true } });
  await using tls = await BenchCluster.start({ workers: 3, flags });
  const rounds: Round[] = [];
  // The first round is not counted: it loads code and makes the threads.
  for (let at = 0; at <= ROUNDS; at += 1) {
    const round = await takeRound(plain, tls, bytes);
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
  ];
}

async function takeRound(plain: BenchCluster, tls: BenchCluster, bytes: number): Promise<Round> {
  const [from, to] = [join(plain.folder, "from"), join(plain.folder, "to")];
  const timed = async (copy: () => Promise<number>): Promise<number> => {
    await settleDisk();
    const duration = await copy();
    await rm(to);
    return bytes / 1e6 / duration;
  };
  await writeBigFile(from, bytes);
  const round = {
    plain: await copyBetween(plain, bytes),
    socket: await timed(() => runPeer("socket-copy", from, to, "net")),
    tls: await copyBetween(tls, bytes),
    tlsSocket: await timed(() => runPeer("socket-copy", from, to, "tls")),
    cp: await timed(() => seconds(() => execute("cp", [from, to]))),
  };
  await rm(from);
  return round;
}

/** Makes a file at worker 0; what a copy to worker 1, and then one to worker 2, has brought until a task there has ended. */
async function copyBetween({ manager }: BenchCluster, bytes: number): Promise<Copies> {
  const file = manager.declareTemp();
  const maker = new Task(`head -c ${bytes} /dev/zero > out && echo ${performance.now()} | tee -a out`)
    .feature("w0")
    .output(file, "out");
  (await manager.submit(maker).done).check();
  const copyTo = async (worker: string): Promise<number> => {
    const user = new Task("test -s in").feature(worker).input(file, "in");
    await settleDisk();
    return bytes / 1e6 / (await seconds(async () => (await manager.submit(user).done).check()));
  };
  const copies = { first: await copyTo("w1"), next: await copyTo("w2") };
  manager.undeclare(file);
  manager.prune(file);
  return copies;
}

/** What was written before is written back first: no copy is to wait for the one before it. */
async function settleDisk(): Promise<void> {
  await execute("sync");
}
