import type { CacheName, ResultCode } from "@taskvine/core/model";
import { LIMITS } from "@taskvine/core/model";
import type { Assign, Deploy, ReturnReason, RunningAttempt } from "@taskvine/core/protocol";
import { valueFolderOf } from "../library/calls/value-file.js";
import type { Instances } from "../library/instances.js";
import { roomInCache } from "../machine/on-cache.js";
import type { AttemptKey } from "../machine/tables/order.js";
import type { Mount, RunEnd, RunHandle, RunRequest } from "../run/contract.js";
import { type Gathered, harvest } from "./harvest.js";
import { exitOf, libraryEnd } from "./library-end.js";
import { entriesAt, mountsOf } from "./mounted.js";
import { outcomeOf } from "./outcome.js";
import type { Parts } from "./parts.js";

interface Attempt {
  readonly assign: Assign;
  /** It is an instance of a library. */
  readonly deploy: Deploy | undefined;
  readonly arrivedMs: number;
  queuedMs: number;
  mounts: readonly Mount[];
  handle: RunHandle | undefined;
  /** The manager was told that it runs. */
  startTold: boolean;
  end: { readonly run: RunEnd; readonly gathered: Gathered } | undefined;
}

/** Runs the attempts that the machine starts, and tells the manager what became of them. */
export class TaskRuns {
  readonly #parts: Parts;
  readonly #instances: Instances;
  readonly #attempts = new Map<AttemptKey, Attempt>();

  constructor(parts: Parts, instances: Instances) {
    this.#parts = parts;
    this.#instances = instances;
  }

  assigned(key: AttemptKey, assign: Assign, deploy?: Deploy): void {
    if (this.#attempts.has(key)) return;
    const arrivedMs = this.#parts.nowMs();
    this.#attempts.set(key, {
      assign,
      deploy,
      arrivedMs,
      queuedMs: 0,
      mounts: [],
      handle: undefined,
      startTold: false,
      end: undefined,
    });
  }

  /** Those whose process runs, or is about to. */
  running(): RunningAttempt[] {
    const running = [...this.#attempts].filter(([key]) => this.#isRunning(key));
    return running.map(([, { assign }]) => ({ task: assign.task, attempt: assign.attempt }));
  }

  start(key: AttemptKey): void {
    const attempt = this.#attempts.get(key);
    if (attempt === undefined) return;
    attempt.queuedMs = this.#parts.nowMs() - attempt.arrivedMs;
    attempt.mounts = mountsOf(this.#parts, attempt.assign.inputs, attempt.assign.copyInputs);
    const handle = this.#parts.runner.run(this.#requestFor(key, attempt));
    attempt.handle = handle;
    if (attempt.deploy !== undefined) this.#instances.follow(key, handle);
    void handle.started.then(() => this.#started(key, attempt));
    void handle.ended.then((end) => this.#ended(key, attempt, end));
  }

  kill(key: AttemptKey, code: ResultCode, message: string, graceMs?: number): void {
    this.#attempts.get(key)?.handle?.kill(code, message, graceMs);
  }

  forget(key: AttemptKey): void {
    this.#attempts.delete(key);
  }

  giveBack(key: AttemptKey, reason: ReturnReason, message: string): void {
    const attempt = this.#attempts.get(key);
    this.#attempts.delete(key);
    if (attempt === undefined) return;
    const { task, attempt: count } = attempt.assign;
    this.#parts.outlet.say({ type: "returned", task, attempt: count, reason, message });
    this.#parts.news.tell({ type: "task-returned", task: key, reason, message });
  }

  report(key: AttemptKey): void {
    const attempt = this.#attempts.get(key);
    this.#attempts.delete(key);
    if (attempt?.end === undefined) return;
    const { task, attempt: count } = attempt.assign;
    const { run, gathered } = attempt.end;
    const outcome = outcomeOf(run, gathered, attempt.queuedMs);
    this.#parts.outlet.say({ type: "ended", task, attempt: count, outcome });
    const exit = run.exitCode === undefined ? {} : { exitCode: run.exitCode };
    this.#parts.news.tell({ type: "task-ended", task: key, code: run.code, ...exit });
  }

  /** Appended to a watched output. A piece is no larger than what may travel inline. */
  watched(key: AttemptKey, name: string, offset: number, data: Uint8Array): void {
    const entry = this.#isRunning(key) ? this.#attempts.get(key) : undefined;
    const output = entry?.assign.outputs.find((wanted) => wanted.name === name);
    if (entry === undefined || output === undefined) return;
    this.#started(key, entry);
    const { task, attempt } = entry.assign;
    for (let at = 0; at < data.length; at += LIMITS.inlineBytes) {
      const piece = data.subarray(at, at + LIMITS.inlineBytes);
      this.#parts.outlet.say({
        type: "watched",
        task,
        attempt,
        file: output.file,
        offset: offset + at,
        data: piece,
      });
    }
  }

  #requestFor(key: AttemptKey, { assign, deploy, queuedMs, mounts }: Attempt): RunRequest {
    const { command, env, allocation, wallTimeMs, endWithinMs } = assign;
    const more = deploy === undefined ? {} : this.#instances.open(key, deploy);
    return {
      key,
      command,
      env: { ...env, ...more },
      mounts,
      outputs: assign.outputs.map(({ name, when, watch }) => ({ name, when, watch })),
      allocation,
      ...(deploy === undefined ? {} : { alsoFills: this.#valuesOf(key) }),
      ...(wallTimeMs === undefined ? {} : { wallTimeMs }),
      ...(endWithinMs === undefined ? {} : { endWithinMs: Math.max(1, endWithinMs - queuedMs) }),
    };
  }

  #valuesOf(key: AttemptKey): NonNullable<RunRequest["alsoFills"]> {
    const { world } = this.#parts;
    return { folder: valueFolderOf(this.#parts, key), roomInCache: () => roomInCache(world) };
  }

  /** Once, and before anything else is told of it: what it writes may be seen sooner than that it has started. */
  #started(key: AttemptKey, attempt: Attempt): void {
    if (attempt.startTold || !this.#isRunning(key)) return;
    attempt.startTold = true;
    const { assign } = attempt;
    this.#parts.outlet.say({ type: "started", task: assign.task, attempt: assign.attempt });
    this.#parts.news.tell({ type: "task-started", task: key, command: assign.command });
  }

  /** Not told to end, so that somebody still wants to hear of it. */
  #isRunning(key: AttemptKey): boolean {
    return this.#parts.world.tasks.get(key)?.state.name === "running";
  }

  async #ended(key: AttemptKey, attempt: Attempt, end: RunEnd): Promise<void> {
    const parts = this.#parts;
    const { mounts, deploy } = attempt;
    const run = deploy === undefined ? end : libraryEnd(end, deploy.library);
    if (deploy !== undefined) {
      this.#instances.close(key);
      parts.post({ type: "library-exited", key, exit: exitOf(end) });
    }
    if (run.damagedInputs.length > 0) {
      run.dispose();
      this.#spoiled(key, entriesAt(parts, mounts, run.damagedInputs));
      return;
    }
    if (run.notStarted === true) {
      run.dispose();
      const message = run.message ?? "it could not be started";
      this.#parts.post({ type: "task-unstarted", key, message });
      return;
    }
    const gathered = await harvest(parts, { key, assign: attempt.assign, run });
    attempt.end = { run: { ...run, ...gathered.fault }, gathered };
    const loosened = entriesAt(parts, mounts, run.loosenedInputs);
    parts.post({ type: "task-ended", key, outputs: gathered.stored, loosened });
    run.dispose();
  }

  #spoiled(key: AttemptKey, damaged: readonly CacheName[]): void {
    const message = "an input in the worker's cache was changed by a task that had it too";
    this.#parts.post({ type: "task-spoiled", key, damaged, message });
  }
}
