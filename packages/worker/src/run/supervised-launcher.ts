import { setTimeout as sleep } from "node:timers/promises";
import { VineError } from "@taskvine/core/model";
import { LauncherClient } from "../launcher/client.js";
import type { Ended, Failed, FromLauncher, Setup, Start } from "../launcher/messages.js";
import { Sweeper } from "../launcher/processes/sweep.js";

/** The launcher ended before the task did. */
export interface Lost {
  readonly type: "lost";
}

export type ProcessEnd = Ended | Failed | Lost;

interface Sent {
  onStarted(pid: number): void;
  resolve(how: ProcessEnd): void;
  pid?: number;
}

/** A child may be this long between being forked and being executed, when it does not carry its mark yet. */
const SPAWNING_MS = 50;

/** A launcher that is replaced when it is lost; the tasks that it ran are ended then. */
export class SupervisedLauncher {
  readonly #setup: Omit<Setup, "endsBefore">;
  readonly #sent = new Map<string, Sent>();
  #connected: Promise<LauncherClient> | undefined;
  #highestSeq = 0;
  #sweptSeq = 0;
  #unswept: { readonly seq: number; readonly then: () => void }[] = [];
  #closed = false;

  constructor(setup: Omit<Setup, "endsBefore">) {
    this.#setup = setup;
  }

  /** The launcher of now. Rejects with SPAWN_FAILED when it cannot be started; the next call tries again. */
  async connect(): Promise<LauncherClient> {
    if (this.#closed) throw new VineError("LAUNCHER_LOST", "the runner was closed");
    this.#connected ??= this.#start();
    return await this.#connected;
  }

  /** Resolves when the process has ended or was not started. */
  async run(start: Start, onStarted: (pid: number) => void): Promise<ProcessEnd> {
    const client = await this.connect();
    return await new Promise((resolve) => {
      this.#sent.set(start.key, { resolve, onStarted });
      client.send(start);
    });
  }

  kill(key: string, graceMs: number): void {
    this.#connected?.then(
      (client) => client.send({ type: "kill", key, graceMs }),
      () => undefined,
    );
  }

  /** Calls back when no process is left of the tasks that ended up to `seq`. */
  whenSwept(seq: number, then: () => void): void {
    if (seq <= this.#sweptSeq) then();
    else this.#unswept.push({ seq, then });
  }

  /** Ends all tasks and the launcher. */
  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#connected?.catch(() => undefined);
    await client?.close();
    this.#lose([...this.#sent.values()]);
  }

  async #start(): Promise<LauncherClient> {
    try {
      const setup = { ...this.#setup, endsBefore: this.#highestSeq };
      return await LauncherClient.start(setup, {
        onMessage: (message) => this.#receive(message),
        onLost: () => void this.#replace(),
      });
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
  }

  #receive(message: FromLauncher): void {
    if (message.type === "ready") return;
    if (message.type === "swept") return this.#onSwept(message.seq);
    const sent = this.#sent.get(message.key);
    if (sent === undefined) return;
    if (message.type === "started") {
      sent.pid = message.pid;
      sent.onStarted(message.pid);
      return;
    }
    if (message.type === "ended") this.#highestSeq = message.seq;
    this.#sent.delete(message.key);
    sent.resolve(message);
  }

  /** The launcher is gone, its tasks may not be: ends them before anybody hears of it, and starts another launcher. */
  async #replace(): Promise<void> {
    const lost = [...this.#sent.values()];
    this.#sent.clear();
    const swept = this.#sweepAlone(lost);
    this.#connected = swept.then(() => this.#start());
    this.#connected.catch(() => undefined); // told to the next run
    await swept;
    this.#onSwept(this.#highestSeq);
    this.#lose(lost);
  }

  async #sweepAlone(lost: readonly Sent[]): Promise<void> {
    const sweeper = new Sweeper({
      nonce: this.#setup.nonce,
      lockLimit: this.#setup.lockLimit,
      root: this.#setup.root,
      isRunning: () => false,
      isInUse: () => false,
      endedSessions: new Set(lost.flatMap(({ pid }) => pid ?? [])),
      runningSessions: () => new Set<number>(),
      longestRunMs: () => 0,
    });
    sweeper.sweep(true);
    await sleep(SPAWNING_MS);
    sweeper.sweep(true);
  }

  #lose(lost: readonly Sent[]): void {
    for (const { resolve } of lost) resolve({ type: "lost" });
  }

  #onSwept(seq: number): void {
    this.#sweptSeq = seq;
    const swept = this.#unswept.filter((waiting) => waiting.seq <= seq);
    this.#unswept = this.#unswept.filter((waiting) => waiting.seq > seq);
    for (const { then } of swept) then();
  }
}
