import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
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
  onBytes(count: number): void;
  /** A digest that was not known. */
  onDigest(digest: string): void;
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
    // Only a whole file of unknown digest is hashed on the way; the digest follows as a trailer.
    const hash = held.digest === undefined && sending.from === 0 ? createHash("sha256") : undefined;
    const framing: Record<string, string> =
      hash === undefined
        ? { "Content-Length": String(held.size - sending.from) }
        : { Trailer: HEADERS.digest };
    const etag: Record<string, string> = held.digest === undefined ? {} : { ETag: `"${held.digest}"` };
    if (!head(sending, held.size, { ...common, ...framing, ...etag })) return;
    for await (const chunk of fileChunks(file, { path: held.path, from: sending.from, size: held.size })) {
      hash?.update(chunk);
      await write(sending, chunk);
    }
    if (hash !== undefined) addDigest(sending, hash.digest("hex"));
    await finish(sending.response);
  } finally {
    await file.close();
  }
}

async function openHeld(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new VineError("INPUT_MISSING", `${path} cannot be read any more`, { cause: error });
  }
}

async function* fileChunks(
  file: FileHandle,
  of: { readonly path: string; readonly from: number; readonly size: number },
): AsyncGenerator<Uint8Array> {
  for (let at = of.from; at < of.size; ) {
    const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, of.size - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw new VineError("INPUT_CHANGED", `${of.path} became shorter while it was sent`);
    at += bytesRead;
    yield bytesRead === chunk.length ? chunk : chunk.subarray(0, bytesRead);
  }
}

async function sendTree(path: string, digest: string | undefined, sending: Sending): Promise<void> {
  const survey = await withCancelFlag(undefined, (flag) => inThread("surveyTree", { root: path, flag }));
  const etag: Record<string, string> =
    digest === undefined ? { Trailer: HEADERS.digest } : { ETag: `"${digest}"` };
  const whole = { ...sending, from: 0 };
  if (!head(whole, survey.size, { [HEADERS.kind]: "tree", [HEADERS.size]: String(survey.size), ...etag }))
    return;
  const packed = packTree(path, survey);
  for await (const chunk of packed.chunks) await write(sending, chunk);
  if (digest === undefined) addDigest(sending, packed.digest());
  await finish(sending.response);
}

function addDigest(sending: Sending, digest: string): void {
  sending.response.addTrailers({ [HEADERS.digest]: digest });
  sending.onDigest(digest);
}

async function write(sending: Sending, chunk: Uint8Array): Promise<void> {
  const { response } = sending;
  if (response.destroyed) throw new VineError("TRANSFER_TRUNCATED", "the receiver went away");
  sending.onBytes(chunk.length);
  if (!response.write(chunk)) await drained(response);
}

/** Resolves when all is handed to the system; rejects when the receiver went away before. */
async function finish(response: ServerResponse, last?: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(new VineError("TRANSFER_TRUNCATED", "the receiver went away"));
    response.once("close", gone);
    response.once("finish", () => {
      response.off("close", gone);
      resolve();
    });
    response.end(last);
  });
}
