import { randomBytes } from "node:crypto";
import { realpath } from "node:fs/promises";
import { LIMITS, VineError } from "@taskvine/core/model";
import { inheritedEnvironment } from "../sandbox/environment.js";
import { choosePlacing, type Placing } from "../sandbox/place-file.js";
import { removeTree } from "../sandbox/remove-tree.js";
import { SandboxPool } from "../sandbox/sandbox-pool.js";
import { Attempt, type AttemptContext } from "./attempt.js";
import { checkRequest } from "./check-request.js";
import type { RunHandle, Runner, RunnerEvents, RunRequest } from "./contract.js";
import { SupervisedLauncher } from "./supervised-launcher.js";

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
  const launcher = new SupervisedLauncher({
    type: "setup",
    nonce: randomBytes(9).toString("base64url"),
    root,
    env: inheritedEnvironment(options.env ?? process.env),
    tailBytes: options.tailBytes ?? LIMITS.inlineBytes,
    streamBytes: options.streamBytes ?? LIMITS.streamBytes,
  });
  try {
    const { modeBitsBind } = await launcher.connect();
    const placing = await choosePlacing(root, modeBitsBind);
    return new ProcessRunner({ root, pool, launcher, placing, events: options.events });
  } catch (error) {
    await removeTree(root);
    throw error;
  }
}

interface Parts {
  readonly root: string;
  readonly pool: SandboxPool;
  readonly launcher: SupervisedLauncher;
  readonly placing: Placing;
  readonly events: RunnerEvents;
}

class ProcessRunner implements Runner {
  readonly #parts: Parts;
  readonly #context: AttemptContext;
  readonly #attempts = new Map<string, Attempt>();
  #closed: Promise<void> | undefined;

  constructor(parts: Parts) {
    const { pool, placing, launcher, events } = parts;
    this.#parts = parts;
    this.#context = { pool, placing, launcher, events };
  }

  run(request: RunRequest): RunHandle {
    if (this.#closed !== undefined) throw new VineError("INTERNAL", "the runner was closed");
    if (this.#attempts.has(request.key)) {
      throw new VineError("BAD_ARGUMENT", `a run with the key ${request.key} is under way`);
    }
    checkRequest(request);
    const attempt = new Attempt(request, this.#context);
    this.#attempts.set(request.key, attempt);
    void attempt.ended.then(() => this.#attempts.delete(request.key));
    return attempt;
  }

  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #close(): Promise<void> {
    const { launcher, pool, root } = this.#parts;
    for (const attempt of this.#attempts.values()) attempt.kill("cancelled", "the worker ends", 0);
    await launcher.close();
    await Promise.all([...this.#attempts.values()].map((attempt) => attempt.ended));
    await pool.close();
    await removeTree(root);
  }
}
