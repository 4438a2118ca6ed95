import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { digestPath, type KnownDigests, type PathDigest } from "./digest-path.js";
import type { HashedFile } from "./hash-file.js";

/** Files remembered; those not met for longest are forgotten first. */
const MOST_ENTRIES = 200_000;
/** A change is written to disk after this long, with all others since, milliseconds. */
const SAVE_AFTER_MS = 5_000;
const FIRST_LINE = "vine digests 1";

interface Remembered {
  readonly key: string;
  readonly digest: string;
}

/**
 * Digests of local files by path, size, times and inode, so that nothing is hashed twice; kept in a file between
 * runs. A damaged or missing file only costs hashing again. A file changed a moment before it was read is not kept.
 */
export class DigestCache implements KnownDigests {
  readonly #file: string;
  readonly #mostEntries: number;
  readonly #entries = new Map<string, Remembered>();
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #changed = false;

  private constructor(file: string, mostEntries: number) {
    this.#file = file;
    this.#mostEntries = mostEntries;
  }

  /** Reads what an earlier run left at `file`. Never rejects. */
  static async open(file: string, mostEntries = MOST_ENTRIES): Promise<DigestCache> {
    const cache = new DigestCache(file, mostEntries);
    const text = await readFile(file, "utf8").catch(() => "");
    const [first, ...lines] = text.split("\n");
    if (first === FIRST_LINE) for (const line of lines) cache.#read(line);
    return cache;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** See `digestPath`; files whose digest is remembered are not read. */
  async digest(path: string, signal?: AbortSignal): Promise<PathDigest> {
    return digestPath(path, { known: this, ...(signal === undefined ? {} : { signal }) });
  }

  get(path: string, key: string): string | undefined {
    const found = this.#entries.get(path);
    if (found?.key !== key) return undefined;
    this.#entries.delete(path);
    this.#entries.set(path, found);
    return found.digest;
  }

  set(path: string, file: HashedFile): void {
    if (!file.settled) return;
    this.#put(path, file);
    this.#changed = true;
    this.#timer ??= setTimeout(() => void this.save(), SAVE_AFTER_MS).unref();
  }

  /** Writes what has changed. Never rejects: without the file, the next run hashes again. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#write());
    await this.#saving;
  }

  #put(path: string, { key, digest }: Remembered): void {
    this.#entries.delete(path);
    this.#entries.set(path, { key, digest });
    if (this.#entries.size <= this.#mostEntries) return;
    const oldest = this.#entries.keys().next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }

  #read(line: string): void {
    const [sum, key, digest, ...path] = line.split(" ");
    const body = line.slice((sum?.length ?? 0) + 1);
    if (key === undefined || digest === undefined || sum !== checksum(body)) return;
    this.#put(JSON.parse(path.join(" ")) as string, { key, digest });
  }

  async #write(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const lines = [FIRST_LINE];
    for (const [path, { key, digest }] of this.#entries) {
      const body = `${key} ${digest} ${JSON.stringify(path)}`;
      lines.push(`${checksum(body)} ${body}`);
    }
    const passing = `${this.#file}.${process.pid}.new`;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(passing, `${lines.join("\n")}\n`, { mode: 0o600 });
      await rename(passing, this.#file);
    } catch {
      await rm(passing, { force: true }).catch(() => undefined);
    }
  }
}

/** Enough to find a damaged line: a wrong digest would be worse than none. */
function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
