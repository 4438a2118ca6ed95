/**
 * The private conversation between the worker and its launcher: frames of
 * `u32 body length · u32 JSON length · JSON array of messages · blobs`, one frame for all messages of a turn.
 * Both ends are of one installation, so there is no version; a frame that cannot be read ends the connection.
 */
export interface Blobs {
  /** Bytes that travel beside the JSON, in order. */
  readonly blobs?: readonly Uint8Array[];
}

interface Wired {
  readonly message: object;
  readonly sizes: readonly number[];
}

const HEADER_BYTES = 8;

/** All messages in one frame, as buffers to be written in order. */
export function encodeFrame(messages: readonly (object & Blobs)[]): Buffer[] {
  const wired: Wired[] = [];
  const blobs: Uint8Array[] = [];
  for (const { blobs: own = [], ...message } of messages) {
    wired.push({ message, sizes: own.map((blob) => blob.byteLength) });
    blobs.push(...own);
  }
  const json = Buffer.from(JSON.stringify(wired));
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  const blobBytes = blobs.reduce((sum, blob) => sum + blob.byteLength, 0);
  header.writeUInt32LE(4 + json.byteLength + blobBytes, 0);
  header.writeUInt32LE(json.byteLength, 4);
  return [header, json, ...blobs.map((blob) => Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength))];
}

/** Puts chunks of a byte stream together to messages of the type `M`, which the other end promises to send. */
export class FrameReader<M extends object> {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** All messages that are complete with this chunk. */
  push(chunk: Buffer): (M & Blobs)[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const messages: (M & Blobs)[] = [];
    for (let body = this.#next(); body !== undefined; body = this.#next()) messages.push(...decodeBody<M>(body));
    return messages;
  }

  #next(): Buffer | undefined {
    if (this.#bytes < HEADER_BYTES) return undefined;
    if (this.#chunks[0]!.byteLength < HEADER_BYTES) this.#join();
    const length = this.#chunks[0]!.readUInt32LE(0);
    if (this.#bytes < 4 + length) return undefined;
    if (this.#chunks[0]!.byteLength < 4 + length) this.#join();
    const first = this.#chunks[0]!;
    const rest = first.subarray(4 + length);
    if (rest.byteLength > 0) this.#chunks[0] = rest;
    else this.#chunks.shift();
    this.#bytes -= 4 + length;
    return first.subarray(4, 4 + length);
  }

  #join(): void {
    this.#chunks = [Buffer.concat(this.#chunks)];
  }
}

function decodeBody<M extends object>(body: Buffer): (M & Blobs)[] {
  const jsonEnd = 4 + body.readUInt32LE(0);
  const wired = JSON.parse(body.toString("utf8", 4, jsonEnd)) as Wired[];
  let at = jsonEnd;
  return wired.map(({ message, sizes }) => {
    const blobs = sizes.map((size) => body.subarray(at, (at += size)));
    return { ...(message as M), blobs };
  });
}
