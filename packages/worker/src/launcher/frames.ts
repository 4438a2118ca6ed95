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
    for (let body = this.#next(); body !== undefined; body = this.#next())
      messages.push(...decodeBody<M>(body));
    return messages;
  }

  #next(): Buffer | undefined {
    if (this.#bytes < HEADER_BYTES) return undefined;
    const end = 4 + this.#first(HEADER_BYTES).readUInt32LE(0);
    if (this.#bytes < end) return undefined;
    const first = this.#first(end);
    const rest = first.subarray(end);
    this.#chunks[0] = rest;
    if (rest.byteLength === 0) this.#chunks.shift();
    this.#bytes -= end;
    return first.subarray(4, end);
  }

  /** The first chunk, joined with those after it where it has fewer bytes than that. */
  #first(bytes: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.byteLength >= bytes) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
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
