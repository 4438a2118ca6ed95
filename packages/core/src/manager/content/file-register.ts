import type { FileSpec } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import { type FileId, fileId } from "../../model/ids.js";
import type { VineFile } from "../api/vine-file.js";

/** A local file as it was when it was named: when any of it differs, the content may. */
export interface Stamp {
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode: bigint;
}

/** Where the manager's own copy of a file is. */
export type Content =
  | { readonly type: "path"; readonly path: string; readonly unlinkWhenDone: boolean }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "url"; readonly url: string }
  | { readonly type: "none" };

/** What the manager knows of a declared file beside the coordinator. */
export interface FileEntry {
  readonly spec: FileSpec;
  readonly file: VineFile;
  readonly content: Content;
  /** Local files: as named. */
  stamp?: Stamp;
  /** Small local files: their bytes as named, to be sent inline. */
  small?: Uint8Array;
  /** Local files that have the executable bits. */
  executable?: boolean;
  /** A copy of a file of the cluster's that is here to be passed on, where two workers cannot reach each other. */
  relayed?: string;
  /** URLs: as seen when named. */
  validators?: { readonly etag: string; readonly lastModified: string };
}

/** Declared files by id. */
export class FileRegister {
  readonly #entries = new Map<FileId, FileEntry>();
  #last = 0;

  nextId(): FileId {
    this.#last += 1;
    return fileId(this.#last);
  }

  add(entry: FileEntry): void {
    this.#entries.set(entry.spec.id, entry);
  }

  get(id: FileId): FileEntry | undefined {
    return this.#entries.get(id);
  }

  /** For files that a worker or the coordinator names: they were declared. */
  known(id: FileId): FileEntry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new VineError("INTERNAL", `file ${id} is not in the register`);
    return entry;
  }

  remove(id: FileId): void {
    this.#entries.delete(id);
  }
}
