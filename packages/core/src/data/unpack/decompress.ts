import { Buffer } from "node:buffer";
import { closeSync, createReadStream, openSync, type ReadStream, readSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { ZSTDDecoder } from "zstddec/stream";
import { VineError } from "../../model/errors.js";

const READ_BYTES = 1024 * 1024;
const INFLATE_BYTES = 256 * 1024;

/** The plain bytes of an archive, and how much of the archive was read for them so far. */
export interface Decompressed {
  readonly chunks: AsyncIterable<Uint8Array>;
  bytesIn(): number;
}

export function decompress(archive: string, compression: "none" | "gz" | "zst"): Decompressed {
  if (compression === "zst") return decompressZstd(archive);
  const file = createReadStream(archive, { highWaterMark: READ_BYTES });
  const bytesIn = (): number => file.bytesRead;
  if (compression === "none") return { chunks: file, bytesIn };
  return { chunks: gunzip(file), bytesIn };
}

async function* gunzip(file: ReadStream): AsyncGenerator<Uint8Array> {
  const plain = createGunzip({ chunkSize: INFLATE_BYTES });
  file.on("error", (error: Error) => plain.destroy(error));
  file.pipe(plain);
  try {
    for await (const chunk of plain) yield chunk as Uint8Array;
  } catch (error) {
    throw isZlib(error) ? damaged(error) : error;
  } finally {
    plain.destroy();
    file.destroy();
  }
}

function isZlib(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && (code.startsWith("Z_") || code.startsWith("ERR_"));
}

function damaged(error: Error): VineError {
  return new VineError("ARCHIVE_DAMAGED", `the compressed data cannot be read: ${error.message}`, {
    cause: error,
  });
}

function decompressZstd(archive: string): Decompressed {
  const reading = { bytes: 0 };
  return { chunks: unzstd(archive, reading), bytesIn: () => reading.bytes };
}

async function* unzstd(archive: string, reading: { bytes: number }): AsyncGenerator<Uint8Array> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const file = openSync(archive, "r");
  try {
    let emptyInRow = 0;
    for (const chunk of decoder.decodeStreaming(readChunks(file, reading))) {
      emptyInRow = chunk.length === 0 ? emptyInRow + 1 : 0;
      if (chunk.length > 0) yield chunk;
      // The decoder does not tell of damage: it stops moving on.
      else if (emptyInRow > 2) throw new VineError("ARCHIVE_DAMAGED", "the zstd data is damaged");
    }
  } catch (error) {
    throw error instanceof VineError || "code" in (error as object) ? error : damaged(error as Error);
  } finally {
    closeSync(file);
  }
}

function* readChunks(file: number, reading: { bytes: number }): Generator<Uint8Array> {
  const chunk = Buffer.allocUnsafeSlow(READ_BYTES);
  for (let count = readSync(file, chunk); count > 0; count = readSync(file, chunk)) {
    reading.bytes += count;
    yield chunk.subarray(0, count);
  }
}
