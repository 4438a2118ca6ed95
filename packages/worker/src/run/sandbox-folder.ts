import { Mounts, type MountTools } from "../sandbox/mounts.js";
import { collectOutputs } from "../sandbox/outputs.js";
import type { Sandbox, SandboxPool } from "../sandbox/sandbox-pool.js";
import type { FolderEnd, Mount, StagedFolder, WantedOutput } from "./contract.js";

/** The sandbox is not used again: who has seen it may come back. */
export class SandboxFolder implements StagedFolder {
  readonly path: string;
  readonly #sandbox: Sandbox;
  readonly #mounts: Mounts;
  readonly #pool: SandboxPool;
  #isDisposed = false;

  private constructor(sandbox: Sandbox, mounts: Mounts, pool: SandboxPool) {
    this.path = sandbox.box;
    this.#sandbox = sandbox;
    this.#mounts = mounts;
    this.#pool = pool;
  }

  /** Rejects as the making of any sandbox does. */
  static async make(
    pool: SandboxPool,
    tools: MountTools,
    inputs: readonly Mount[],
    otherNames: readonly string[],
  ): Promise<SandboxFolder> {
    const sandbox = await pool.take();
    const folder = new SandboxFolder(sandbox, new Mounts(sandbox, tools), pool);
    try {
      await folder.#mounts.place(inputs, otherNames);
      return folder;
    } catch (error) {
      folder.dispose();
      throw error;
    }
  }

  async collect(wanted: readonly WantedOutput[], succeeded: boolean): Promise<FolderEnd> {
    const { damaged, loosened } = await this.#mounts.changed();
    const due = damaged.length > 0 ? [] : wanted;
    const collected = await collectOutputs(this.#sandbox, due, succeeded);
    return { ...collected, damagedInputs: damaged, loosenedInputs: loosened };
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Bytes on disk, without the inputs. */
  async diskUsage(): Promise<number> {
    return this.#isDisposed ? 0 : await this.#mounts.diskUsage();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    void this.#mounts.release().then(() => this.#pool.discard(this.#sandbox));
  }
}
