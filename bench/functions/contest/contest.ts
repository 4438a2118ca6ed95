import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchOptions } from "../../row.js";
import { load } from "../../support/rounds.js";
import { type Answer, Contender, type Request } from "./contender.js";
import { type BenchPython, benchPython, type PythonPackage, testPython } from "./environment.js";

const SCRIPTS = fileURLToPath(new URL("../../../functions/contenders/", import.meta.url));
const PROGRAMS = fileURLToPath(new URL("../contenders/", import.meta.url));
const ROUNDS = 3;
/** Of one answer: slow contenders are asked for less. */
const MOST_SECONDS = 4;
const LEAST = 100;

/** Who can take part: name for tables, and how it is started. */
const CONTENDERS = {
  direct: { name: "TaskVine, Python, direct", script: "ours.py", words: ["direct"] },
  fork: { name: "TaskVine, Python, fork", script: "ours.py", words: ["fork"] },
  imports: { name: "TaskVine, Python, direct", script: "ours.py", words: ["direct"], needs: "numpy" },
  javascript: { name: "TaskVine, JavaScript", program: "javascript.js" },
  pool: { name: "ProcessPoolExecutor", script: "pool.py" },
  dask: { name: "dask.distributed", script: "dask_cluster.py", needs: "dask" },
  parsl: { name: "Parsl HTEX", script: "parsl_executor.py", needs: "parsl" },
  forks: { name: "a bare loop of forks", script: "forks.py" },
  piscina: { name: "a bare pool of threads", program: "piscina.js" },
} as const;

export type ContenderName = keyof typeof CONTENDERS;

function pythonFor(
  { quick, say }: BenchOptions,
  needed: readonly PythonPackage[],
): Promise<BenchPython | undefined> {
  return quick === true ? testPython(say) : benchPython(say, needed);
}

interface Entry {
  readonly name: string;
  readonly script?: string;
  readonly program?: string;
  readonly words?: readonly string[];
  readonly needs?: PythonPackage;
}

/** Answers of one contender to the same question, one a round. */
export interface Answers {
  readonly name: string;
  readonly rounds: readonly Answer[];
  /** Of which work each answer is: calls, steps … */
  readonly count: number;
}

/** Those who take part in one bench. They are asked in turns. */
export class Contest implements AsyncDisposable {
  readonly #folder: string;
  readonly #options: BenchOptions;
  readonly #contenders = new Map<ContenderName, Contender>();

  private constructor(folder: string, options: BenchOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** Starts all that can be started here; the others are left out, with a sentence. */
  static async start(names: readonly ContenderName[], options: BenchOptions): Promise<Contest> {
    const entries = names.map((name): [ContenderName, Entry] => [name, CONTENDERS[name]]);
    const needed = entries.flatMap(([, { needs }]) => (needs === undefined ? [] : [needs]));
    const hasScripts = entries.some(([, { script }]) => script !== undefined);
    const python = hasScripts ? await pythonFor(options, needed) : undefined;
    const contest = new Contest(await mkdtemp(join(tmpdir(), "vine-contest-")), options);
    try {
      for (const [name, entry] of entries) await contest.#enter(name, entry, python);
      return contest;
    } catch (error) {
      await contest[Symbol.asyncDispose]();
      throw error;
    }
  }

  get names(): readonly ContenderName[] {
    return [...this.#contenders.keys()];
  }

  /** How much of this work it does in the time, `most` at most. Also warms it up. */
  async countFor(
    name: ContenderName,
    most: number,
    request: (count: number) => Request,
    { least = LEAST, withinS = MOST_SECONDS } = {},
  ): Promise<number> {
    let count = Math.min(most, least);
    for (;;) {
      const { seconds } = await this.ask(name, request(count));
      const possible = Math.round((count * withinS) / seconds);
      if (count === most || possible < 4 * count || this.#options.quick === true)
        return Math.max(Math.min(least, most), Math.min(most, possible));
      count = Math.min(most, 10 * count);
    }
  }

  /** Asks one of them once. */
  async ask(name: ContenderName, request: Request): Promise<Answer> {
    const contender = this.#contenders.get(name);
    if (contender === undefined) throw new Error(`${name} does not take part`);
    return contender.ask(request);
  }

  /** Asks all of them in turns; of work that takes some of them long, they get less. */
  async askAll(
    most: number,
    request: (count: number) => Request,
    names = this.names,
  ): Promise<Map<ContenderName, Answers>> {
    const counts = new Map<ContenderName, number>();
    for (const name of names) counts.set(name, await this.countFor(name, most, request));
    const rounds = new Map<ContenderName, Answer[]>(names.map((name) => [name, []]));
    for (let round = 0; round < (this.#options.quick === true ? 1 : ROUNDS); round += 1) {
      for (const [name, answers] of rounds)
        answers.push(await this.ask(name, request(counts.get(name) ?? most)));
      this.#options.say(`round ${round + 1}: ${this.#round(rounds, counts)}; ${load()}`);
    }
    return new Map(
      names.map((name) => [
        name,
        { name: CONTENDERS[name].name, rounds: rounds.get(name) ?? [], count: counts.get(name) ?? most },
      ]),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#contenders.values()].map((one) => one[Symbol.asyncDispose]()));
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #enter(name: ContenderName, entry: Entry, python: BenchPython | undefined): Promise<void> {
    const command = commandOf(entry, python);
    if (command === undefined) return;
    const folder = join(this.#folder, name);
    await mkdir(folder);
    const path = [...(python === undefined ? [] : [python.bin]), process.env["PATH"] ?? ""].join(delimiter);
    const settings = { PATH: path, PYTHONPATH: SCRIPTS, PYTHONDONTWRITEBYTECODE: "1", TMPDIR: folder };
    try {
      const surroundings = { env: { ...process.env, ...settings }, cwd: folder };
      this.#contenders.set(name, await Contender.start(entry.name, command, surroundings));
    } catch (error) {
      if (entry.needs === undefined) throw error;
      this.#options.say(
        `${entry.name} is left out: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #round(
    rounds: ReadonlyMap<ContenderName, readonly Answer[]>,
    counts: ReadonlyMap<ContenderName, number>,
  ): string {
    return [...rounds]
      .map(
        ([name, answers]) =>
          `${name} ${Math.round((counts.get(name) ?? 0) / (answers.at(-1)?.seconds ?? 1))}/s`,
      )
      .join(", ");
  }
}

/** Undefined where what it needs is not here. */
function commandOf(entry: Entry, python: BenchPython | undefined): string[] | undefined {
  const { script, program = "", words = [], needs } = entry;
  if (script === undefined) return [process.execPath, join(PROGRAMS, program)];
  if (python === undefined || (needs !== undefined && !python.has(needs))) return undefined;
  return [python.python, join(SCRIPTS, script), ...words];
}
