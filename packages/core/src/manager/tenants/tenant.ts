import type { LibrarySpec } from "../../libraries/library.js";
import type { FileId, LibraryId, TaskId } from "../../model/ids.js";
import type { TaskSpec } from "../../tasks/task.js";
import { callSpec } from "../api/functions/call-spec.js";
import type { CallValue } from "../api/functions/call-value.js";
import { FunctionCall } from "../api/functions/function-call.js";
import type { Libraries } from "../api/functions/libraries.js";
import type { Task } from "../api/task.js";
import { taskSpec } from "../api/task-spec.js";
import type { VineFile } from "../api/vine-file.js";
import type { House } from "../body/house.js";
import type { TaskSink } from "../body/task-register.js";
import type { Declarer } from "../content/declarer.js";

/**
 * A party beside the application whose files, libraries and tasks come and go together: a client's connection, an executor.
 * What it submits ends in its sink, and nowhere else.
 */
export class Tenant {
  readonly #house: House;
  readonly #sink: TaskSink;
  readonly #files = new Set<FileId>();
  readonly #libraries = new Set<LibraryId>();
  /** Declared for tasks that are about to be submitted, and for nothing else. */
  readonly #buffers: FileId[] = [];
  #shelf: Libraries | undefined;
  #ended = false;

  constructor(house: House, sink: TaskSink) {
    this.#house = house;
    this.#sink = sink;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** `make` declares one file of this tenant. */
  declare(make: (declarer: Declarer) => VineFile): VineFile {
    const file = make(this.#house.body.declarer);
    this.#files.add(file.id);
    return file;
  }

  /** It will not be named again. */
  undeclare({ id }: VineFile): void {
    if (this.#files.delete(id)) this.#house.body.turn.post({ type: "file-undeclared", file: id });
  }

  /** Drops all copies in the cluster now. */
  prune({ id }: VineFile): void {
    this.#house.body.turn.post({ type: "file-pruned", file: id });
  }

  /** Its libraries by name, in the words of the API. */
  get shelf(): Libraries {
    this.#shelf ??= this.#house.body.makeShelf(
      (file) => this.#files.add(file),
      (library) => this.#libraries.add(library),
    );
    return this.#shelf;
  }

  /** A library that only this tenant's calls can name. */
  declareLibrary(draft: Omit<LibrarySpec, "id">): LibraryId {
    const { libraries, turn } = this.#house.body;
    const library = { ...draft, id: libraries.takeId() };
    libraries.add(library);
    this.#libraries.add(library.id);
    turn.post({ type: "library-declared", library });
    return library.id;
  }

  /** No call will name it again. */
  removeLibrary(library: LibraryId): void {
    if (this.#libraries.delete(library)) this.#house.body.turn.post({ type: "library-removed", library });
  }

  /** An id for a task that this tenant makes itself. */
  takeTaskId(): TaskId {
    return this.#house.body.tasks.takeId();
  }

  /** The description of what was said in the words of the API, and the file of its value. Throws at what cannot be right. */
  describe(work: Task | FunctionCall): { readonly spec: TaskSpec; readonly value: CallValue | undefined } {
    const { declarer } = this.#house.body;
    const source = {
      owner: declarer.owner,
      isDeclared: (file: FileId) => declarer.isDeclared(file),
      declareBytes: (bytes: Uint8Array, label: string) => this.#declareBytes(bytes, label),
    };
    const id = this.takeTaskId();
    if (!(work instanceof FunctionCall)) return { spec: taskSpec(work, id, source), value: undefined };
    return callSpec(work, id, { ...source, library: (named) => this.shelf.find(named) });
  }

  /** Hands tasks over, in one event. `numbers`: what the sink is to be told instead of their ids. */
  submit(specs: readonly TaskSpec[], numbers: readonly number[]): void {
    if (specs.length === 0 || this.#ended) return;
    const { tasks, turn } = this.#house.body;
    const sink = this.#sink;
    specs.forEach((spec, at) => tasks.addOfTenant({ spec, sink, number: numbers[at] ?? 0 }));
    turn.post({ type: "tasks-submitted", tasks: specs });
    for (const file of this.#buffers.splice(0)) turn.post({ type: "file-undeclared", file });
  }

  /** Ends a task of this tenant in whatever state it is; its result comes to the sink. */
  cancel(task: TaskId): void {
    const { tasks, turn } = this.#house.body;
    if (tasks.ofTenant(task)?.sink === this.#sink) turn.post({ type: "task-cancelled", task });
  }

  /** Ends all of its tasks of which this is true. */
  cancelWhere(isMeant: (spec: TaskSpec) => boolean): void {
    const { tasks, turn } = this.#house.body;
    for (const { spec, sink } of tasks.allOfTenants())
      if (sink === this.#sink && isMeant(spec)) turn.post({ type: "task-cancelled", task: spec.id });
  }

  /** Cancels what it submitted, and drops what it declared. Nothing comes to the sink that would still want an answer. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { turn } = this.#house.body;
    this.cancelWhere(() => true);
    for (const library of this.#libraries) turn.post({ type: "library-removed", library });
    for (const file of this.#files) turn.post({ type: "file-undeclared", file });
    this.#files.clear();
    this.#libraries.clear();
  }

  #declareBytes(bytes: Uint8Array, label: string): FileId {
    const { id } = this.#house.body.declarer.buffer(bytes, {}, label);
    this.#buffers.push(id);
    return id;
  }
}
