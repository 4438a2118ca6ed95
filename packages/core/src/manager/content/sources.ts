import type { TransferSource } from "../../coordinator/effect.js";
import type { TicketIssuer } from "../../data/index.js";
import type { FileIdentity } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import type { WorkerId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import { never } from "../../model/never.js";
import type { DataSource, FetchSource } from "../../protocol/index.js";
import type { Content, FileEntry } from "./file-register.js";
import type { Holdings } from "./holdings.js";
import type { ValueStore } from "./value-store.js";

/** Who fetches from a worker. */
export interface Receiver {
  readonly name: string;
  /** On the same machine: the loopback interface will do. */
  isLocalTo(hostId: string): boolean;
  /** May it link the worker's cache entry? */
  readonly mayLink: boolean;
}

/** A worker's end of a copy. */
export interface Peer {
  readonly receiver: string;
  readonly spec: { readonly hostId: string };
  source(cacheName: FileIdentity["cacheName"], receiver: Receiver): DataSource;
}

export interface SourcesOptions {
  /** https://host:port of the manager's data server. */
  readonly dataUrl: string;
  readonly fingerprint: Uint8Array;
  readonly tickets: TicketIssuer;
  readonly holdings: Holdings;
  readonly values: ValueStore;
  peer(worker: WorkerId): Peer | undefined;
}

/** Turns "from the manager, a URL or that worker" into an address and the right to ask there. */
export class Sources {
  readonly #options: SourcesOptions;

  constructor(options: SourcesOptions) {
    this.#options = options;
  }

  /** For a fetch by `receiver`. Small content of the manager's comes along inline. */
  source(from: TransferSource, entry: FileEntry, identity: FileIdentity, receiver: Peer): FetchSource {
    switch (from.type) {
      case "manager":
        return this.#fromManager(entry, identity, receiver);
      case "url":
        return urlSource(entry);
      case "worker":
        return { type: "peer", ...this.#fromWorker(from.worker, identity, receiver) };
      default:
        return never(from);
    }
  }

  /** Where a worker holds a connection to, so that the end of either side is seen at once. */
  lifeline(receiver: string): DataSource {
    return this.#atManager("lifeline", receiver);
  }

  #fromManager(entry: FileEntry, identity: FileIdentity, receiver: Peer): FetchSource {
    const bytes = this.#bytesOf(entry);
    if (bytes !== undefined && bytes.length <= LIMITS.inlineBytes) return { type: "inline", bytes };
    const declaredAs = entry.relayed === undefined ? entry.spec.id : undefined;
    this.#options.holdings.offer(identity, here(entry), declaredAs);
    return { type: "peer", ...this.#atManager(identity.cacheName, receiver.receiver) };
  }

  #bytesOf({ content, small, spec }: FileEntry): Uint8Array | undefined {
    if (content.type === "bytes") return content.bytes;
    return content.type === "none" ? this.#options.values.get(spec.id) : small;
  }

  #fromWorker(worker: WorkerId, identity: FileIdentity, receiver: Peer): DataSource {
    const peer = this.#options.peer(worker);
    if (peer === undefined)
      throw new VineError("INTERNAL", `worker ${worker} was named as a source, but is not connected`);
    const isLocalTo = (hostId: string): boolean => hostId === receiver.spec.hostId;
    return peer.source(identity.cacheName, { name: receiver.receiver, isLocalTo, mayLink: true });
  }

  #atManager(name: string, receiver: string): DataSource {
    const { dataUrl, fingerprint, tickets } = this.#options;
    const url = `${dataUrl}/${encodeURIComponent(name)}`;
    return { url, fingerprint, ticket: tickets.issue(name, receiver), localPath: "" };
  }
}

function here({ content, relayed }: FileEntry): Content {
  return relayed === undefined ? content : { type: "path", path: relayed, unlinkWhenDone: true };
}

function urlSource(entry: FileEntry): FetchSource {
  if (entry.content.type !== "url") throw new VineError("INTERNAL", `${entry.spec.label} has no URL`);
  const { etag = "", lastModified = "" } = entry.validators ?? {};
  return { type: "url", url: entry.content.url, etag, lastModified };
}
