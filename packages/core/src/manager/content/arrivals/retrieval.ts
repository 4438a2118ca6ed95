import { join } from "node:path";
import type { Event, TransferFailure } from "../../../coordinator/event.js";
import { FetchError, type FetchRequest, fetchFile } from "../../../data/index.js";
import type { FileIdentity } from "../../../files/file.js";
import { VineError } from "../../../model/errors.js";
import type { FileId, TransferId } from "../../../model/ids.js";
import type { FileEntry } from "../file-register.js";
import type { Peer, Receiver } from "../sources.js";
import { besidePath, discard, makeFolderFor, putInPlace } from "./place.js";
import type { Wants } from "./wants.js";
import type { WatchFiles } from "./watch-files.js";

/**
 * The manager as the receiver of files. It never links a worker's cache entry: what comes here becomes the user's own, to
 * be written to. A manager that listens on this machine only has only workers of this machine.
 */
export function managerReceiver(listensOn: string): Receiver {
  const isLoopback = listensOn === "localhost" || listensOn === "::1" || listensOn.startsWith("127.");
  return { name: "manager", isLocalTo: () => isLoopback, mayLink: false };
}

export interface RetrievalOptions {
  /** Folder for what nobody gave a path for. */
  readonly staging: string;
  readonly receiver: Receiver;
  readonly wants: Wants;
  readonly watchFiles: WatchFiles;
  /** Ends all retrievals. */
  readonly signal: AbortSignal;
  post(event: Event): void;
  /** A local output is at home now. */
  onHome(entry: FileEntry): Promise<void>;
}

export interface RetrievalOrder {
  readonly transfer: TransferId;
  readonly file: FileId;
  readonly entry: FileEntry;
  readonly identity: FileIdentity;
  readonly peer: Peer;
}

/** Brings files from workers to the manager. */
export class Retrieval {
  readonly #options: RetrievalOptions;

  constructor(options: RetrievalOptions) {
    this.#options = options;
  }

  /** Answered by `retrieved` or `retrieval-failed`. */
  async start(order: RetrievalOrder): Promise<void> {
    const { post } = this.#options;
    try {
      if (order.entry.content.type === "path") await this.#bringHome(order, order.entry.content.path);
      else await this.#bringHere(order);
      post({ type: "retrieved", transfer: order.transfer });
    } catch (thrown) {
      post({ type: "retrieval-failed", transfer: order.transfer, failure: failureOf(thrown) });
    }
  }

  async #bringHome(order: RetrievalOrder, path: string): Promise<void> {
    const arriving = besidePath(path, String(order.transfer));
    try {
      await makeFolderFor(path);
      const { kind } = await fetchFile(this.#request(order, arriving));
      await this.#options.watchFiles.settled(path);
      await putInPlace(arriving, path, kind);
      await this.#options.onHome(order.entry);
    } finally {
      await discard(arriving);
    }
  }

  /** To whoever wants it; else it is to be passed on to workers that cannot reach each other. */
  async #bringHere(order: RetrievalOrder): Promise<void> {
    const into = join(this.#options.staging, `file-${order.transfer}`);
    await fetchFile(this.#request(order, into));
    const { wants } = this.#options;
    if (wants.has(order.file)) {
      wants.arrived(order.file, into);
      return;
    }
    const before = order.entry.relayed;
    order.entry.relayed = into;
    if (before !== undefined) await discard(before);
  }

  #request({ identity, entry, peer }: RetrievalOrder, into: string): FetchRequest {
    const { receiver } = this.#options;
    return {
      source: { type: "peer", ...peer.source(identity.cacheName, receiver), receiver: receiver.name },
      kind: identity.kind,
      ...(identity.size === undefined ? {} : { size: identity.size }),
      ...(identity.digest === undefined ? {} : { digest: identity.digest }),
      executable: entry.spec.executable,
      into,
      signal: this.#options.signal,
    };
  }
}

/** A file that cannot be written here is the manager's fault: `destination`. */
export function failureOf(thrown: unknown): TransferFailure {
  const error = VineError.from(thrown, "OUTPUT_TRANSFER");
  const fault = thrown instanceof FetchError ? thrown.fault : "destination";
  return { error: error.code, message: error.message, fault };
}
