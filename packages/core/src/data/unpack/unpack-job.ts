import { createHash } from "node:crypto";
import { closeSync, constants, fchmodSync, openSync, statSync, writeSync } from "node:fs";
import type { ArchiveFormat } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import type { UnpackLimits } from "../contract.js";
import { type CancelFlag, throwIfCancelled } from "../threads/cancel.js";
import { diskError } from "../tree/disk-error.js";
import { extractTar } from "../tree/extract-tar.js";
import { readOnlyMode } from "../tree/read-only.js";
import { removeTree } from "../tree/remove-tree.js";
import { TreeWriter } from "../tree/tree-writer.js";
import { type Decompressed, decompress } from "./decompress.js";
import { extractZip } from "./extract-zip.js";

/** What a thread is asked to unpack. */
export interface UnpackJob {
  readonly archive: string;
  readonly format: ArchiveFormat;
  readonly into: string;
  readonly limits: UnpackLimits;
  /** Of a single file (gz). */
  readonly executable: boolean;
  readonly flag: CancelFlag;
}

export interface Unpacked {
  readonly size: number;
  /** SHA-256 of a single file, Merkle digest of a tree. */
  readonly digest: string;
}

const COMPRESSION = { tar: "none", "tar.gz": "gz", "tar.zst": "zst" } as const;
const RATIO_FROM_BYTES = 64 * 1024 * 1024;

/** Unpacks in the thread that it is called in. Nothing is left behind when it fails. */
export async function runUnpackJob(job: UnpackJob): Promise<Unpacked> {
  try {
    return job.format === "gz" ? await unpackSingle(job) : await unpackTree(job);
  } catch (error) {
    await removeTree(job.into);
    throw nameTheArchive(job, error);
  }
}

function nameTheArchive(job: UnpackJob, error: unknown): VineError {
  const known = diskError(error, "INTERNAL");
  return new VineError(known.code, `${job.archive}: ${known.message}`, { cause: error });
}

async function unpackTree(job: UnpackJob): Promise<Unpacked> {
  if (job.format === "zip") {
    const { size } = statSync(job.archive);
    return written(
      job,
      () => size,
      (writer) => extractZip(job.archive, writer, job.flag),
    );
  }
  const plain = decompress(job.archive, COMPRESSION[job.format as keyof typeof COMPRESSION]);
  return written(job, plain.bytesIn, (writer) => extractTar(cancellable(plain, job.flag), writer));
}

async function written(
  job: UnpackJob,
  bytesIn: () => number,
  extract: (writer: TreeWriter) => Promise<void>,
): Promise<Unpacked> {
  const writer = new TreeWriter(job.into, job.limits, bytesIn);
  try {
    await extract(writer);
    return writer.finish();
  } finally {
    writer.abandon();
  }
}

async function* cancellable(plain: Decompressed, flag: CancelFlag): AsyncGenerator<Uint8Array> {
  for await (const chunk of plain.chunks) {
    throwIfCancelled(flag);
    yield chunk;
  }
}

async function unpackSingle(job: UnpackJob): Promise<Unpacked> {
  const plain = decompress(job.archive, "gz");
  const hash = createHash("sha256");
  const file = openSync(job.into, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  let size = 0;
  try {
    for await (const chunk of cancellable(plain, job.flag)) {
      size += chunk.length;
      checkSize(size, plain.bytesIn(), job.limits);
      for (let done = 0; done < chunk.length; ) done += writeSync(file, chunk, done);
      hash.update(chunk);
    }
    fchmodSync(file, readOnlyMode(job.executable));
  } finally {
    closeSync(file);
  }
  return { size, digest: hash.digest("hex") };
}

function checkSize(size: number, bytesIn: number, limits: UnpackLimits): void {
  if (size > limits.bytes)
    throw new VineError("ARCHIVE_BOMB", `more than ${limits.bytes} bytes (archiveBytes)`);
  if (size < RATIO_FROM_BYTES || size <= bytesIn * limits.ratio) return;
  throw new VineError("ARCHIVE_BOMB", `more than ${limits.ratio} bytes out for a byte in (archiveRatio)`);
}
