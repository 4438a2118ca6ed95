import type { Held } from "../../data/index.js";
import type { FileIdentity } from "../../files/file.js";
import type { CacheName, FileId } from "../../model/ids.js";
import type { Content } from "./file-register.js";

const NOTHING = (): void => undefined;

/** What the manager's data server may give: files that a worker was told to fetch here, by cache name. */
export class Holdings {
  readonly #held = new Map<string, Held>();
  readonly #files = new Map<string, FileId>();

  /** From now on the file may be asked for. `declaredAs`: where the content is the user's, and may change. */
  offer(identity: FileIdentity, content: Content, declaredAs?: FileId): void {
    const held = heldOf(identity, content);
    if (held === undefined) return;
    this.#held.set(identity.cacheName, held);
    if (declaredAs === undefined) this.#files.delete(identity.cacheName);
    else this.#files.set(identity.cacheName, declaredAs);
  }

  /** The user's file whose content is offered under this name. */
  fileOf(cacheName: string): FileId | undefined {
    return this.#files.get(cacheName);
  }

  withdraw(cacheName: CacheName): void {
    this.#held.delete(cacheName);
    this.#files.delete(cacheName);
  }

  /** For the data server. User's files are not ours to pin: what changed meanwhile is found by its digest. */
  hold(cacheName: string): { readonly held: Held; release(): void } | undefined {
    const held = this.#held.get(cacheName);
    return held === undefined ? undefined : { held, release: NOTHING };
  }
}

function heldOf(identity: FileIdentity, content: Content): Held | undefined {
  if (content.type === "bytes") return content;
  if (content.type !== "path") return undefined;
  const { kind, size = 0, digest } = identity;
  return { type: "path", path: content.path, kind, size, ...(digest === undefined ? {} : { digest }) };
}
