import { type ResultCode, VineError } from "@taskvine/core/model";
import type { Ended, Failed, Start } from "../launcher/messages.js";
import { DiskWatch, diskUsage } from "../sandbox/disk-usage.js";
import { taskEnvironment } from "../sandbox/environment.js";
import { type Mounted, mountAll } from "../sandbox/mounts.js";
import { OutputWatch } from "../sandbox/output-watch.js";
import { collectOutputs } from "../sandbox/outputs.js";
import type { Placing } from "../sandbox/place-file.js";
import type { Sandbox, SandboxPool } from "../sandbox/sandbox-pool.js";
import type { RunEnd, RunHandle, RunnerEvents, RunRequest, StreamEnd } from "./contract.js";
import type { SupervisedLauncher } from "./supervised-launcher.js";
import { judge, type Killed, type Verdict, withDisk, withMissing } from "./verdict.js";

/** What an attempt needs of its runner. */
export interface AttemptContext {
  readonly pool: SandboxPool;
  /** How inputs get into sandboxes. */
  readonly placing: Placing;
  readonly launcher: SupervisedLauncher;
  readonly events: RunnerEvents;
}

const GRACE_MS = 500;
const EMPTY_STREAM: StreamEnd = { tail: new Uint8Array(0), size: 0, truncated: false };
const NO_MOUNTS: Mounted = { links: new Set(), inodes: new Set(), damaged: () => Promise.resolve([]) };

/** One command from its sandbox to its outputs. */
export class Attempt implements RunHandle {
  readonly started: Promise<void>;
  readonly ended: Promise<RunEnd>;
  readonly #request: RunRequest;
  readonly #context: AttemptContext;
  readonly #createdAt = performance.now();
  #resolveStarted: () => void = () => undefined;
  #sandbox: Sandbox | undefined;
  #mounted = NO_MOUNTS;
  #killed: Killed | undefined;
  #running = false;
  #seq = 0;

  constructor(request: RunRequest, context: AttemptContext) {
    this.#request = request;
    this.#context = context;
    this.started = new Promise((resolve) => (this.#resolveStarted = resolve));
    this.ended = this.#go();
  }

  kill(code: ResultCode, message: string, graceMs = GRACE_MS): void {
    this.#killed ??= { code, message };
    if (this.#running) this.#context.launcher.kill(this.#request.key, graceMs);
  }

  async #go(): Promise<RunEnd> {
    try {
      const sandbox = await this.#stage();
      const stagedAt = performance.now();
      if (this.#killed !== undefined) return this.#withoutProcess(this.#killed);
      return await this.#run(sandbox, stagedAt);
    } catch (error) {
      return this.#withoutProcess(this.#killed ?? refusal(error));
    } finally {
      this.#resolveStarted();
    }
  }

  async #stage(): Promise<Sandbox> {
    const { mounts, outputs } = this.#request;
    const sandbox = await this.#context.pool.take();
    this.#sandbox = sandbox;
    const names = outputs.map(({ name }) => name);
    if (mounts.length + names.length > 0)
      this.#mounted = await mountAll(sandbox.box, mounts, names, this.#context.placing);
    return sandbox;
  }

  async #run(sandbox: Sandbox, stagedAt: number): Promise<RunEnd> {
    const { key, outputs } = this.#request;
    const watches = outputs
      .filter(({ watch }) => watch)
      .map(
        ({ name }) =>
          new OutputWatch(sandbox.box, name, (at, data) =>
            this.#context.events.onWatched(key, name, at, data),
          ),
      );
    const disk = this.#watchDisk(sandbox);
    this.#running = true;
    const ended = await this.#context.launcher.run(this.#start(sandbox, stagedAt), this.#resolveStarted);
    this.#running = false;
    await Promise.all([disk.stop(() => this.#diskAtEnd(sandbox)), ...watches.map((watch) => watch.stop())]);
    if (ended.type === "ended") return await this.#finish(sandbox, ended, disk, stagedAt);
    if (ended.type === "failed") return this.#withoutProcess(refusedProcess(ended));
    return this.#withoutProcess(this.#killed ?? LAUNCHER_LOST);
  }

  #start({ box, tmp, stdout, stderr }: Sandbox, stagedAt: number): Start {
    const { key, command, env, allocation, wallTimeMs, endWithinMs, outputs } = this.#request;
    return {
      type: "start",
      key,
      command,
      cwd: box,
      env: taskEnvironment(allocation, { box, tmp }, env),
      spill: { stdout, stderr },
      limits: {
        ...(allocation.memory > 0 ? { memory: allocation.memory } : {}),
        ...(wallTimeMs === undefined ? {} : { wallMs: wallTimeMs }),
        ...(endWithinMs === undefined ? {} : { endMs: endWithinMs - (stagedAt - this.#createdAt) }),
      },
      settle: outputs.length > 0 || this.#request.mounts.length > 0,
    };
  }

  #watchDisk(sandbox: Sandbox): DiskWatch {
    const { allocation } = this.#request;
    const measure = (): Promise<number> => diskUsage([sandbox.box, sandbox.tmp], this.#mounted.inodes);
    const message = `the sandbox grew past its allocation of ${allocation.disk} bytes`;
    return new DiskWatch(measure, allocation.disk, () => this.kill("sandbox-exhaustion", message));
  }

  async #diskAtEnd(sandbox: Sandbox): Promise<number> {
    if (this.#context.pool.isUntouched(sandbox)) return 0;
    return await diskUsage([sandbox.box, sandbox.tmp], this.#mounted.inodes);
  }

  async #finish(sandbox: Sandbox, ended: Ended, disk: DiskWatch, stagedAt: number): Promise<RunEnd> {
    this.#seq = ended.seq;
    const endedAt = performance.now();
    const [stdout, stderr] = ended.blobs ?? [];
    const tail = stderr ?? EMPTY_STREAM.tail;
    let verdict: Verdict = judge(this.#request, ended, this.#killed, tail);
    if (disk.exceeded) verdict = withDisk(verdict, disk.most ?? 0, this.#request.allocation.disk);
    const succeeded = verdict.code === "success" && ended.exitCode === 0;
    const { outputs, missing } = await collectOutputs(sandbox, this.#request.outputs, succeeded);
    verdict = withMissing(verdict, missing, tail);
    return {
      ...verdict,
      ...(ended.exitCode === undefined ? {} : { exitCode: ended.exitCode }),
      ...(ended.signal === undefined ? {} : { signal: ended.signal }),
      stdout: { ...streamEnd(ended.stdout, sandbox.stdout), tail: stdout ?? EMPTY_STREAM.tail },
      stderr: { ...streamEnd(ended.stderr, sandbox.stderr), tail },
      outputs,
      damagedInputs: await this.#mounted.damaged(),
      measured: { ...ended.usage, ...(disk.most === undefined ? {} : { disk: disk.most }) },
      phases: {
        stagedMs: stagedAt - this.#createdAt,
        ranMs: endedAt - stagedAt,
        collectedMs: performance.now() - endedAt,
      },
      dispose: () => this.#dispose(),
    };
  }

  #withoutProcess(verdict: Verdict & { readonly notStarted?: true }): RunEnd {
    return {
      ...verdict,
      stdout: EMPTY_STREAM,
      stderr: EMPTY_STREAM,
      outputs: [],
      damagedInputs: [],
      measured: { wallMs: 0 },
      phases: { stagedMs: performance.now() - this.#createdAt, ranMs: 0, collectedMs: 0 },
      dispose: () => this.#dispose(),
    };
  }

  #dispose(): void {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    if (sandbox === undefined) return;
    const { launcher, pool } = this.#context;
    launcher.whenSwept(this.#seq, () => void pool.give(sandbox, this.#mounted.links));
  }
}

const LAUNCHER_LOST: Verdict = {
  code: "unknown",
  message: "the process that starts tasks at the worker ended",
  error: "LAUNCHER_LOST",
};

function streamEnd(
  { size, spilled, truncated }: Ended["stdout"],
  path: string,
): { readonly size: number; readonly truncated: boolean; readonly path?: string } {
  return { size, truncated, ...(spilled ? { path } : {}) };
}

/** Why there is no sandbox, as far as the system's word for it tells. */
const REFUSALS: Readonly<Record<string, Pick<Verdict, "code" | "error">>> = {
  ENOSPC: { code: "unknown", error: "DISK_FULL" },
  EDQUOT: { code: "unknown", error: "DISK_FULL" },
  ENOENT: { code: "input-missing", error: "INPUT_MISSING" },
};

function refusal(error: unknown): Verdict & { readonly notStarted: true } {
  if (error instanceof VineError) {
    return { code: "unknown", message: error.message, error: error.code, notStarted: true };
  }
  const { code = "", message } = error as NodeJS.ErrnoException;
  const known = REFUSALS[code] ?? { code: "unknown", error: "SPAWN_FAILED" };
  return { ...known, message: `the sandbox could not be made: ${message}`, notStarted: true };
}

function refusedProcess({ message }: Failed): Verdict & { readonly notStarted: true } {
  return {
    code: "unknown",
    message: `the command could not be started: ${message}`,
    error: "SPAWN_FAILED",
    notStarted: true,
  };
}
