/** A library breaks the protocol: its connection is closed. The message says how. */
export class BadLibraryFrame extends Error {}

/** What one frame carries. Both are views of what arrived: copy what is to live long. */
export interface LibraryFrame {
  readonly header: Buffer;
  readonly body: Buffer;
}

export const HEADER_LIMIT_BYTES = 1024 * 1024;
export const BODY_LIMIT_BYTES = 64 * 1024 * 1024;
const SIZES_BYTES = 8;

/** Puts chunks of a stream together to frames: u32 header size, u32 body size, header, body. Copies no byte more than once. */
export class LibraryFrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** With fewer bytes there is nothing to be done. */
  #wanted = SIZES_BYTES;

  /** All frames that are complete with this chunk. Throws BadLibraryFrame for sizes past the bounds. */
  push(chunk: Buffer): LibraryFrame[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#wanted) return [];
    const data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    const frames: LibraryFrame[] = [];
    let at = 0;
    for (let end = endOf(data, at); end <= data.length; end = endOf(data, at)) {
      const bodyAt = at + SIZES_BYTES + data.readUInt32BE(at);
      frames.push({ header: data.subarray(at + SIZES_BYTES, bodyAt), body: data.subarray(bodyAt, end) });
      at = end;
    }
    this.#wanted = endOf(data, at) - at;
    this.#bytes = data.length - at;
    this.#chunks = this.#bytes === 0 ? [] : [data.subarray(at)];
    return frames;
  }
}

/** Where the frame that begins there ends, as far as is known. */
function endOf(data: Buffer, at: number): number {
  if (data.length - at < SIZES_BYTES) return at + SIZES_BYTES;
  const header = data.readUInt32BE(at);
  const body = data.readUInt32BE(at + 4);
  if (header > HEADER_LIMIT_BYTES) throw new BadLibraryFrame(`a header of ${header} bytes`);
  if (body > BODY_LIMIT_BYTES) throw new BadLibraryFrame(`a body of ${body} bytes`);
  return at + SIZES_BYTES + header + body;
}
