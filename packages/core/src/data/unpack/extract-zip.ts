import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { VineError } from "../../model/errors.js";
import { type CancelFlag, throwIfCancelled } from "../threads/cancel.js";
import type { TreeWriter } from "../tree/tree-writer.js";

const KIND_BITS = 0o170000;
const KIND_FOLDER = 0o040000;
const KIND_FILE = 0o100000;
const KIND_LINK = 0o120000;
const MADE_ON_UNIX = 3;
/** Longest target of a link, bytes. */
const TARGET_BYTES = 4096;

interface NamedEntry {
  readonly entry: Entry;
  readonly name: string;
}

/** Writes what a zip archive holds; sizes and checksums are verified. What yauzl finds wrong is ARCHIVE_DAMAGED. */
export async function extractZip(archive: string, writer: TreeWriter, flag?: CancelFlag): Promise<void> {
  try {
    // Names stay bytes here: yauzl would refuse unsafe ones as damage.
    const zip = await openPromise(archive, { decodeStrings: false, autoClose: false });
    try {
      for await (const entry of zip.eachEntry()) {
        throwIfCancelled(flag);
        await writeEntry(zip, { entry, name: nameOf(entry) }, writer);
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw damage(error);
  }
}

/** Neither ours nor the file system's: the archive's fault. */
function damage(error: unknown): unknown {
  if (error instanceof VineError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && !code.startsWith("Z_")) return error;
  return new VineError("ARCHIVE_DAMAGED", `the zip archive cannot be read: ${error.message}`, {
    cause: error,
  });
}

/** Programs on Unix write names as they are, which is UTF-8 nearly always, and often forget to say so. */
function nameOf(entry: Entry): string {
  const plain = entry.fileNameRaw.toString("utf8");
  if (isFromUnix(entry) && Buffer.from(plain, "utf8").equals(entry.fileNameRaw)) return plain;
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

async function writeEntry(zip: ZipFile, named: NamedEntry, writer: TreeWriter): Promise<void> {
  const { entry, name } = named;
  const mode = unixMode(entry);
  const kind = mode & KIND_BITS;
  if (name.endsWith("/") || kind === KIND_FOLDER) {
    writer.directory(name.replace(/\/$/, ""));
    return;
  }
  if (kind === KIND_LINK) {
    writer.link(name, await readTarget(zip, named));
    return;
  }
  if (kind !== 0 && kind !== KIND_FILE) {
    throw new VineError("ARCHIVE_UNSAFE", `${JSON.stringify(name)} is no file, folder or link`);
  }
  const sink = writer.file(name, (mode & 0o111) !== 0);
  for await (const chunk of checkedChunks(zip, named)) sink.write(chunk);
  sink.end();
}

/** Permissions and kind, where the archive was made on a system that has them. */
function unixMode(entry: Entry): number {
  return isFromUnix(entry) ? entry.externalFileAttributes >>> 16 : 0;
}

function isFromUnix(entry: Entry): boolean {
  return entry.versionMadeBy >>> 8 === MADE_ON_UNIX;
}

async function readTarget(zip: ZipFile, named: NamedEntry): Promise<string> {
  if (named.entry.uncompressedSize > TARGET_BYTES) {
    throw new VineError("ARCHIVE_UNSAFE", `${JSON.stringify(named.name)} is a link with an endless target`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of checkedChunks(zip, named)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function* checkedChunks(zip: ZipFile, { entry, name }: NamedEntry): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) {
    throw new VineError(
      "ARCHIVE_DAMAGED",
      `${JSON.stringify(name)} is encrypted or compressed in an unknown way`,
    );
  }
  let sum = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    sum = crc32(chunk as Uint8Array, sum);
    yield chunk as Uint8Array;
  }
  if (sum !== entry.crc32)
    throw new VineError("ARCHIVE_DAMAGED", `${JSON.stringify(name)} has a wrong checksum`);
}
