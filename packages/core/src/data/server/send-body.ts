import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { crc32 } from "node:zlib";
import { VineError } from "../../model/errors.js";
import type { Held } from "../contract.js";
import { withCancelFlag } from "../threads/cancel.js";
import { inThread } from "../threads/pool.js";
import { drained } from "../tree/drained.js";
import { packTree } from "../tree/pack-tree.js";
import { isExecutable } from "../tree/survey.js";
import { HEADERS } from "../wire-headers.js";

const CHUNK_BYTES = 1024 * 1024;

/** One answer being given. */
export interface Sending {
  readonly response: ServerResponse;
  /** First byte wanted, from `Range: bytes=N-`. */
  readonly from: number;
  /** HEAD: no body. */
  readonly headOnly: boolean;
  /** Nothing below HTTP tells that bytes were changed on their way, as TLS does. */
  readonly isPlain: boolean;
  onBytes(count: number): void;
}

/** Of what was sent: the CRC-32, where the receiver has nothing else to compare with. */
class Checksum {
  #sum = 0;

  add(chunk: Uint8Array): void {
    this.#sum = crc32(chunk, this.#sum);
  }

  get hex(): string {
    return this.#sum.toString(16);
  }
}

/** Sends what is held. Rejects when it is not any more what was announced: the connection must then be cut. */
export async function sendHeld(held: Held, sending: Sending): Promise<void> {
  if (held.type === "bytes") return sendBytes(held.bytes, sending);
  return held.kind === "tree" ? sendTree(held.path, held.digest, sending) : sendFile(held, sending);
}

function head(sending: Sending, size: number, extra: Readonly<Record<string, string>>): boolean {
  const { response, from } = sending;
  if (from > size || (from === size && from > 0)) {
    response.writeHead(416, { "Content-Range": `bytes */${size}`, "Content-Length": 0 }).end();
    return false;
  }
  const range = from > 0 ? { "Content-Range": `bytes ${from}-${size - 1}/${size}` } : {};
  response.writeHead(from > 0 ? 206 : 200, {
    "Content-Type": "application/octet-stream",
    "Accept-Ranges": "bytes",
    ...range,
    ...extra,
  });
  if (sending.headOnly) response.end();
  return !sending.headOnly;
}

async function sendBytes(bytes: Uint8Array, sending: Sending): Promise<void> {
  const length = { "Content-Length": String(Math.max(0, bytes.length - sending.from)) };
  if (!head(sending, bytes.length, { ...length, [HEADERS.kind]: "file" })) return;
  sending.onBytes(bytes.length - sending.from);
  await finish(sending.response, bytes.subarray(sending.from));
}

type HeldFile = Extract<Held, { type: "path" }>;

async function sendFile(held: HeldFile, sending: Sending): Promise<void> {
  const file = await openHeld(held.path);
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size !== held.size) {
      throw new VineError("INPUT_CHANGED", `${held.path} has ${stat.size} bytes, not ${held.size}`);
    }
    const executable: Record<string, string> = isExecutable(stat) ? { [HEADERS.executable]: "1" } : {};
    const common = { [HEADERS.kind]: "file", ...executable };
    const checksum = checksumFor(held.digest, sending);
    const framing: Record<string, string> =
      checksum === undefined
        ? { "Content-Length": String(held.size - sending.from) }
        : { Trailer: HEADERS.checksum };
    const etag: Record<string, string> = held.digest === undefined ? {} : { ETag: `"${held.digest}"` };
    if (!head(sending, held.size, { ...common, ...framing, ...etag })) return;
    const chunks = fileChunks(file, { path: held.path, from: sending.from, size: held.size });
    await sendChunks(chunks, sending, checksum);
    addChecksum(sending, checksum);
    await finish(sending.response);
  } finally {
    await file.close();
  }
}

/**
 * A digest that is not known is not found out here either: the receiver has to hash what arrives in any case, and doing so
 * at both ends makes a copy slower by half.
 */
function checksumFor(digest: string | undefined, { isPlain }: Sending): Checksum | undefined {
  return digest === undefined && isPlain ? new Checksum() : undefined;
}

/** A chunk is read while the one before it is sent. */
async function sendChunks(
  chunks: AsyncIterable<Uint8Array>,
  sending: Sending,
  checksum: Checksum | undefined,
): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  for await (const chunk of chunks) {
    await sent;
    checkReceiver(sending);
    sent = writeThrough(sending, chunk);
    checksum?.add(chunk);
  }
  await sent;
}

async function openHeld(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new VineError("INPUT_MISSING", `${path} cannot be read any more`, { cause: error });
  }
}

/** Chunks of a file in turn in two pieces of shared memory: a chunk is good until the second next is asked for. */
async function* fileChunks(
  file: FileHandle,
  of: { readonly path: string; readonly from: number; readonly size: number },
): AsyncGenerator<Uint8Array> {
  const memory = Math.min(CHUNK_BYTES, of.size - of.from);
  let [chunk, other] = [sharedBlock(memory), sharedBlock(memory)];
  for (let at = of.from; at < of.size; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, of.size - at), at);
    if (bytesRead === 0) throw new VineError("INPUT_CHANGED", `${of.path} became shorter while it was sent`);
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
    [chunk, other] = [other, chunk];
  }
}

function sharedBlock(size: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(size));
}

async function sendTree(path: string, digest: string | undefined, sending: Sending): Promise<void> {
  const survey = await withCancelFlag(undefined, (flag) => inThread("surveyTree", { root: path, flag }));
  const checksum = checksumFor(digest, sending);
  const etag: Record<string, string> = digest === undefined ? {} : { ETag: `"${digest}"` };
  const trailer: Record<string, string> = checksum === undefined ? {} : { Trailer: HEADERS.checksum };
  const common = { [HEADERS.kind]: "tree", [HEADERS.size]: String(survey.size) };
  const whole = { ...sending, from: 0 };
  if (!head(whole, survey.size, { ...common, ...etag, ...trailer })) return;
  const packed = packTree(path, survey, digest !== undefined);
  for await (const chunk of packed.chunks) {
    checksum?.add(chunk);
    await write(sending, chunk);
  }
  if (digest !== undefined && packed.digest() !== digest)
    throw new VineError("INPUT_CHANGED", `${path} changed after it was declared`);
  addChecksum(sending, checksum);
  await finish(sending.response);
}

function addChecksum({ response }: Sending, checksum: Checksum | undefined): void {
  if (checksum !== undefined) response.addTrailers({ [HEADERS.checksum]: checksum.hex });
}

async function write(sending: Sending, chunk: Uint8Array): Promise<void> {
  checkReceiver(sending);
  sending.onBytes(chunk.length);
  if (!sending.response.write(chunk)) await drained(sending.response);
}

function checkReceiver({ response }: Sending): void {
  if (response.destroyed) throw new VineError("TRANSFER_TRUNCATED", "the receiver went away");
}

/** Resolves when the chunk has left our memory; an error comes with the next one, or at the end. */
function writeThrough(sending: Sending, chunk: Uint8Array): Promise<void> {
  const { response } = sending;
  sending.onBytes(chunk.length);
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("close", done);
      resolve();
    };
    response.once("close", done);
    response.write(chunk, done);
  });
}

/** Resolves when all is handed to the system; rejects when the receiver went away before. */
async function finish(response: ServerResponse, last?: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(new VineError("TRANSFER_TRUNCATED", "the receiver went away"));
    if (response.destroyed) gone();
    response.once("close", gone);
    response.once("finish", () => {
      response.off("close", gone);
      resolve();
    });
    response.end(last);
  });
}
