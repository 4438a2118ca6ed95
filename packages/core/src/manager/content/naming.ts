import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Event } from "../../coordinator/event.js";
import { type DigestCache, digestPath, identifyUrl } from "../../data/index.js";
import { contentName, urlName } from "../../files/cache-name.js";
import type { FileIdentity } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import { type CacheName, cacheName } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { FileEntry } from "./file-register.js";
import { Gate } from "./gate.js";
import { changeSince, stampOf } from "./stamp.js";

/** Files and URLs looked at side by side. */
const WIDTH = 16;
/** Bytes of small files kept in memory, to be sent inline. */
const MOST_SMALL = 64 * 1024 * 1024;
const ANY_EXECUTE = 0o111;

export interface NamingOptions {
  /** Digests of local files that are remembered between runs. */
  readonly known: DigestCache;
  readonly signal: AbortSignal;
}

/** Finds out what a declared file is called everywhere: by its content, or by its URL and validators. */
export class Naming {
  readonly #options: NamingOptions;
  readonly #gate = new Gate(WIDTH);
  #smallBytes = 0;

  constructor(options: NamingOptions) {
    this.#options = options;
  }

  /** The answer to the effect `name`. Never rejects. */
  async name(entry: FileEntry): Promise<Event> {
    const file = entry.spec.id;
    try {
      return { type: "file-named", file, identity: await this.#gate.pass(() => this.#identify(entry)) };
    } catch (thrown) {
      const error = VineError.from(thrown, "INPUT_MISSING");
      return { type: "file-unusable", file, error: error.code, message: error.message };
    }
  }

  #identify(entry: FileEntry): Promise<FileIdentity> {
    const { content } = entry;
    if (content.type === "path") return this.#identifyPath(entry, content.path);
    if (content.type === "url") return this.#identifyUrl(entry, content.url);
    throw new VineError("INTERNAL", `${entry.spec.label} is not named by its content`);
  }

  async #identifyPath(entry: FileEntry, path: string): Promise<FileIdentity> {
    const stamp = await stampOf(path);
    entry.stamp = stamp;
    if (!stamp.isDirectory && stamp.size <= LIMITS.inlineBytes)
      return this.#identifySmall(entry, path, stamp.mode);
    const { kind, digest, size, executable } = await digestPath(path, this.#options);
    entry.executable = executable;
    const change = await changeSince(path, stamp);
    if (change !== undefined) throw change;
    return { cacheName: withBits(contentName("file", digest), executable), kind, size, digest };
  }

  /** A small file is read once, and what was read is what is sent. */
  async #identifySmall(entry: FileEntry, path: string, mode: number): Promise<FileIdentity> {
    const bytes = await readFile(path);
    const digest = sha256(bytes);
    entry.executable = (mode & ANY_EXECUTE) !== 0;
    if (this.#smallBytes + bytes.length <= MOST_SMALL) {
      this.#smallBytes += bytes.length;
      entry.small = bytes;
    }
    const name = withBits(contentName("file", digest), entry.executable);
    return { cacheName: name, kind: "file", size: bytes.length, digest };
  }

  async #identifyUrl(entry: FileEntry, url: string): Promise<FileIdentity> {
    const { etag, lastModified, size, kind } = await identifyUrl(url, this.#options.signal);
    entry.validators = { etag, lastModified };
    const name = withBits(urlName(url, etag, lastModified), entry.spec.executable);
    return { cacheName: name, kind, ...(size === undefined ? {} : { size }) };
  }
}

/** Buffers are at hand: they are named when they are declared. */
export function identifyBuffer(bytes: Uint8Array, executable: boolean): FileIdentity {
  const digest = sha256(bytes);
  return {
    cacheName: withBits(contentName("buffer", digest), executable),
    kind: "file",
    size: bytes.length,
    digest,
  };
}

/** The same content with and without the executable bits is two cache entries. */
function withBits(name: CacheName, executable: boolean): CacheName {
  return executable ? cacheName(`${name}-x`) : name;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
