import type { FileSpec } from "../../files/file.js";
import type { LibrarySpec } from "../../libraries/library.js";
import { type FileId, fileId, type LibraryId, libraryId, type TaskId, taskId } from "../../model/ids.js";
import type { CallSpec, TaskSpec } from "../../tasks/task.js";
import { aCall, aFile, aLibrary, anInput, anOutput, aTask } from "../builders.js";
import type { Behaviour, PlannedLibrary } from "../world/order.js";
import type { PlannedFile, PlannedTask, Workload } from "./workload.js";

const KB = 1_000;

/** Builds a workload piece by piece; ids are counted. */
export class WorkloadBuilder {
  readonly #files = new Map<FileId, PlannedFile>();
  readonly #tasks = new Map<TaskId, PlannedTask>();
  readonly #libraries = new Map<LibraryId, PlannedLibrary>();
  #batches: Workload["batches"] = [];

  get files(): ReadonlyMap<FileId, PlannedFile> {
    return this.#files;
  }

  get tasks(): ReadonlyMap<TaskId, PlannedTask> {
    return this.#tasks;
  }

  get libraries(): ReadonlyMap<LibraryId, PlannedLibrary> {
    return this.#libraries;
  }

  /** A library of one core and two slots that takes 200 ms to load, unless told otherwise. */
  library(
    inputs: readonly FileId[],
    different: Partial<Omit<LibrarySpec, "id" | "inputs">> = {},
    about: { loadMs?: number; broken?: boolean } = {},
  ): LibraryId {
    const id = libraryId(this.#libraries.size + 1);
    const mounts = inputs.map((file) => anInput(file));
    const spec = aLibrary({ slots: 2, ...different, inputs: mounts, id });
    this.#libraries.set(id, { spec, loadMs: about.loadMs ?? 200, broken: about.broken ?? false });
    return id;
  }

  /** A call that reads these values and returns one as that file; what is different is said as of a task. */
  call(
    library: LibraryId,
    values: readonly FileId[],
    result: FileId | undefined,
    different: TaskDifference & { readonly call?: Partial<CallSpec> } = {},
  ): TaskId {
    const id = taskId(this.#tasks.size + 1);
    const call = { library, args: Uint8Array.of(id % 256, id >> 8), ...different.call };
    const mounts = { when: "success", watch: false, use: "value" } as const;
    const spec = aCall({
      inputs: values.map((file) => ({ file, name: `f${file}`, use: "value" })),
      outputs: result === undefined ? [] : [{ file: result, name: "", ...mounts }],
      retries: 1_000,
      ...different.spec,
      id,
      call,
    });
    const behaviour = { runMs: 50, exitCode: 0, memory: 0, outputBytes: [1 * KB], ...different.behaviour };
    this.#tasks.set(id, { spec, behaviour });
    return id;
  }

  /** A temp of 10 KB unless told otherwise. */
  file(spec: Partial<Omit<FileSpec, "id">> = {}, about: { size?: number; unusable?: boolean } = {}): FileId {
    const id = fileId(this.#files.size + 1);
    const planned = {
      spec: aFile({ ...spec, id }),
      size: about.size ?? 10 * KB,
      unusable: about.unusable ?? false,
    };
    this.#files.set(id, planned);
    return id;
  }

  /** A task that takes these files and leaves those; 100 ms and exit code 0 unless told otherwise. */
  task(inputs: readonly FileId[], outputs: readonly FileId[], different: TaskDifference = {}): TaskId {
    const id = taskId(this.#tasks.size + 1);
    const spec = aTask({
      command: `task ${id}`,
      inputs: inputs.map((file) => anInput(file)),
      outputs: outputs.map((file) =>
        anOutput(file, different.when === undefined ? {} : { when: different.when }),
      ),
      retries: 1_000,
      ...different.spec,
      id,
    });
    const outputBytes = outputs.map(() => 10 * KB);
    this.#tasks.set(id, {
      spec,
      behaviour: { runMs: 100, exitCode: 0, memory: 0, outputBytes, ...different.behaviour },
    });
    return id;
  }

  /** What is submitted together; all at once where this is never called. */
  submitInBatches(batches: Workload["batches"]): void {
    this.#batches = batches;
  }

  build(): Workload {
    const batches =
      this.#batches.length > 0 ? this.#batches : [{ afterMs: 0, tasks: [...this.#tasks.keys()] }];
    return { files: this.#files, tasks: this.#tasks, libraries: this.#libraries, batches };
  }
}

export interface TaskDifference {
  readonly spec?: Partial<Omit<TaskSpec, "id" | "inputs" | "outputs" | "call">>;
  readonly behaviour?: Partial<Behaviour>;
  /** When its outputs are collected. */
  readonly when?: "success" | "failure" | "always";
}
