import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { VineError } from "@taskvine/core/model";
import type { AssignInput, Call } from "@taskvine/core/protocol";
import type { CallEntry } from "../../machine/libraries/tables/call.js";
import { entriesAt, mountsOf } from "../../perform/mounted.js";
import type { Parts } from "../../perform/parts.js";
import type { Mount, StagedFolder } from "../../run/contract.js";
import { DamagedInput } from "../../sandbox/stamp.js";

interface Staging {
  readonly mounts: readonly Mount[];
  folder: StagedFolder | undefined;
  /** Nobody wants it any more. */
  isOver: boolean;
}

/** The folders of calls that have one, from before the call is sent until its outputs have been taken. */
export class CallSandboxes {
  readonly #parts: Parts;
  readonly #all = new Map<CallEntry, Staging>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Makes one, unless it is there from an earlier try; answers with an event. */
  stage(call: CallEntry): void {
    const here = this.#all.get(call);
    if (here !== undefined) {
      if (here.folder !== undefined) this.#parts.post({ type: "call-staged", call });
      return;
    }
    const mounts = mountsOf(this.#parts, mountedFromCache(call.order.call));
    const staging: Staging = { mounts, folder: undefined, isOver: false };
    this.#all.set(call, staging);
    void this.#make(call, staging);
  }

  folderOf(call: CallEntry): StagedFolder | undefined {
    return this.#all.get(call)?.folder;
  }

  mountsOf(call: CallEntry): readonly Mount[] {
    return this.#all.get(call)?.mounts ?? [];
  }

  dispose(call: CallEntry): void {
    const staging = this.#all.get(call);
    if (staging === undefined) return;
    this.#all.delete(call);
    staging.isOver = true;
    staging.folder?.dispose();
  }

  async #make(call: CallEntry, staging: Staging): Promise<void> {
    try {
      const folder = await this.#fill(call, staging.mounts);
      if (staging.isOver) {
        folder.dispose();
        return;
      }
      staging.folder = folder;
      this.#parts.post({ type: "call-staged", call });
    } catch (error) {
      if (staging.isOver) return;
      this.#all.delete(call);
      for (const cacheName of damagedBy(this.#parts, staging.mounts, error)) {
        const reason = "changed by a task that had it as input";
        this.#parts.post({ type: "entry-damaged", cacheName, reason });
      }
      const { message } = VineError.from(error);
      this.#parts.post({ type: "call-unstaged", call, message: `its sandbox could not be made: ${message}` });
    }
  }

  async #fill({ order: { call }, instance }: CallEntry, mounts: readonly Mount[]): Promise<StagedFolder> {
    const values = call.inputs.filter(({ use, from }) => use === undefined && "value" in from);
    const names = [...values, ...call.outputs].map(({ name }) => name);
    const folder = await this.#parts.runner.stage(mounts, names, instance);
    try {
      for (const { name, from } of values) {
        if ("value" in from) await writeFile(join(folder.path, name), from.value, { flag: "wx" });
      }
      return folder;
    } catch (error) {
      folder.dispose();
      throw error;
    }
  }
}

function mountedFromCache({ inputs }: Call): AssignInput[] {
  return inputs.flatMap(({ name, use, from }) =>
    use === undefined && "cacheName" in from ? [{ name, cacheName: from.cacheName }] : [],
  );
}

function damagedBy(parts: Parts, mounts: readonly Mount[], error: unknown): ReturnType<typeof entriesAt> {
  return error instanceof DamagedInput ? entriesAt(parts, mounts, [error.path]) : [];
}
