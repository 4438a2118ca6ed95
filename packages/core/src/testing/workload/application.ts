import type { Event } from "../../coordinator/event.js";
import type { FileId, LibraryId, TaskId } from "../../model/ids.js";
import type { FakeClock } from "../fake-clock.js";
import type { Store } from "../manager/store.js";
import type { Random } from "../random.js";
import type { Counts } from "../simulator/counts.js";
import type { Truth } from "./truth.js";
import type { Workload } from "./workload.js";

/** What the application does beside submitting and waiting, until the world heals. */
export interface Whims {
  /** Of a task to be cancelled some time after it was submitted. */
  readonly cancels: number;
  /** Of a finished task: one of its outputs is wanted at the manager. */
  readonly wants: number;
  /** Of a finished task: the copies of one of its inputs are thrown away. */
  readonly prunes: number;
  /** Of a finished task: one of its inputs is undeclared. */
  readonly undeclares: number;
  /** Of a finished call: its library is removed, if no task that is not submitted yet calls it. */
  readonly removes: number;
}

export const NO_WHIMS: Whims = { cancels: 0, wants: 0, prunes: 0, undeclares: 0, removes: 0 };

export interface ApplicationPorts {
  readonly workload: Workload;
  readonly truth: Truth;
  readonly whims: Whims;
  readonly clock: FakeClock;
  readonly random: Random;
  readonly store: Store;
  readonly counts: Counts;
  readonly post: (...events: readonly Event[]) => void;
  readonly gaveUp: (file: FileId) => void;
}

/** Declares files, submits tasks, changes its mind, and collects results. */
export class Application {
  readonly #ports: ApplicationPorts;
  readonly #declared = new Set<FileId>();
  readonly #undeclared = new Set<FileId>();
  readonly #libraries = new Set<LibraryId>();
  /** Calls of each library that are not submitted yet. */
  readonly #calledLater = new Map<LibraryId, number>();
  readonly #unfinished = new Set<TaskId>();
  readonly #wanted = new Set<FileId>();
  /** How many tasks that are not submitted yet name a file. */
  readonly #namedLater = new Map<FileId, number>();
  readonly #removed = new Set<LibraryId>();
  #batchesLeft: number;
  #calm = false;

  constructor(ports: ApplicationPorts) {
    this.#ports = ports;
    this.#batchesLeft = ports.workload.batches.length;
    for (const { spec } of ports.workload.tasks.values()) {
      for (const { file } of [...spec.inputs, ...spec.outputs]) this.#nameWithPartsLater(file, 1);
      if (spec.call !== undefined) this.#callLater(spec.call.library, 1);
    }
    for (const { spec } of ports.workload.libraries.values())
      for (const { file } of spec.inputs) this.#nameWithPartsLater(file, 1);
  }

  get unfinished(): readonly TaskId[] {
    return [...this.#unfinished];
  }

  /** Files that it waits for. */
  get unanswered(): readonly FileId[] {
    return [...this.#wanted];
  }

  get isDone(): boolean {
    return this.#batchesLeft === 0 && this.#unfinished.size === 0 && this.#wanted.size === 0;
  }

  start(): void {
    let afterMs = 0;
    for (const batch of this.#ports.workload.batches) {
      afterMs += batch.afterMs;
      this.#ports.clock.after(afterMs, () => {
        this.#submit(batch.tasks);
      });
    }
  }

  /** No more changes of mind. */
  calmDown(): void {
    this.#calm = true;
  }

  /** It has what it wanted, and will name nothing any more. */
  undeclareAll(): void {
    for (const library of this.#libraries) this.#remove(library);
    for (const file of this.#declared) this.#undeclare(file);
  }

  finished(task: TaskId): void {
    this.#unfinished.delete(task);
    if (!this.#calm) this.#followWhims(task);
  }

  /** A wanted file is at the manager, or will never be. */
  answered(file: FileId): void {
    this.#wanted.delete(file);
  }

  want(file: FileId): void {
    const { store, post, counts } = this.#ports;
    if (this.#undeclared.has(file) || store.has(file)) return;
    counts.add("wants");
    this.#wanted.add(file);
    post({ type: "file-wanted", file });
  }

  prune(file: FileId): void {
    const { post, counts, gaveUp } = this.#ports;
    if (this.#undeclared.has(file)) return;
    counts.add("prunes");
    gaveUp(file);
    post({ type: "file-pruned", file });
  }

  #submit(batch: readonly TaskId[]): void {
    const { workload, clock, random, post, counts, whims } = this.#ports;
    const tasks = batch.map((id) => workload.tasks.get(id)?.spec ?? missing(id));
    this.#batchesLeft -= 1;
    for (const { id, inputs, outputs, call } of tasks) {
      this.#unfinished.add(id);
      if (call !== undefined) this.#provide(call.library);
      for (const { file } of [...inputs, ...outputs]) {
        this.#declare(file);
        this.#nameWithPartsLater(file, -1);
      }
      if (!random.chance(whims.cancels)) continue;
      clock.after(random.exponential(3_000), () => {
        if (this.#calm) return;
        counts.add("cancels");
        post({ type: "task-cancelled", task: id });
      });
    }
    post({ type: "tasks-submitted", tasks });
  }

  #provide(library: LibraryId): void {
    this.#callLater(library, -1);
    if (this.#libraries.has(library)) return;
    this.#libraries.add(library);
    const { spec } = this.#ports.workload.libraries.get(library) ?? missing(library);
    for (const { file } of spec.inputs) {
      this.#declare(file);
      this.#nameWithPartsLater(file, -1);
    }
    this.#ports.post({ type: "library-declared", library: spec });
  }

  #remove(library: LibraryId): void {
    if (!this.#libraries.has(library) || this.#removed.has(library)) return;
    this.#removed.add(library);
    this.#ports.counts.add("removes");
    this.#ports.post({ type: "library-removed", library });
  }

  #perhapsRemove(library: LibraryId): void {
    const { random, whims } = this.#ports;
    if (this.#calledLater.get(library) === 0 && random.chance(whims.removes)) this.#remove(library);
  }

  /** It is declared only then, and needs what it is made of. */
  #nameWithPartsLater(file: FileId, change: 1 | -1): void {
    for (const name of [file, ...this.#ports.truth.partsOf(file)]) this.#nameLater(name, change);
  }

  #callLater(library: LibraryId, change: 1 | -1): void {
    this.#calledLater.set(library, (this.#calledLater.get(library) ?? 0) + change);
  }

  /** A recipe's parts first. */
  #declare(file: FileId): void {
    if (this.#declared.has(file)) return;
    const { workload, truth, store, post } = this.#ports;
    const spec = workload.files.get(file)?.spec ?? missing(file);
    if (truth.producerOf(file) === undefined) for (const part of truth.partsOf(file)) this.#declare(part);
    this.#declared.add(file);
    post({ type: "file-declared", file: spec });
    if (spec.origin.type !== "buffer") return;
    const identity = store.name(file);
    if (identity !== undefined) post({ type: "file-named", file, identity });
    else post({ type: "file-unusable", file, error: "INPUT_MISSING", message: "no such buffer" });
  }

  #followWhims(task: TaskId): void {
    const { workload, random, whims } = this.#ports;
    const { inputs, outputs, call } = workload.tasks.get(task)?.spec ?? missing(task);
    if (call !== undefined) this.#perhapsRemove(call.library);
    if (outputs.length > 0 && random.chance(whims.wants)) this.want(random.pick(outputs).file);
    if (inputs.length === 0) return;
    const { file } = random.pick(inputs);
    if (random.chance(whims.prunes)) this.prune(file);
    if ((this.#namedLater.get(file) ?? 0) === 0 && random.chance(whims.undeclares)) this.#undeclare(file);
  }

  #undeclare(file: FileId): void {
    if (this.#undeclared.has(file) || this.#wanted.has(file)) return;
    this.#ports.counts.add("undeclares");
    this.#ports.gaveUp(file);
    this.#undeclared.add(file);
    this.#ports.post({ type: "file-undeclared", file });
  }

  #nameLater(file: FileId, change: 1 | -1): void {
    this.#namedLater.set(file, (this.#namedLater.get(file) ?? 0) + change);
  }
}

function missing(id: number): never {
  throw new Error(`number ${id} is not in the workload`);
}
