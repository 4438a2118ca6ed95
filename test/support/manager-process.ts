import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { removeTree } from "@taskvine/core/data";
import { eventually } from "./eventually.js";
import { markedProcesses } from "./leaks.js";
import { WorkerProcess } from "./worker-process.js";

const VINE = fileURLToPath(new URL("../../../packages/cli/bin/vine.js", import.meta.url));

/** A line of `vine manager --json`. */
export type ManagerLine = { readonly event: string } & Readonly<Record<string, unknown>>;

/** A real `vine manager`, and workers for it, in a folder of their own. Ends with everything it started. */
export class ManagerProcess implements AsyncDisposable {
  readonly folder: string;
  readonly lines: ManagerLine[] = [];
  readonly exited: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #workers: WorkerProcess[] = [];
  #complaints = "";

  private constructor(folder: string, flags: readonly string[]) {
    this.folder = folder;
    const own = ["--json", "--end-with-stdin", "--run-directory", join(folder, "runs")];
    this.#child = spawn(process.execPath, [VINE, "manager", ...own, ...flags], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...Object.fromEntries([this.#marker]), XDG_CACHE_HOME: folder },
    });
    this.exited = once(this.#child, "exit");
    if (this.#child.stdout !== null)
      createInterface(this.#child.stdout).on("line", (line) =>
        this.lines.push(JSON.parse(line) as ManagerLine),
      );
    this.#child.stderr?.on("data", (bytes: Buffer) => (this.#complaints += bytes.toString()));
  }

  static async start(flags: readonly string[] = []): Promise<ManagerProcess> {
    const manager = new ManagerProcess(await mkdtemp(join(tmpdir(), `vine-manager-${process.pid}-`)), flags);
    try {
      await manager.line("ready");
      return manager;
    } catch (cause) {
      await manager[Symbol.asyncDispose]();
      throw cause;
    }
  }

  get connectionFile(): string {
    return String(this.lines.find(({ event }) => event === "ready")?.["connectionFile"]);
  }

  /** What it wrote on standard error. */
  get complaints(): string {
    return this.#complaints;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  line(event: string): Promise<ManagerLine> {
    return eventually(`the manager says ${event}`, () => {
      const found = this.lines.find((line) => line.event === event);
      if (found === undefined && this.exitCode !== null)
        throw new Error(`the manager ended with ${this.exitCode}: ${this.#complaints}`);
      return found;
    });
  }

  async addWorker(cores = 1): Promise<WorkerProcess> {
    const name = `worker-${this.#workers.length}`;
    const worker = new WorkerProcess({
      name,
      connectionFile: this.connectionFile,
      workdir: join(this.folder, name),
      marker: this.#marker,
      flags: [
        "--cores",
        String(cores),
        "--memory",
        "1GB",
        "--disk",
        "4GB",
        "--parent-death",
        "--single-shot",
      ],
    });
    this.#workers.push(worker);
    await eventually(`${name} joins`, () => {
      if (!worker.isRunning) throw new Error(`${name} ended: ${worker.complaints}`);
      return this.lines.some((line) => line.event === "worker-joined" && line["name"] === name);
    });
    return worker;
  }

  closeInput(): void {
    this.#child.stdin?.end();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closeInput();
    await this.exited;
    await eventually("all processes end", async () => (await markedProcesses(this.#marker)).length === 0);
    await removeTree(this.folder);
  }

  get #marker(): readonly [string, string] {
    return ["VINE_TEST_MANAGER", this.folder];
  }
}
