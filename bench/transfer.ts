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

const ROUNDS = 3;
const DEFAULT_BYTES = 1e9;

interface Round {
  readonly plain: number;
  readonly tls: number;
  readonly socket: number;
  readonly cp: number;
}

/** A file from one real worker to another over the network of this machine, verified, in MB/s. */
export const run: RunBench = async ({ say, bytes = DEFAULT_BYTES }) => {
  const flags = ["--no-local-links"];
  await using plain = await BenchCluster.start({ workers: 2, flags, manager: { insecure: true } });
  await using tls = await BenchCluster.start({ workers: 2, flags });
  const rounds: Round[] = [];
  // The first round is not counted: it loads code and makes the threads.
  for (let at = 0; at <= ROUNDS; at += 1) {
    const round = await takeRound(plain, tls, bytes);
    const { plain: off, tls: on, socket: bare, cp: copied } = round;
    const rates = [off, on, bare, copied].map((rate) => Math.round(rate)).join(", ");
    say(`round ${at}, MB/s with TLS off, TLS, socket, cp: ${rates}; ${load()}`);
    if (at > 0) rounds.push(round);
  }
  const [socket, cp] = ["a bare node:net socket copy", "cp"];
  return [
    rowOf(
      { name: "worker to worker, TLS off", unit: "MB/s", peerName: socket },
      rounds.map((round) => ({ ours: round.plain, peer: round.socket })),
    ),
    rowOf(
      { name: "worker to worker, TLS off", unit: "MB/s", peerName: cp },
      rounds.map((round) => ({ ours: round.plain, peer: round.cp })),
    ),
    rowOf(
      { name: "worker to worker, TLS", unit: "MB/s", peerName: socket },
      rounds.map((round) => ({ ours: round.tls, peer: round.socket })),
    ),
  ];
};

async function takeRound(plain: BenchCluster, tls: BenchCluster, bytes: number): Promise<Round> {
  const [from, to] = [join(plain.folder, "from"), join(plain.folder, "to")];
  await writeBigFile(from, bytes);
  const copied = async (): Promise<number> => {
    const took = await seconds(() => promisify(execFile)("cp", [from, to]));
    await rm(to);
    return took;
  };
  const took = {
    plain: await copyBetween(plain, bytes),
    socket: await runPeer("socket-copy", from, to),
    tls: await copyBetween(tls, bytes),
    cp: await rm(to).then(copied),
  };
  await rm(from);
  const rate = (duration: number): number => bytes / 1e6 / duration;
  return {
    plain: rate(took.plain),
    socket: rate(took.socket),
    tls: rate(took.tls),
    cp: rate(took.cp),
  };
}

/** Makes a file at worker 0; the seconds from then until a task at worker 1 that needs it has ended. */
async function copyBetween({ manager }: BenchCluster, bytes: number): Promise<number> {
  const file = manager.declareTemp();
  const maker = new Task(`head -c ${bytes} /dev/zero > out && echo ${performance.now()} | tee -a out`)
    .feature("w0")
    .output(file, "out");
  (await manager.submit(maker).done).check();
  const user = new Task("test -s in").feature("w1").input(file, "in");
  const took = await seconds(async () => (await manager.submit(user).done).check());
  manager.undeclare(file);
  manager.prune(file);
  return took;
}
