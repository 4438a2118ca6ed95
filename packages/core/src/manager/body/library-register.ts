import type { LibrarySpec } from "../../libraries/library.js";
import { type LibraryId, libraryId } from "../../model/ids.js";

/** Libraries that were declared, by id: the application's and those of tenants. */
export class LibraryRegister {
  readonly #specs = new Map<LibraryId, LibrarySpec>();
  #last = 0;

  /** An id that no other library of this manager has had or will have. */
  takeId(): LibraryId {
    this.#last += 1;
    return libraryId(this.#last);
  }

  add(spec: LibrarySpec): void {
    this.#specs.set(spec.id, spec);
  }

  /** Also of a library that was removed: its calls may still run. */
  get(id: LibraryId): LibrarySpec | undefined {
    return this.#specs.get(id);
  }
}
