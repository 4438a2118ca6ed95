import { randomBytes } from "node:crypto";
import { realpath } from "node:fs/promises";
import { LIMITS, VineError } from "@taskvine/core/model";
import { LauncherClient } from "../launcher/client.js";
import type { Ended, Failed, FromLauncher, Setup, Start } from "../launcher/messages.js";
import { Sweeper } from "../launcher/sweep.js";
import { inheritedEnvironment } from "../sandbox/environment.js";
import { choosePlacing, type Placing } from "../sandbox/place-file.js";
import { removeTree } from "../sandbox/remove-tree.js";
import { SandboxPool } from "../sandbox/sandbox-pool.js";
import { Attempt, type AttemptContext, type Lost } from "./attempt.js";
import type { Runner, RunnerEvents, RunRequest } from "./contract.js";

export interface RunnerOptions {
  /** Directory for sandboxes, on the file system of the cache. Emptied at start, gone after close: ours alone. */
  readonly root: string;
  readonly events: RunnerEvents;
  /** What tasks inherit, less what is meant for the worker. Default: our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Bytes of a stream kept in memory and inline. Default LIMITS.inlineBytes. */
  readonly tailBytes?: number;
  /** Bytes of a stream kept in its file. Default LIMITS.streamBytes. */
  readonly streamBytes?: number;
}

/** Starts the launcher and waits until it is ready. Rejects with SPAWN_FAILED. */
export async function createRunner(options: RunnerOptions): Promise<Runner> {
  await removeTree(options.root);
  const pool = await SandboxPool.open(options.root);
  const root = await realpath(options.root);
  const runner = new ProcessRunner(options, root, pool);
  await runner.ready();
  return runner;
}

interface Sent {
  readonly attempt: Attempt;
  resolve(how: Ended | Failed | Lost): void;
  pid?: number;
}

interface Connected {
  readonly client: LauncherClient;
  readonly placing: Placing;
}

class ProcessRunner implements Runner {
  readonly #setup: Setup;
  readonly #events: RunnerEvents;
  readonly #pool: SandboxPool;
  readonly #attempts = new Map<string, Attempt>();
  /** Given to the launcher. */
  readonly #sent = new Map<string, Sent>();
  #connected: Promise<Connected> | undefined;
  #sweptSeq = 0;
  #unswept: { readonly seq: number; readonly then: () => void }[] = [];
  #closed = false;

  constructor(options: RunnerOptions, root: string, pool: SandboxPool) {
    this.#events = options.events;
    this.#pool = pool;
    this.#setup = {
      type: "setup",
      nonce: randomBytes(9).toString("base64url"),
      root,
      env: inheritedEnvironment(options.env ?? process.env),
      tailBytes: options.tailBytes ?? LIMITS.inlineBytes,
      streamBytes: options.streamBytes ?? LIMITS.streamBytes,
    };
  }

  async ready(): Promise<void> {
    await this.#connect();
  }

  run(request: RunRequest): Attempt {
    if (this.#closed) throw new VineError("INTERNAL", "the runner was closed");
    if (this.#attempts.has(request.key)) throw new VineError("BAD_ARGUMENT", `there is a run ${request.key} already`);
    const attempt = new Attempt(request, this.#context());
    this.#attempts.set(request.key, attempt);
    void attempt.ended.then(() => this.#attempts.delete(request.key));
    return attempt;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const attempt of this.#attempts.values()) attempt.kill("cancelled", "the worker ends", 0);
    const connected = await this.#connected?.catch(() => undefined);
    await connected?.client.close();
    this.#loseAll();
    await Promise.all([...this.#attempts.values()].map((attempt) => attempt.ended));
    await this.#pool.trash.settled();
    await removeTree(this.#setup.root);
  }

  #context(): AttemptContext {
    return {
      pool: this.#pool,
      placing: async () => (await this.#connect()).placing,
      startProcess: (start) => this.#startProcess(start),
      killProcess: (key, graceMs) => this.#killProcess(key, graceMs),
      onWatched: (key, name, offset, data) => this.#events.onWatched(key, name, offset, data),
      whenSwept: (seq, then) => this.#whenSwept(seq, then),
    };
  }

  async #startProcess(start: Start): Promise<Ended | Failed | Lost> {
    const { client } = await this.#connect();
    const attempt = this.#attempts.get(start.key);
    if (this.#closed || attempt === undefined) return { type: "lost" };
    return await new Promise((resolve) => {
      this.#sent.set(start.key, { attempt, resolve });
      client.send(start);
    });
  }

  #killProcess(key: string, graceMs: number): void {
    void this.#connected?.then(({ client }) => client.send({ type: "kill", key, graceMs })).catch(() => undefined);
  }

  #connect(): Promise<Connected> {
    if (this.#closed && this.#connected === undefined) throw new VineError("LAUNCHER_LOST", "the runner was closed");
    this.#connected ??= this.#start();
    return this.#connected;
  }

  async #start(): Promise<Connected> {
    try {
      const client = await LauncherClient.start(this.#setup, {
        onMessage: (message) => this.#receive(message),
        onLost: () => this.#onLost(),
      });
      return { client, placing: await choosePlacing(this.#setup.root, client.modeBitsBind) };
    } catch (error) {
      this.#connected = undefined; // the next run tries again
      throw error;
    }
  }

  #receive(message: FromLauncher): void {
    if (message.type === "swept") return this.#onSwept(message.seq);
    if (message.type === "ready") return;
    const sent = this.#sent.get(message.key);
    if (sent === undefined) return;
    if (message.type === "started") {
      sent.pid = message.pid;
      sent.attempt.onStarted();
      return;
    }
    this.#sent.delete(message.key);
    sent.resolve(message);
  }

  /** The launcher is gone, its tasks may not be: we end them ourselves, and the next run starts another launcher. */
  #onLost(): void {
    this.#connected = undefined;
    this.#sweepAlone();
    this.#loseAll();
    this.#onSwept(Number.POSITIVE_INFINITY);
    this.#sweptSeq = 0;
  }

  #loseAll(): void {
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    for (const { resolve } of lost) resolve({ type: "lost" });
  }

  #sweepAlone(): void {
    const pids = [...this.#sent.values()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    const marking = {
      nonce: this.#setup.nonce,
      root: this.#setup.root,
      isRunning: () => false,
      isInUse: () => false,
      endedSessions: new Set(pids),
      runningSessions: () => new Set<number>(),
    };
    new Sweeper(marking).sweep(true);
  }

  #whenSwept(seq: number | undefined, then: () => void): void {
    if (seq === undefined || seq <= this.#sweptSeq) then();
    else this.#unswept.push({ seq, then });
  }

  #onSwept(seq: number): void {
    this.#sweptSeq = seq;
    const swept = this.#unswept.filter((waiting) => waiting.seq <= seq);
    this.#unswept = this.#unswept.filter((waiting) => waiting.seq > seq);
    for (const { then } of swept) then();
  }
}
