import type { Event } from "../../../coordinator/event.js";
import type { LibrarySpec } from "../../../libraries/library.js";
import { VineError } from "../../../model/errors.js";
import type { FileId, LibraryId } from "../../../model/ids.js";
import { policyNamed } from "../../../scheduling/policy.js";
import type { Encoding, InputMount } from "../../../tasks/task.js";
import { commandOf, type SpecSource } from "../task-spec.js";
import type { CallValue } from "./call-value.js";
import type { Library, LibraryDraft } from "./library.js";
import { LibraryHandle, type LibraryOwner, type LibraryStatus } from "./library-handle.js";

/** What the libraries of an application need of its manager. */
export interface LibrariesParts {
  readonly source: SpecSource;
  /** Declares a file of this machine. */
  declarePath(path: string): FileId;
  declareValue(label: string, encoding: Encoding): CallValue;
  takeId(): LibraryId;
  add(spec: LibrarySpec): void;
  post(event: Event): void;
  /** Undefined: it has been forgotten. */
  status(id: LibraryId): LibraryStatus | undefined;
}

const GONE: LibraryStatus = { instances: 0, ready: 0, slots: 0, busy: 0, waiting: 0, failedStarts: 0 };

/** The application's libraries, by name. */
export class Libraries implements LibraryOwner {
  readonly #parts: LibrariesParts;
  readonly #byName = new Map<string, LibraryHandle>();

  constructor(parts: LibrariesParts) {
    this.#parts = parts;
  }

  all(): IterableIterator<LibraryHandle> {
    return this.#byName.values();
  }

  declare(library: Library): LibraryHandle {
    const { add, takeId, post } = this.#parts;
    const draft = library.draft();
    if (this.#byName.has(draft.name))
      throw new VineError("DUPLICATE_NAME", `there is a library called ${draft.name} already`, {
        hint: "Give it another name, or remove the other one first.",
      });
    if (draft.task.policy !== undefined) policyNamed(draft.task.policy);
    library.markDeclared();
    const { spec, own } = this.#specOf(draft, takeId());
    const handle = new LibraryHandle(spec, draft.encoding, this);
    this.#byName.set(draft.name, handle);
    add(spec);
    post({ type: "library-declared", library: spec });
    for (const file of own) post({ type: "file-undeclared", file });
    return handle;
  }

  /** Throws UNKNOWN_LIBRARY, naming those that there are. */
  find(named: LibraryHandle | string): LibraryHandle {
    const name = typeof named === "string" ? named : named.name;
    const handle = this.#byName.get(name);
    if (handle !== undefined && (typeof named === "string" || named === handle)) return handle;
    if (typeof named !== "string" && named.owner !== this)
      throw new VineError("UNKNOWN_LIBRARY", `the library ${name} was declared on another manager`);
    const others = [...this.#byName.keys()].slice(0, 20).join(", ");
    throw new VineError(
      "UNKNOWN_LIBRARY",
      `there is no library ${name}${others === "" ? "" : `; there are ${others}`}`,
    );
  }

  declareValue(label: string, encoding: Encoding): CallValue {
    return this.#parts.declareValue(label, encoding);
  }

  removeLibrary(handle: LibraryHandle): void {
    if (this.#byName.get(handle.name) !== handle) return;
    this.#byName.delete(handle.name);
    this.#parts.post({ type: "library-removed", library: handle.id });
  }

  libraryStatus({ id }: LibraryHandle): LibraryStatus {
    return this.#parts.status(id) ?? GONE;
  }

  /** `own`: files that only the library names. */
  #specOf(
    draft: LibraryDraft,
    id: LibraryId,
  ): { readonly spec: LibrarySpec; readonly own: readonly FileId[] } {
    const { source, declarePath } = this.#parts;
    const own: FileId[] = [];
    const keep = (file: FileId): FileId => {
      own.push(file);
      return file;
    };
    const command = commandOf(draft.task, {
      owner: source.owner,
      isDeclared: (file) => source.isDeclared(file),
      declareBytes: (bytes, label) => keep(source.declareBytes(bytes, label)),
    });
    const paths = draft.paths.map(({ path, name }): InputMount => ({ file: keep(declarePath(path)), name }));
    const spec: LibrarySpec = {
      ...command,
      inputs: [...command.inputs, ...paths],
      id,
      name: draft.name,
      resources: draft.task.resources,
      ...(draft.grows ? {} : { grows: false }),
      features: draft.task.features,
      ...(draft.places === undefined ? {} : { places: draft.places }),
      ...(draft.task.policy === undefined ? {} : { policy: draft.task.policy }),
      slots: draft.slots,
      functions: draft.functions,
      ...(draft.maxInstances === undefined ? {} : { maxInstances: draft.maxInstances }),
      startTries: draft.startTries,
      startWithinMs: draft.startWithinMs,
    };
    return { spec, own };
  }
}
