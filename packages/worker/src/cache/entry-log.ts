import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { cacheName, type FileKind } from "@taskvine/core/model";
import type { Stored } from "../machine/tables/entry.js";

interface Line {
  readonly name: string;
  readonly kind?: FileKind;
  readonly size?: number;
  readonly digest?: string;
  readonly gone?: true;
}

/**
 * Which `forever` entries a cache holds, for the next worker on the same directory. Lines are appended in the background
 * and never synced: what a crash takes away is a line, and with it an entry that will be fetched again, never a wrong one.
 */
export class EntryLog {
  readonly #path: string;
  #pending: string[] = [];
  #writing: Promise<void> | undefined;
  /** The first failure to write, for the log; the worker goes on without. */
  failure: unknown;

  constructor(path: string) {
    this.#path = path;
  }

  /** What was written, oldest use first. Lines that cannot be read are passed over. */
  read(): Stored[] {
    const found = new Map<string, Stored>();
    for (const text of readLines(this.#path)) {
      const line = parseLine(text);
      if (line === undefined) continue;
      found.delete(line.name);
      const stored = line.gone === true ? undefined : asStored(line);
      if (stored !== undefined) found.set(line.name, stored);
    }
    return [...found.values()];
  }

  /** Writes the whole file anew, in this order. */
  rewrite(entries: readonly Stored[]): void {
    const draft = `${this.#path}.new`;
    writeFileSync(draft, entries.map((entry) => `${describe(entry)}\n`).join(""), { mode: 0o600 });
    renameSync(draft, this.#path);
  }

  add(stored: Stored): void {
    this.#append(describe(stored));
  }

  remove(name: string): void {
    this.#append(JSON.stringify({ name, gone: true } satisfies Line));
  }

  /** Resolves when everything added so far has been written. */
  async flushed(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  #append(line: string): void {
    this.#pending.push(`${line}\n`);
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const text = this.#pending.join("");
      this.#pending = [];
      await appendFile(this.#path, text, { mode: 0o600 }).catch((error: unknown) => {
        this.failure ??= error;
      });
    }
    this.#writing = undefined;
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

function describe(stored: Stored): string {
  const { cacheName: name, kind, size, digest } = stored;
  return JSON.stringify({ name, kind, size, ...(digest === undefined ? {} : { digest }) } satisfies Line);
}

function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    return typeof line?.name === "string" ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

function asStored({ name, kind, size, digest }: Line): Stored | undefined {
  if ((kind !== "file" && kind !== "tree") || !Number.isSafeInteger(size) || size === undefined)
    return undefined;
  const known = typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) ? { digest } : {};
  return { cacheName: cacheName(name), lifetime: "forever", kind, size, ...known };
}
