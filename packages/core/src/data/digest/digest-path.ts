import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import type { FileKind } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import { type CancelFlag, withCancelFlag } from "../threads/cancel.js";
import { inThread } from "../threads/pool.js";
import { indexOf, isExecutable, isUnwritten, statKey, type TreeEntry } from "../tree/survey.js";
import { type HashedFile, isSettled } from "./hash-file.js";

/** Files hashed in one job: so many, or so many bytes. */
const BATCH_FILES = 256;
const BATCH_BYTES = 64 * 1024 * 1024;
/** Files up to this size are hashed without a thread. */
const INLINE_BYTES = 64 * 1024;

/** What a file or directory tree is. */
export interface PathDigest {
  readonly kind: FileKind;
  /** SHA-256 of a file's content; Merkle digest of a tree. Hex. */
  readonly digest: string;
  /** Of a tree: of all its files. */
  readonly size: number;
  /** Of a single file. */
  readonly executable: boolean;
}

/** Remembers digests of files by path and `statKey`. */
export interface KnownDigests {
  get(path: string, key: string): string | undefined;
  set(path: string, file: HashedFile): void;
}

export interface DigestOptions {
  readonly signal?: AbortSignal;
  readonly known?: KnownDigests;
}

/**
 * Finds out what is at a path; a link at the path itself is followed. Reading and hashing happen in threads.
 * Throws INPUT_MISSING, INPUT_CHANGED (written to meanwhile), or BAD_NAME (a link that leads outside of its tree).
 */
export async function digestPath(path: string, options: DigestOptions = {}): Promise<PathDigest> {
  const real = await realpath(path).catch((error: unknown) => {
    throw missing(path, error);
  });
  const found = await stat(real, { bigint: true }).catch((error: unknown) => {
    throw missing(path, error);
  });
  if (found.isDirectory()) return digestTree(real, options);
  if (!found.isFile()) throw new VineError("INPUT_MISSING", `${path} is neither a file nor a folder`);
  const size = Number(found.size);
  const digest = await digestOfFile({ path: real, size, key: statKey(found) }, options);
  return { kind: "file", digest, size, executable: isExecutable(found) };
}

/** SHA-256 of a file's content, hex. */
export async function digestFile(path: string, options: DigestOptions = {}): Promise<string> {
  const found = await digestPath(path, options);
  if (found.kind !== "file") throw new VineError("INPUT_MISSING", `${path} is a folder`);
  return found.digest;
}

/** The Merkle digest of the directory tree at `root`, which is no link. */
export async function digestTree(root: string, options: DigestOptions = {}): Promise<PathDigest> {
  return withCancelFlag(options.signal, async (flag) => {
    const { entries, size } = await inThread("surveyTree", { root, flag });
    const index = indexOf(entries, "");
    const files = entries.filter((entry) => entry.type === "file");
    const unknown = files.filter((file) => {
      const digest = options.known?.get(`${root}/${file.path}`, file.key);
      if (digest !== undefined) index.settleFile(file.path, digest, file.size);
      return digest === undefined;
    });
    await hashBatches(root, unknown, {
      flag,
      done: (file, hashed) => {
        if (!isUnwritten(file.key, hashed.key)) throw changed(`${root}/${file.path}`);
        index.settleFile(file.path, hashed.digest, file.size);
        options.known?.set(`${root}/${file.path}`, hashed);
      },
    });
    return { kind: "tree", digest: index.digest(), size, executable: false };
  });
}

async function digestOfFile(file: HashedOf, options: DigestOptions): Promise<string> {
  const known = options.known?.get(file.path, file.key);
  if (known !== undefined) return known;
  const hashed =
    file.size <= INLINE_BYTES ? await hashInline(file.path) : await hashInThread(file.path, options.signal);
  if (!isUnwritten(file.key, hashed.key)) throw changed(file.path);
  options.known?.set(file.path, hashed);
  return hashed.digest;
}

type HashedOf = Pick<HashedFile, "size" | "key"> & { readonly path: string };

async function hashInline(path: string): Promise<HashedFile> {
  try {
    const before = await stat(path, { bigint: true });
    const settled = isSettled(before);
    const bytes = await readFile(path);
    const key = statKey(await stat(path, { bigint: true }));
    if (BigInt(bytes.length) !== before.size || !isUnwritten(statKey(before), key)) throw changed(path);
    return { digest: createHash("sha256").update(bytes).digest("hex"), size: bytes.length, key, settled };
  } catch (error) {
    throw missing(path, error);
  }
}

async function hashInThread(path: string, signal: AbortSignal | undefined): Promise<HashedFile> {
  const [hashed] = await withCancelFlag(signal, (flag) => inThread("hashFiles", { paths: [path], flag }));
  if (hashed === undefined) throw new VineError("INTERNAL", `no digest for ${path}`);
  return hashed;
}

interface Batches {
  readonly flag: CancelFlag;
  done(file: TreeEntry, hashed: HashedFile): void;
}

async function hashBatches(root: string, files: readonly TreeEntry[], batches: Batches): Promise<void> {
  await Promise.all(
    batchesOf(files).map(async (batch) => {
      const paths = batch.map((file) => `${root}/${file.path}`);
      const hashed = await inThread("hashFiles", { paths, flag: batches.flag });
      batch.forEach((file, at) => {
        const one = hashed[at];
        if (one !== undefined) batches.done(file, one);
      });
    }),
  );
}

function batchesOf(files: readonly TreeEntry[]): TreeEntry[][] {
  const batches: TreeEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const last = batches.at(-1);
    if (last === undefined || last.length >= BATCH_FILES || bytes + file.size > BATCH_BYTES) {
      batches.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return batches;
}

function changed(path: string): VineError {
  return new VineError("INPUT_CHANGED", `${path} was changed while it was read`);
}

function missing(path: string, error: unknown): VineError {
  if (error instanceof VineError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new VineError("INPUT_MISSING", `${path} cannot be read: ${reason}`, { cause: error });
}
