import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { MessagePort } from "node:worker_threads";
import { Piscina } from "piscina";
import { VineError } from "../../model/errors.js";
import type { Answer, Call, Jobs } from "./jobs.js";

/** Threads go after this long without work, milliseconds. */
const IDLE_MS = 10_000;

/** Quick jobs never wait behind long ones: each kind has threads of its own, as many as there are cores. */
type Lane = "quick" | "long" | "hashes" | "trees";
/** Jobs at a time of one thread. What comes as a stream never waits for another stream's end. */
const AT_A_TIME: Readonly<Record<Lane, number>> = { quick: 1, long: 1, hashes: 1_000, trees: 1_000 };
const LANES: Readonly<Record<keyof Jobs, Lane>> = {
  hashFiles: "long",
  hashStream: "hashes",
  receiveTree: "trees",
  surveyTree: "quick",
  makeReadOnly: "quick",
  unpack: "long",
};

const pools = new Map<Lane, Piscina>();

/** Runs a job in a thread; threads start with the first job. `ports` of the job go over to it. Rejects with a VineError. */
export async function inThread<Name extends keyof Jobs>(
  name: Name,
  job: Jobs[Name]["job"],
  ports: readonly MessagePort[] = [],
): Promise<Jobs[Name]["result"]> {
  const call: Call<Name> = { name, job };
  const answer = (await poolOf(LANES[name]).run(call, { transferList: [...ports] })) as Answer<
    Jobs[Name]["result"]
  >;
  if (answer.ok) return answer.value;
  throw new VineError(answer.code, answer.message);
}

/** Ends all threads once their jobs are done. The next job starts new ones. */
export async function closeDataThreads(): Promise<void> {
  const closing = [...pools.values()];
  pools.clear();
  await Promise.all(closing.map((pool) => pool.close()));
}

function poolOf(lane: Lane): Piscina {
  const known = pools.get(lane);
  if (known !== undefined) return known;
  const pool = new Piscina({
    filename: fileURLToPath(new URL("./jobs.js", import.meta.url)),
    name: "runCall",
    minThreads: 0,
    maxThreads: Math.max(1, availableParallelism()),
    idleTimeout: IDLE_MS,
    concurrentTasksPerWorker: AT_A_TIME[lane],
  });
  pools.set(lane, pool);
  return pool;
}
