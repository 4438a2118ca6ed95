import type { CacheName, FileId } from "../model/ids.js";
import type { TaskCommand } from "../tasks/task.js";

/**
 * How long the cluster keeps a file.
 * - `task`: dropped from the workers after the one task that consumes it.
 * - `workflow`: until nothing can need it any more, or the manager ends. The default.
 * - `worker`: until the worker ends.
 * - `forever`: stays on the worker's disk, and is offered again by the next worker on the same directory.
 */
export type Lifetime = "task" | "workflow" | "worker" | "forever";

export const ARCHIVE_FORMATS = ["tar", "tar.gz", "tar.zst", "zip", "gz"] as const;
/** `gz` is a single compressed file; the others unpack to a directory tree. */
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];

/** Where the content of a file comes from. */
export type FileOrigin =
  /** A file or directory tree at the manager; as the output of a task, the place where it is brought to. */
  | { readonly type: "local" }
  /** Bytes that the manager holds in memory. */
  | { readonly type: "buffer" }
  /** An http, https, file or data URL, fetched by the workers themselves (once each, or from a peer). */
  | { readonly type: "url"; readonly url: string }
  /** Made by a task, kept in the cluster only. */
  | { readonly type: "temp" }
  /** An archive unpacked at the worker. */
  | { readonly type: "unpack"; readonly archive: FileId; readonly format: ArchiveFormat }
  /** Whatever `output` the command leaves in its sandbox, run at each worker that needs it and has no peer to get it from. */
  | { readonly type: "mini-task"; readonly command: TaskCommand; readonly output: string };

/** A declared file. Never changes; what is known of it later (name, size, replicas) is kept by the file table. */
export interface FileSpec {
  readonly id: FileId;
  readonly origin: FileOrigin;
  readonly lifetime: Lifetime;
  /** May workers give it to each other? */
  readonly peerTransfer: boolean;
  /** Give the executable bits to a file that has none of its own (buffers, URLs). */
  readonly executable: boolean;
  /** For people: path, URL or a few words. Never used for decisions. */
  readonly label: string;
}

/** What is found out about a file once: what it is called everywhere, and how large it is. */
export interface FileIdentity {
  readonly cacheName: CacheName;
  /** Bytes; for a tree, of all its files. Unknown for some URLs. */
  readonly size?: number;
  /** SHA-256 of the content (Merkle digest for a tree), hex, where known beforehand. */
  readonly digest?: string;
  readonly kind: FileKind;
}

export type FileKind = "file" | "tree";
