import type { TransferFailure } from "../../coordinator/event.js";
import type { FileIdentity } from "../../files/file.js";
import type { CacheName, FileId } from "../../model/ids.js";
import { cacheName } from "../../model/ids.js";
import type { Truth } from "../workload/truth.js";
import type { Workload } from "../workload/workload.js";
import { type Content, contentOf } from "../world/content.js";
import type { Copy } from "../world/disk.js";
import type { Node } from "../world/network.js";
import type { Holder } from "../world/order.js";

/** What the virtual manager has: the user's local files and buffers, and what it retrieved. */
export class Store implements Holder {
  readonly node: Node;
  readonly #workload: Workload;
  readonly #truth: Truth;
  readonly #byName = new Map<CacheName, Copy>();
  readonly #retrieved = new Set<FileId>();
  readonly #values = new Map<FileId, Copy>();
  readonly #forgotten = new Set<FileId>();

  constructor(node: Node, workload: Workload, truth: Truth) {
    this.node = node;
    this.#workload = workload;
    this.#truth = truth;
  }

  /** Finds out what a local file, a buffer or a URL is called; undefined: it is not to be had. */
  name(file: FileId): FileIdentity | undefined {
    const planned = this.#workload.files.get(file);
    if (planned === undefined || planned.unusable) return undefined;
    const { spec, size } = planned;
    const content = this.#truth.content(file);
    if (spec.origin.type === "url") {
      const name = cacheName(`url-${contentOf("url", spec.origin.url)}`);
      return { cacheName: name, kind: "file", ...(file % 2 === 0 ? { size } : {}) };
    }
    const name = cacheName(`${spec.origin.type === "buffer" ? "buffer" : "file"}-${content}`);
    this.#byName.set(name, { cacheName: name, content, size, kind: "file", lifetime: "workflow" });
    return { cacheName: name, size, digest: content, kind: "file" };
  }

  /** A copy came home. */
  keep(file: FileId, copy: Copy): void {
    this.#retrieved.add(file);
    this.#forgotten.delete(file);
    this.#byName.set(copy.cacheName, copy);
  }

  /** What a call returned came with the news. */
  keepValue(file: FileId, copy: Copy): void {
    this.keep(file, copy);
    this.#values.set(file, copy);
  }

  /** A value that can go along with a call. */
  valueOf(file: FileId): Content | undefined {
    return this.#values.get(file)?.content;
  }

  forget(file: FileId): void {
    const value = this.#values.get(file);
    this.#values.delete(file);
    if (value !== undefined) this.#byName.delete(value.cacheName);
    this.#forgotten.add(file);
    this.#retrieved.delete(file);
  }

  /** The application can read it here. */
  has(file: FileId): boolean {
    if (this.#forgotten.has(file)) return false;
    const planned = this.#workload.files.get(file);
    const own = planned?.spec.origin.type === "buffer" || planned?.spec.origin.type === "local";
    return this.#retrieved.has(file) || (own && this.#truth.producerOf(file) === undefined);
  }

  find(name: CacheName): Copy | TransferFailure {
    const copy = this.#byName.get(name);
    return copy ?? { error: "NOT_HELD", message: `the manager does not hold ${name}`, fault: "source" };
  }
}
