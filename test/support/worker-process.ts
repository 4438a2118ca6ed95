import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const VINE = fileURLToPath(new URL("../../../packages/cli/bin/vine.js", import.meta.url));

/** A line of `vine worker --json`. */
export type WorkerLine = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface WorkerProcessOptions {
  readonly name: string;
  readonly connectionFile: string;
  readonly workdir: string;
  /** Variable that all its processes carry, so that what it leaves behind is found. */
  readonly marker: readonly [name: string, value: string];
  readonly flags: readonly string[];
  /** Command that runs the worker's command in its own place (`exec`). */
  readonly through?: readonly string[];
}

/** A real `vine worker` and what it says. */
export class WorkerProcess {
  readonly name: string;
  readonly workdir: string;
  readonly lines: WorkerLine[] = [];
  readonly #child: ChildProcess;
  /** Resolves when the process has ended. */
  readonly exited: Promise<unknown>;
  #complaints = "";

  constructor({ name, connectionFile, workdir, marker, flags, through = [] }: WorkerProcessOptions) {
    this.name = name;
    this.workdir = workdir;
    const own = ["--name", name, "--connection-file", connectionFile, "--workdir", workdir, "--json"];
    const [program = process.execPath, ...words] = [
      ...through,
      process.execPath,
      VINE,
      "worker",
      ...own,
      ...flags,
    ];
    this.#child = spawn(program, words, {
      env: { ...process.env, [marker[0]]: marker[1] },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exited = once(this.#child, "exit");
    if (this.#child.stdout !== null) {
      createInterface(this.#child.stdout).on("line", (line) =>
        this.lines.push(JSON.parse(line) as WorkerLine),
      );
    }
    this.#child.stderr?.on("data", (bytes: Buffer) => (this.#complaints += bytes.toString()));
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.name} was not started`);
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it wrote on standard error. */
  get complaints(): string {
    return this.#complaints;
  }

  /** Sends a signal, SIGKILL unless told otherwise; resolves when the process has ended, except for SIGSTOP and SIGCONT. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (!this.isRunning) return;
    this.#child.kill(signal);
    if (signal !== "SIGSTOP" && signal !== "SIGCONT") await this.exited;
  }

  /** Ends it in good order. */
  async stop(): Promise<number | null> {
    await this.kill("SIGTERM");
    return this.#child.exitCode;
  }
}
