import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  linkSync,
  mkdirSync,
  openSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { VineError } from "../../model/errors.js";
import type { UnpackLimits } from "../contract.js";
import { READ_ONLY_DIRECTORY, readOnlyMode } from "./read-only.js";
import { TreeIndex } from "./tree-index.js";

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Below this many bytes the ratio between what comes out and what went in is not looked at. */
const RATIO_FROM_BYTES = 64 * 1024 * 1024;

/** One file of a tree being written: chunks in order, then `end`. */
export interface FileSink {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Writes a directory tree from entries of unknown intent, synchronously. Nothing is made before the index has found
 * its name new and all directories above it made by us, so that no entry can lead another one astray.
 */
export class TreeWriter {
  readonly #root: string;
  readonly #index = new TreeIndex("ARCHIVE_UNSAFE");
  readonly #limits: UnpackLimits;
  /** Bytes read so far of what is being unpacked; for the ratio. */
  readonly #bytesIn: () => number;
  readonly #directories: string[] = [];
  #entries = 0;
  #bytes = 0;
  #open: number | undefined;

  /** Makes `root`, which must not exist. */
  constructor(root: string, limits: UnpackLimits, bytesIn: () => number = () => Number.POSITIVE_INFINITY) {
    this.#root = root;
    this.#limits = limits;
    this.#bytesIn = bytesIn;
    mkdirSync(root, 0o700);
  }

  directory(name: string): void {
    this.#makeDirectory(name);
  }

  file(name: string, executable: boolean): FileSink {
    this.#makeParents(name);
    const hash = createHash("sha256");
    this.#index.addFile(name, { executable, size: 0, digest: "" });
    const file = openSync(`${this.#root}/${name}`, NEW_FILE, 0o600);
    this.#open = file;
    let size = 0;
    return {
      write: (chunk) => {
        size += chunk.length;
        this.#countBytes(chunk.length);
        writeWhole(file, chunk);
        hash.update(chunk);
      },
      end: () => {
        fchmodSync(file, readOnlyMode(executable));
        closeSync(file);
        this.#open = undefined;
        this.#index.settleFile(name, hash.digest("hex"), size);
      },
    };
  }

  link(name: string, target: string): void {
    this.#makeParents(name);
    this.#index.addLink(name, target);
    symlinkSync(target, `${this.#root}/${name}`);
  }

  /** A second name for a file that this writer has written. */
  hardLink(name: string, target: string): void {
    this.#makeParents(name);
    const file = this.#index.file(target);
    if (file === undefined) {
      throw new VineError(
        "ARCHIVE_UNSAFE",
        `${JSON.stringify(name)} is a hard link to what is no file before it`,
      );
    }
    this.#countBytes(file.size);
    this.#index.addFile(name, file);
    linkSync(`${this.#root}/${target}`, `${this.#root}/${name}`);
  }

  /** Checks the links, and takes the write permission from the directories. */
  finish(): { readonly size: number; readonly digest: string } {
    this.#index.checkLinks();
    for (const name of this.#directories) chmodSync(`${this.#root}/${name}`, READ_ONLY_DIRECTORY);
    chmodSync(this.#root, READ_ONLY_DIRECTORY);
    return { size: this.#bytes, digest: this.#index.digest() };
  }

  /** Closes what is open; what was written is the caller's to remove. */
  abandon(): void {
    if (this.#open !== undefined) closeSync(this.#open);
    this.#open = undefined;
  }

  #makeDirectory(name: string): void {
    for (const made of this.#index.addDirectory(name)) {
      this.#countEntry();
      mkdirSync(`${this.#root}/${made}`, 0o700);
      this.#directories.push(made);
    }
  }

  #makeParents(name: string): void {
    this.#countEntry();
    const slash = name.lastIndexOf("/");
    if (slash > 0) this.#makeDirectory(name.slice(0, slash));
  }

  #countEntry(): void {
    if (++this.#entries <= this.#limits.entries) return;
    throw new VineError("ARCHIVE_BOMB", `more than ${this.#limits.entries} entries (archiveEntries)`);
  }

  #countBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.#limits.bytes) {
      throw new VineError("ARCHIVE_BOMB", `more than ${this.#limits.bytes} bytes (archiveBytes)`);
    }
    if (this.#bytes < RATIO_FROM_BYTES || this.#bytes <= this.#bytesIn() * this.#limits.ratio) return;
    const sentence = `more than ${this.#limits.ratio} bytes out for a byte in (archiveRatio)`;
    throw new VineError("ARCHIVE_BOMB", sentence);
  }
}

function writeWhole(file: number, chunk: Uint8Array): void {
  for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done, chunk.length - done);
}
