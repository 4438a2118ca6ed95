import type { VineFile } from "@taskvine/core/executor";

/** Where the value of a node is: here, or among others in a file of the cluster. */
export type Place =
  | { readonly type: "here"; readonly bytes: Uint8Array }
  | { readonly type: "file"; readonly file: SharedFile };

/** A file with values of several nodes: it goes with the last of them. */
export class SharedFile {
  file: VineFile;
  /** Values in it that may be asked for; and one more while the call that makes it is on its way. */
  uses = 1;

  constructor(file: VineFile) {
    this.file = file;
  }
}

/** Values that are still needed. */
export class Values {
  readonly #places = new Map<number, Place>();
  readonly #drop: (file: VineFile) => void;

  /** `drop`: nobody needs this file any more. */
  constructor(drop: (file: VineFile) => void) {
    this.#drop = drop;
  }

  place(node: number): Place | undefined {
    return this.#places.get(node);
  }

  putHere(node: number, bytes: Uint8Array): void {
    this.#places.set(node, { type: "here", bytes });
  }

  putInFile(node: number, file: SharedFile): void {
    file.uses += 1;
    this.#places.set(node, { type: "file", file });
  }

  /** A node's value is not needed any more. */
  release(node: number): void {
    const place = this.#places.get(node);
    this.#places.delete(node);
    if (place?.type === "file") this.letGo(place.file);
  }

  /** One less has a use for it. */
  letGo(file: SharedFile): void {
    file.uses -= 1;
    if (file.uses === 0) this.#drop(file.file);
  }

  /** The same content is in another file from now on. */
  move(shared: SharedFile, to: VineFile): void {
    if (shared.uses === 0) {
      this.#drop(to);
      return;
    }
    this.#drop(shared.file);
    shared.file = to;
  }

  /** All that is left goes. */
  clear(): void {
    for (const node of [...this.#places.keys()]) this.release(node);
  }
}
