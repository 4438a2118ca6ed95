import type { FileOrigin, FileSpec, Lifetime } from "../../files/file.js";
import type { FileId } from "../../model/ids.js";

/** What a declared file asks of the manager that declared it. */
export interface FileOwner {
  contents(file: VineFile): Promise<Buffer>;
  saveTo(file: VineFile, path: string): Promise<void>;
}

/** A file that was declared on a manager: a name for content that never changes, wherever its copies are. */
export class VineFile {
  /** The manager that declared it: files of different managers cannot be mixed. */
  readonly owner: FileOwner;
  readonly #spec: FileSpec;

  /** Made by the manager's declare methods. */
  constructor(spec: FileSpec, owner: FileOwner) {
    this.#spec = spec;
    this.owner = owner;
  }

  get id(): FileId {
    return this.#spec.id;
  }

  get type(): FileOrigin["type"] {
    return this.#spec.origin.type;
  }

  get lifetime(): Lifetime {
    return this.#spec.lifetime;
  }

  /** Path, URL or a few words: for people. */
  get label(): string {
    return this.#spec.label;
  }

  /**
   * Its bytes, brought here from wherever they are, once the task that makes it has ended. A directory tree has none: use `saveTo`.
   * Rejects with NEVER_MADE where no such task has been submitted, and none is in the statements that follow without an `await`.
   */
  contents(): Promise<Buffer> {
    return this.owner.contents(this);
  }

  /** Its bytes as UTF-8 text. */
  async text(): Promise<string> {
    return (await this.contents()).toString("utf8");
  }

  /** Brings the file or directory tree to a path that does not exist yet. */
  saveTo(path: string): Promise<void> {
    return this.owner.saveTo(this, path);
  }
}
