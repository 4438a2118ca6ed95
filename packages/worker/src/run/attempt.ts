import type { ResultCode } from "@taskvine/core/model";
import type { CapturedStream, Ended, Start } from "../launcher/messages.js";
import { DiskWatch, diskUsage } from "../sandbox/disk-usage.js";
import { taskEnvironment } from "../sandbox/environment.js";
import { type ChangedInputs, Mounts, type MountTools } from "../sandbox/mounts.js";
import { OutputWatch } from "../sandbox/output-watch.js";
import { collectOutputs } from "../sandbox/outputs.js";
import type { Sandbox, SandboxPool } from "../sandbox/sandbox-pool.js";
import { DamagedInput } from "../sandbox/stamp.js";
import type { RunEnd, RunHandle, RunnerEvents, RunRequest, StreamEnd } from "./contract.js";
import { type Refusal, refusedProcess, refusedSandbox } from "./refusal.js";
import type { SandboxFolder } from "./sandbox-folder.js";
import type { ProcessEnd, SupervisedLauncher } from "./supervised-launcher.js";
import { judge, type Killed, type Verdict, withDisk, withMissing } from "./verdict.js";

/** What an attempt needs of its runner. */
export interface AttemptContext {
  readonly pool: SandboxPool;
  /** How inputs get into sandboxes. */
  readonly tools: MountTools;
  readonly launcher: SupervisedLauncher;
  readonly events: RunnerEvents;
}

/** A sandbox with its inputs in it. */
interface Stage {
  readonly sandbox: Sandbox;
  readonly mounts: Mounts;
}

const GRACE_MS = 500;
const NOTHING: StreamEnd = { tail: new Uint8Array(0), size: 0, truncated: false };
const UNCHANGED: ChangedInputs = { loosened: [], damaged: [] };
const LAUNCHER_LOST: Verdict = {
  code: "unknown",
  message: "the process that starts tasks at the worker ended",
  error: "LAUNCHER_LOST",
};

/** One command from its sandbox to its outputs. */
export class Attempt implements RunHandle {
  readonly started: Promise<void>;
  readonly ended: Promise<RunEnd>;
  readonly #request: RunRequest;
  readonly #context: AttemptContext;
  readonly #createdAt = performance.now();
  /** Those of calls, if it is an instance of a library. */
  readonly #folders = new Set<SandboxFolder>();
  #stagedMs = 0;
  #resolveStarted: () => void = () => undefined;
  #stage: Stage | undefined;
  #killed: Killed | undefined;
  #running = false;
  #pid: number | undefined;
  /** Count of its end at the launcher; 0 where no process has run. */
  #seq = 0;

  constructor(request: RunRequest, context: AttemptContext) {
    this.#request = request;
    this.#context = context;
    this.started = new Promise((resolve) => (this.#resolveStarted = resolve));
    this.ended = this.#go();
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  /** What its process writes there counts as its own. */
  answerFor(folder: SandboxFolder): void {
    this.#folders.add(folder);
  }

  kill(code: ResultCode, message: string, graceMs = GRACE_MS): void {
    this.#killed ??= { code, message };
    if (this.#running) this.#context.launcher.kill(this.#request.key, graceMs);
  }

  async #go(): Promise<RunEnd> {
    try {
      const stage = await this.#makeStage();
      this.#stagedMs = performance.now() - this.#createdAt;
      if (this.#killed !== undefined) return this.#withoutProcess(this.#killed);
      return await this.#run(stage);
    } catch (error) {
      const damaged = error instanceof DamagedInput ? [error.path] : [];
      return this.#withoutProcess(this.#killed ?? refusedSandbox(error), { loosened: [], damaged });
    } finally {
      this.#resolveStarted();
    }
  }

  async #makeStage(): Promise<Stage> {
    const { pool, tools } = this.#context;
    const sandbox = await pool.take();
    const mounts = new Mounts(sandbox, tools);
    this.#stage = { sandbox, mounts };
    const { mounts: wanted, outputs } = this.#request;
    await mounts.place(
      wanted,
      outputs.map(({ name }) => name),
    );
    return this.#stage;
  }

  async #run(stage: Stage): Promise<RunEnd> {
    const watches = this.#watchOutputs(stage);
    const disk = this.#watchDisk(stage);
    const end = await this.#runProcess(stage).finally(async () => {
      await Promise.all([disk.stop(() => this.#diskAtEnd(stage)), ...watches.map((watch) => watch.stop())]);
    });
    if (end.type === "ended") return await this.#finish(stage, end, disk);
    if (end.type === "failed") return this.#withoutProcess(refusedProcess(end));
    return this.#withoutProcess(this.#killed ?? LAUNCHER_LOST, await stage.mounts.changed());
  }

  async #runProcess({ sandbox }: Stage): Promise<ProcessEnd> {
    this.#running = true;
    try {
      return await this.#context.launcher.run(this.#startMessage(sandbox), (pid) => {
        this.#pid = pid;
        this.#resolveStarted();
      });
    } finally {
      this.#running = false;
    }
  }

  #startMessage({ box, tmp, stdout, stderr }: Sandbox): Start {
    const { key, command, env, allocation, wallTimeMs, endWithinMs, outputs, mounts } = this.#request;
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
        ...(endWithinMs === undefined ? {} : { endMs: endWithinMs - this.#stagedMs }),
      },
      settle: outputs.length + mounts.length > 0,
    };
  }

  #watchOutputs({ sandbox }: Stage): OutputWatch[] {
    const { key, outputs } = this.#request;
    const { events } = this.#context;
    return outputs
      .filter(({ watch }) => watch)
      .map(
        ({ name }) => new OutputWatch(sandbox.box, name, (at, data) => events.onWatched(key, name, at, data)),
      );
  }

  #watchDisk({ mounts }: Stage): DiskWatch {
    const { disk } = this.#request.allocation;
    const message = `${this.#diskUser} grew past its allocation of ${disk} bytes`;
    const exceed = (): void => this.kill("sandbox-exhaustion", message);
    return new DiskWatch(() => this.#diskUsage(mounts), disk, exceed);
  }

  get #diskUser(): string {
    return this.#request.alsoFills === undefined ? "the sandbox" : "what it and its calls wrote";
  }

  async #diskUsage(mounts: Mounts): Promise<number> {
    const { alsoFills } = this.#request;
    let bytes = await mounts.diskUsage();
    if (alsoFills !== undefined) {
      const written = await diskUsage([alsoFills.folder], { isInput: () => false });
      bytes += Math.max(0, written - alsoFills.roomInCache());
    }
    for (const folder of this.#folders) {
      bytes += await folder.diskUsage();
      if (folder.isDisposed) this.#folders.delete(folder);
    }
    return bytes;
  }

  async #diskAtEnd({ sandbox, mounts }: Stage): Promise<number> {
    return this.#context.pool.isUntouched(sandbox) ? 0 : await mounts.diskUsage();
  }

  async #finish({ sandbox, mounts }: Stage, ended: Ended, disk: DiskWatch): Promise<RunEnd> {
    this.#seq = ended.seq;
    const endedMs = performance.now() - this.#createdAt;
    const [stdout, stderr] = ended.blobs ?? [];
    const tail = stderr ?? NOTHING.tail;
    const verdict = this.#judge(ended, disk, tail);
    const succeeded = verdict.code === "success" && ended.exitCode === 0;
    const { damaged, loosened } = await mounts.changed();
    const wanted = damaged.length > 0 ? [] : this.#request.outputs;
    const { outputs, missing } = await collectOutputs(sandbox, wanted, succeeded);
    const collectedMs = performance.now() - this.#createdAt - endedMs;
    return {
      ...withMissing(verdict, missing, tail),
      ...(ended.exitCode === undefined ? {} : { exitCode: ended.exitCode }),
      ...(ended.signal === undefined ? {} : { signal: ended.signal }),
      stdout: streamEnd(ended.stdout, stdout ?? NOTHING.tail, sandbox.stdout),
      stderr: streamEnd(ended.stderr, tail, sandbox.stderr),
      outputs,
      damagedInputs: damaged,
      loosenedInputs: loosened,
      measured: { ...ended.usage, ...(disk.most === undefined ? {} : { disk: disk.most }) },
      phases: { stagedMs: this.#stagedMs, ranMs: endedMs - this.#stagedMs, collectedMs },
      dispose: () => this.#dispose(),
    };
  }

  #judge(ended: Ended, disk: DiskWatch, stderr: Uint8Array): Verdict {
    const verdict = judge(this.#request, ended, this.#killed, stderr);
    if (!disk.exceeded) return verdict;
    const { allocation } = this.#request;
    return withDisk(verdict, this.#diskUser, { used: disk.most ?? 0, allocated: allocation.disk });
  }

  #withoutProcess(verdict: Verdict | Refusal, changed: ChangedInputs = UNCHANGED): RunEnd {
    return {
      ...verdict,
      stdout: NOTHING,
      stderr: NOTHING,
      outputs: [],
      damagedInputs: changed.damaged,
      loosenedInputs: changed.loosened,
      measured: { wallMs: 0 },
      phases: { stagedMs: this.#stagedMs, ranMs: 0, collectedMs: 0 },
      dispose: () => this.#dispose(),
    };
  }

  #dispose(): void {
    const stage = this.#stage;
    this.#stage = undefined;
    if (stage === undefined) return;
    const { launcher, pool } = this.#context;
    launcher.whenSwept(this.#seq, () => {
      void stage.mounts.release().then(() => pool.give(stage.sandbox, stage.mounts.names));
    });
  }
}

function streamEnd({ size, spilled, truncated }: CapturedStream, tail: Uint8Array, path: string): StreamEnd {
  return { tail, size, truncated, ...(spilled ? { path } : {}) };
}
