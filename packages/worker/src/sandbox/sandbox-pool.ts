import { lstatSync, type Stats } from "node:fs";
import { mkdir, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Trash } from "./trash.js";

/** One attempt's directory: `box` is where the command runs, `tmp` its TMPDIR. */
export interface Sandbox {
  readonly slot: string;
  readonly box: string;
  readonly tmp: string;
  /** Where streams are spilled to. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Empty sandboxes kept: as many as tasks can end between two sweeps on a fast machine. */
const MAX_IDLE = 256;
/** With more entries than this the sandbox is thrown away as a whole. */
const MAX_TIDY = 64;
/** The clock of a file system is this coarse: a younger stamp does not prove that nothing happened after it. */
const STAMP_MS = 50;

interface Prepared extends Sandbox {
  /** What the directories looked like when they were last known to be empty. */
  readonly looked: readonly Stats[];
}

/** Makes sandboxes, and uses them again: on most file systems making and removing directories costs more than a task. */
export class SandboxPool {
  readonly trash: Trash;
  readonly #root: string;
  readonly #idle: Prepared[] = [];
  /** The value tells whether a change since the last look would show. */
  readonly #inUse = new Map<Sandbox, { readonly prepared: Prepared; readonly telling: boolean }>();
  #count = 0;

  private constructor(root: string, trash: Trash) {
    this.#root = root;
    this.trash = trash;
  }

  /** `root` is a real path, without links. */
  static async open(root: string): Promise<SandboxPool> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    return new SandboxPool(root, await Trash.open(join(root, "trash")));
  }

  async take(): Promise<Sandbox> {
    const prepared = this.#idle.shift() ?? (await this.#make());
    const now = Date.now();
    const telling = prepared.looked.every((stat) => now - stat.ctimeMs > STAMP_MS);
    this.#inUse.set(prepared, { prepared, telling });
    return prepared;
  }

  /**
   * Takes a sandbox back; nothing of its task may run any more. `links` are names of mounts directly in the box.
   * Never rejects: a sandbox that cannot be cleaned is thrown away, and at worst stays until the worker ends.
   */
  async give(sandbox: Sandbox, links: ReadonlySet<string>): Promise<void> {
    const used = this.#inUse.get(sandbox);
    this.#inUse.delete(sandbox);
    if (used === undefined) return;
    const { prepared, telling } = used;
    try {
      const clean = telling && isUntouched(prepared) ? prepared : await this.#tidy(prepared, links);
      if (clean !== undefined && this.#idle.length < MAX_IDLE) this.#idle.push(clean);
      else await this.trash.throw(prepared.slot);
    } catch {
      await this.trash.throw(prepared.slot).catch(() => undefined);
    }
  }

  /** Throws a sandbox away with all that is in it. Never rejects. */
  async discard(sandbox: Sandbox): Promise<void> {
    this.#inUse.delete(sandbox);
    await this.trash.throw(sandbox.slot).catch(() => undefined);
  }

  /** Resolves when nothing is under way; the directory itself stays. */
  async close(): Promise<void> {
    await this.trash.settled();
  }

  /** Whether nothing was made in the sandbox since it was taken; false also when that cannot be told cheaply. */
  isUntouched(sandbox: Sandbox): boolean {
    const used = this.#inUse.get(sandbox);
    return used !== undefined && used.telling && isUntouched(used.prepared);
  }

  async #make(): Promise<Prepared> {
    this.#count += 1;
    const slot = join(this.#root, String(this.#count));
    const sandbox = {
      slot,
      box: join(slot, "box"),
      tmp: join(slot, "tmp"),
      stdout: join(slot, "stdout"),
      stderr: join(slot, "stderr"),
    };
    await mkdir(slot, { mode: 0o700 });
    await Promise.all([mkdir(sandbox.box, { mode: 0o755 }), mkdir(sandbox.tmp, { mode: 0o700 })]);
    return look(sandbox);
  }

  /** Empties a sandbox; undefined when it is not worth it, or when the task changed the directories themselves. */
  async #tidy(prepared: Prepared, links: ReadonlySet<string>): Promise<Prepared | undefined> {
    if (!statAll(prepared).every((stat, index) => isSameDirectory(stat, prepared.looked[index])))
      return undefined;
    const entries = await Promise.all(
      [prepared.slot, prepared.box, prepared.tmp].map((path) => readdir(path)),
    );
    if (entries.reduce((sum, names) => sum + names.length, 0) > MAX_TIDY) return undefined;
    const [inSlot, inBox, inTmp] = entries as [string[], string[], string[]];
    await Promise.all([
      ...inSlot
        .filter((name) => name !== "box" && name !== "tmp")
        .map((name) => this.#throw(prepared.slot, name)),
      ...inBox.map((name) =>
        links.has(name) ? unlink(join(prepared.box, name)) : this.#throw(prepared.box, name),
      ),
      ...inTmp.map((name) => this.#throw(prepared.tmp, name)),
    ]);
    return look(prepared);
  }

  async #throw(directory: string, name: string): Promise<void> {
    await this.trash.throw(join(directory, name));
  }
}

function look(sandbox: Sandbox): Prepared {
  const { slot, box, tmp, stdout, stderr } = sandbox;
  return { slot, box, tmp, stdout, stderr, looked: statAll(sandbox) };
}

function statAll({ slot, box, tmp }: Sandbox): Stats[] {
  return [slot, box, tmp].map((path) => lstatSync(path));
}

/** A directory's change time moves with every entry made or removed in it, and nobody can set it back. */
function isUntouched(prepared: Prepared): boolean {
  return statAll(prepared).every((stat, index) => {
    const before = prepared.looked[index];
    return isSameDirectory(stat, before) && stat.ctimeMs === before?.ctimeMs;
  });
}

function isSameDirectory(stat: Stats, before: Stats | undefined): boolean {
  return (
    stat.isDirectory() && stat.ino === before?.ino && stat.mode === before.mode && stat.uid === before.uid
  );
}
