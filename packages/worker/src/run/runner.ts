import { randomBytes } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { LIMITS, VineError } from "@taskvine/core/model";
import { drawLockLimit } from "../launcher/processes/lock-limit.js";
import { inheritedEnvironment } from "../sandbox/environment.js";
import { choosePlacing } from "../sandbox/place-file.js";
import { removeTree } from "../sandbox/remove-tree.js";
import { SandboxPool } from "../sandbox/sandbox-pool.js";
import { TreeClones } from "../sandbox/trees/tree-clones.js";
import { Attempt, type AttemptContext } from "./attempt.js";
import { checkNames, checkRequest } from "./check-request.js";
import type { Mount, RunHandle, Runner, RunnerEvents, RunRequest, StagedFolder } from "./contract.js";
import { SandboxFolder } from "./sandbox-folder.js";
import { makeSocketFolder } from "./socket-folder.js";
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
  await mkdir(options.root, { recursive: true, mode: 0o700 });
  const root = await realpath(options.root);
  const pool = await SandboxPool.open(root);
  const socketFolder = await makeSocketFolder();
  const launcher = new SupervisedLauncher({
    type: "setup",
    socketFolder,
    nonce: randomBytes(9).toString("base64url"),
    lockLimit: drawLockLimit(),
    root,
    env: inheritedEnvironment(options.env ?? process.env),
    tailBytes: options.tailBytes ?? LIMITS.inlineBytes,
    streamBytes: options.streamBytes ?? LIMITS.streamBytes,
  });
  try {
    const { modeBitsBind } = await launcher.connect();
    const placing = await choosePlacing(root, modeBitsBind);
    const { events } = options;
    const trees = await TreeClones.open({
      directory: join(root, "trees"),
      placing,
      trash: pool.trash,
    });
    return new ProcessRunner({ root, socketFolder }, { pool, launcher, tools: { placing, trees }, events });
  } catch (error) {
    await Promise.all([root, socketFolder].map(removeTree));
    throw error;
  }
}

class ProcessRunner implements Runner {
  readonly socketFolder: string;
  readonly #root: string;
  readonly #context: AttemptContext;
  readonly #attempts = new Map<string, Attempt>();
  #closed: Promise<void> | undefined;

  constructor(
    { root, socketFolder }: { readonly root: string; readonly socketFolder: string },
    context: AttemptContext,
  ) {
    this.#root = root;
    this.socketFolder = socketFolder;
    this.#context = context;
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

  async stage(mounts: readonly Mount[], otherNames: readonly string[], of: string): Promise<StagedFolder> {
    if (this.#closed !== undefined) throw new VineError("INTERNAL", "the runner was closed");
    checkNames(
      mounts,
      otherNames.map((name) => ({ name })),
    );
    const { pool, tools } = this.#context;
    const folder = await SandboxFolder.make(pool, tools, mounts, otherNames);
    this.#attempts.get(of)?.answerFor(folder);
    return folder;
  }

  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #close(): Promise<void> {
    const { launcher, pool, tools } = this.#context;
    for (const attempt of this.#attempts.values()) attempt.kill("cancelled", "the worker ends", 0);
    await launcher.close();
    await Promise.all([...this.#attempts.values()].map((attempt) => attempt.ended));
    tools.trees.close();
    await pool.close();
    await Promise.all([this.#root, this.socketFolder].map(removeTree));
  }
}
