import type { Socket } from "node:net";

const SIZES_BYTES = 8;
/** What is said in a turn is gathered in pieces of so many bytes. */
const PIECE_BYTES = 16 * 1024;
/** Attachments of more bytes are not copied. */
const COPIED_BYTES = 4 * 1024;

/** A value that goes with a call, and the call's name for it. */
export interface GivenValue {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Gathers the frames of a turn, to be written at once. */
export class LibraryFrameWriter {
  readonly #target: Socket;
  #pieces: Uint8Array[] = [];
  #piece = Buffer.alloc(0);
  #from = 0;
  #at = 0;

  constructor(target: Socket) {
    this.#target = target;
  }

  /** A frame whose header is JSON. */
  json(header: object, attachments: readonly Uint8Array[] = []): void {
    const sizes = attachments.map((attachment) => attachment.length);
    const text = JSON.stringify(sizes.length > 1 ? { ...header, sizes } : header);
    const headerBytes = Buffer.byteLength(text);
    const bodyBytes = sizes.reduce((sum, size) => sum + size, 0);
    this.#begin(headerBytes, bodyBytes, headerBytes);
    this.#at += this.#piece.write(text, this.#at, "utf8");
    for (const attachment of attachments) this.#attach(attachment);
  }

  /** A compact call: a code for the encoding, its number, the function's name. */
  compactCall(encoding: number, id: number, name: string, args: Uint8Array): void {
    const nameBytes = Buffer.byteLength(name);
    this.#begin(6 + nameBytes, args.length, 6 + nameBytes);
    const piece = this.#piece;
    piece[this.#at] = 1;
    piece[this.#at + 1] = encoding;
    piece.writeUInt32BE(id, this.#at + 2);
    this.#at += 6;
    this.#at += piece.write(name, this.#at, "utf8");
    this.#attach(args);
  }

  /** A compact call that reads values which come with it: they follow its arguments. */
  compactCallWithValues(
    call: { readonly encoding: number; readonly id: number; readonly name: string },
    args: Uint8Array,
    values: readonly GivenValue[],
  ): void {
    let headerBytes = 10 + Buffer.byteLength(call.name);
    let bodyBytes = args.length;
    for (const { name, bytes } of values) {
      headerBytes += 6 + Buffer.byteLength(name);
      bodyBytes += bytes.length;
    }
    this.#begin(headerBytes, bodyBytes, headerBytes);
    this.#writeUInt16(3 * 256 + call.encoding);
    this.#writeUInt32(call.id);
    this.#writeUInt16(Buffer.byteLength(call.name));
    this.#writeUInt16(values.length);
    this.#at += this.#piece.write(call.name, this.#at, "utf8");
    for (const { name, bytes } of values) {
      this.#writeUInt32(bytes.length);
      this.#writeUInt16(Buffer.byteLength(name));
      this.#at += this.#piece.write(name, this.#at, "utf8");
    }
    this.#attach(args);
    for (const { bytes } of values) this.#attach(bytes);
  }

  flush(): void {
    this.#cut();
    const pieces = this.#pieces;
    if (pieces.length === 0) return;
    this.#pieces = [];
    if (!this.#target.writable) return;
    this.#write(pieces);
    // All of it is with the kernel already: the space can be used again.
    if (this.#target.writableLength === 0) this.#rewind();
  }

  #write(pieces: readonly Uint8Array[]): void {
    if (pieces.length === 1) {
      this.#target.write(pieces[0] ?? "");
      return;
    }
    this.#target.cork();
    for (const piece of pieces) this.#target.write(piece);
    this.#target.uncork();
  }

  #rewind(): void {
    this.#from = 0;
    this.#at = 0;
  }

  #begin(headerBytes: number, bodyBytes: number, roomBytes: number): void {
    this.#makeRoom(SIZES_BYTES + roomBytes);
    this.#piece.writeUInt32BE(headerBytes, this.#at);
    this.#piece.writeUInt32BE(bodyBytes, this.#at + 4);
    this.#at += SIZES_BYTES;
  }

  #writeUInt16(value: number): void {
    this.#at = this.#piece.writeUInt16BE(value, this.#at);
  }

  #writeUInt32(value: number): void {
    this.#at = this.#piece.writeUInt32BE(value, this.#at);
  }

  #attach(bytes: Uint8Array): void {
    if (bytes.length > COPIED_BYTES) {
      this.#cut();
      this.#pieces.push(bytes);
      return;
    }
    this.#makeRoom(bytes.length);
    this.#piece.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #makeRoom(bytes: number): void {
    if (this.#piece.length - this.#at >= bytes) return;
    this.#cut();
    this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, bytes));
    this.#rewind();
  }

  /** What was written into the current piece goes next. */
  #cut(): void {
    if (this.#at > this.#from) this.#pieces.push(this.#piece.subarray(this.#from, this.#at));
    this.#from = this.#at;
  }
}
