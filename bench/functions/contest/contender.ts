import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { type CpuTimes, cpuSince, cpuTimes } from "./process-cpu.js";

/** What a contender can be asked; the programs in contenders/ have a `do_` for each. */
export type Request =
  | { readonly do: "calls"; readonly count: number }
  | { readonly do: "latency"; readonly count: number }
  | { readonly do: "chains"; readonly count: number; readonly steps: number }
  | { readonly do: "loop"; readonly steps: number }
  | { readonly do: "values"; readonly count: number }
  | { readonly do: "mixed" }
  | { readonly do: "install"; readonly function: string; readonly imports: readonly string[] }
  | {
      readonly do: "effect";
      readonly function: string;
      readonly count: number;
      readonly fresh: boolean;
    };

export interface Answer {
  readonly seconds: number;
  /** Of `latency`: microseconds of each call. */
  readonly told: readonly number[] | null;
  /** Microseconds of processor time, by the part that a process plays. */
  readonly cpu: CpuTimes;
}

/** Longest wait for one answer: something is wrong then. */
const PATIENCE_MS = 170_000;
const LAST_WORDS = 2_000;

/** A program that submits calls to four processes of its own, and tells how long it took. It ends with its standard input. */
export class Contender implements AsyncDisposable {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  #complaints = "";

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    const { stdin, stdout, stderr } = child;
    if (stdin === null || stdout === null || stderr === null) throw new Error(`${name} has no pipes`);
    // It has ended, and the next answer says so.
    stdin.on("error", () => undefined);
    stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-LAST_WORDS);
    });
    this.#lines = createInterface({ input: stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /** Resolves when it is ready for requests. */
  static async start(
    name: string,
    command: readonly string[],
    surroundings: { readonly env: NodeJS.ProcessEnv; readonly cwd: string },
  ): Promise<Contender> {
    const [program = "", ...words] = command;
    const child = spawn(program, words, { ...surroundings, stdio: "pipe" });
    child.on("error", () => undefined);
    const contender = new Contender(name, child);
    try {
      await contender.#next();
      return contender;
    } catch (error) {
      await contender[Symbol.asyncDispose]();
      throw error;
    }
  }

  async ask(request: Request): Promise<Answer> {
    const pid = this.#child.pid ?? 0;
    const before = await cpuTimes(pid);
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    const answer = (await this.#next()) as Omit<Answer, "cpu">;
    return { ...answer, cpu: cpuSince(before, await cpuTimes(pid)) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    this.#child.stdin?.end();
    if (pid !== undefined && exitCode === null && signalCode === null) {
      const last = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
      await once(this.#child, "exit");
      clearTimeout(last);
    }
    this.#lines.close();
  }

  async #next(): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${this.name} does not answer`)), PATIENCE_MS);
    });
    try {
      const line: IteratorResult<string, unknown> = await Promise.race([this.#answers.next(), late]);
      if (line.done === true) throw new Error(`${this.name} has ended: ${this.#complaints.trim()}`);
      return JSON.parse(line.value);
    } finally {
      clearTimeout(timer);
    }
  }
}
