import type { LibrarySpec } from "../../../libraries/library.js";
import type { LibraryId } from "../../../model/ids.js";
import type { Encoding } from "../../../tasks/task.js";
import type { CallValue } from "./call-value.js";

/** A library as it stands. */
export interface LibraryStatus {
  /** Processes at workers, or on their way there; and of them, those that take calls. */
  readonly instances: number;
  readonly ready: number;
  /** Calls that those run at the same time. */
  readonly slots: number;
  /** Calls at instances. */
  readonly busy: number;
  /** Calls that could run, and wait for an instance. */
  readonly waiting: number;
  /** Starts that came to nothing, in all. */
  readonly failedStarts: number;
}

/** What a handle asks of its manager. */
export interface LibraryOwner {
  declareValue(label: string, encoding: Encoding): CallValue;
  removeLibrary(handle: LibraryHandle): void;
  libraryStatus(handle: LibraryHandle): LibraryStatus;
}

/** A declared library: what calls name. */
export class LibraryHandle {
  readonly #spec: LibrarySpec;
  readonly #owner: LibraryOwner;
  /** How arguments and results of its calls are written. */
  readonly encoding: "json" | "v8";

  /** Made by `manager.declareLibrary`. */
  constructor(spec: LibrarySpec, encoding: "json" | "v8", owner: LibraryOwner) {
    this.#spec = spec;
    this.#owner = owner;
    this.encoding = encoding;
  }

  get id(): LibraryId {
    return this.#spec.id;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** Names that can be called; empty: whatever the program says when it has started. */
  get functions(): readonly string[] {
    return this.#spec.functions;
  }

  /** The manager that declared it. */
  get owner(): LibraryOwner {
    return this.#owner;
  }

  /** No call will name it again: its instances end once its calls have. */
  remove(): void {
    this.#owner.removeLibrary(this);
  }

  status(): LibraryStatus {
    return this.#owner.libraryStatus(this);
  }

  /** The file of a call's value. */
  declareValue(label: string): CallValue {
    return this.#owner.declareValue(label, this.encoding);
  }
}
