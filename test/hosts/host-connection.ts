import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";

const INLINE_BYTES = 64 * 1024;
const ENCODING_CODES = { json: 1, pickle: 2, v8: 3 } as const;
const BRACE = 0x7b;
type Encoding = keyof typeof ENCODING_CODES;

/** What a host says, as docs/LIBRARY-PROTOCOL.md has it. */
export interface Said {
  readonly type: string;
  readonly id?: number;
  readonly kind?: string;
  readonly message?: string;
  readonly traceback?: string;
  readonly stdout?: string;
  readonly stdoutBytes?: number;
  readonly stderr?: string;
  readonly file?: boolean;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly memory?: number;
  readonly wallUs?: number;
  readonly cpuUs?: number;
  readonly pid?: number;
  readonly slots?: number;
  readonly functions?: readonly string[];
  readonly encodings?: readonly string[];
  readonly cancel?: boolean;
  /** It came with the short header. */
  readonly isCompact: boolean;
  readonly body: Buffer;
}

export interface CallParts {
  readonly encoding?: Encoding;
  readonly kwargs?: object;
  /** In `encoding`; instead of args. */
  readonly body?: Uint8Array;
  readonly inputs?: readonly object[];
  readonly values?: readonly Uint8Array[];
  readonly sandbox?: string;
  readonly valueFile?: string;
  readonly limits?: { readonly wallMs?: number; readonly memory?: number };
}

/** The worker's end of a connection to a library, for tests. */
export class HostConnection {
  /** All but hello, in order. */
  readonly said: Said[] = [];
  readonly closed: Promise<unknown>;
  readonly #socket: Socket;
  #hello: Said | undefined;
  #valueFiles = "";
  #rest: Buffer = Buffer.alloc(0);
  #ids = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("error", () => socket.destroy());
  }

  get hello(): Said {
    if (this.#hello === undefined) throw new Error("no hello yet");
    return this.#hello;
  }

  /** Waits for hello and welcomes the library. `valueFiles`: where it is to write large values. */
  async greet(valueFiles: string): Promise<this> {
    this.#valueFiles = valueFiles;
    while (this.#hello === undefined) await once(this.#socket, "data");
    this.send({ type: "welcome", protocol: 1, compact: true, inlineBytes: INLINE_BYTES, valueFiles });
    return this;
  }

  /** Sends a call of no arguments, cut in the middle; what is left to be sent. */
  sendHalf(name: string): { readonly id: number; readonly rest: Uint8Array } {
    const id = ++this.#ids;
    const whole = frame(
      Buffer.from(JSON.stringify({ type: "call", id, function: name, args: [] })),
      Buffer.alloc(0),
    );
    this.#socket.write(whole.subarray(0, 20));
    return { id, rest: whole.subarray(20) };
  }

  sendRaw(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  send(header: object, ...attachments: readonly Uint8Array[]): void {
    const sizes = attachments.length > 1 ? { sizes: attachments.map(({ length }) => length) } : {};
    this.sendFrame(Buffer.from(JSON.stringify({ ...header, ...sizes })), Buffer.concat(attachments));
  }

  sendFrame(header: Uint8Array, body: Uint8Array): void {
    this.#socket.write(frame(header, body));
  }

  /** Sends a call whose header is JSON; its number. */
  call(name: string, args: readonly unknown[] = [], parts: CallParts = {}): number {
    const { body, values = [], ...rest } = parts;
    const id = ++this.#ids;
    const header = { type: "call", id, function: name, ...(body === undefined ? { args } : {}), ...rest };
    this.send(header, ...(body === undefined ? [] : [body]), ...values);
    return id;
  }

  /** Sends a call with the short header; its number. */
  compactCall(name: string, args: readonly unknown[] | Uint8Array = [], encoding: Encoding = "json"): number {
    const [id] = this.compactCalls([{ name, args, encoding }]);
    return id ?? 0;
  }

  /** Sends calls as one write; their numbers. */
  compactCalls(
    calls: readonly { name: string; args?: readonly unknown[] | Uint8Array; encoding?: Encoding }[],
  ): number[] {
    const ids = calls.map(() => ++this.#ids);
    const frames = calls.map(({ name, args = [], encoding = "json" }, index) => {
      const head = Buffer.alloc(6);
      head[0] = 1;
      head[1] = ENCODING_CODES[encoding];
      head.writeUInt32BE(ids[index] ?? 0, 2);
      const body = args instanceof Uint8Array ? args : Buffer.from(JSON.stringify([args, {}]));
      return frame(Buffer.concat([head, Buffer.from(name)]), body);
    });
    this.#socket.write(Buffer.concat(frames));
    return ids;
  }

  /** Sends a call with the short header that tells of values; its number. */
  compactCallWithValues(
    name: string,
    args: readonly unknown[] | Uint8Array,
    values: Readonly<Record<string, Uint8Array>>,
    encoding: Encoding = "json",
  ): number {
    const id = ++this.#ids;
    const given = Object.entries(values);
    const head = Buffer.alloc(10);
    head[0] = 3;
    head[1] = ENCODING_CODES[encoding];
    head.writeUInt32BE(id, 2);
    head.writeUInt16BE(Buffer.byteLength(name), 6);
    head.writeUInt16BE(given.length, 8);
    const named = given.map(([word, value]) => {
      const sizes = Buffer.alloc(6);
      sizes.writeUInt32BE(value.length, 0);
      sizes.writeUInt16BE(Buffer.byteLength(word), 4);
      return Buffer.concat([sizes, Buffer.from(word)]);
    });
    const body = args instanceof Uint8Array ? args : Buffer.from(JSON.stringify([args, {}]));
    const all = Buffer.concat([body, ...given.map(([, value]) => value)]);
    this.sendFrame(Buffer.concat([head, Buffer.from(name), ...named]), all);
    return id;
  }

  /** The answer to a call. Rejects when the connection ends without it. */
  async answer(id: number): Promise<Said> {
    return this.until((said) => said.id === id && (said.type === "result" || said.type === "error"));
  }

  /** The first message that fits, also of those that came already. */
  async until(fits: (said: Said) => boolean): Promise<Said> {
    for (let seen = 0; ; ) {
      for (; seen < this.said.length; seen += 1) {
        const said = this.said[seen];
        if (said !== undefined && fits(said)) return said;
      }
      if (this.#socket.destroyed) throw new Error("the connection ended without it");
      await Promise.race([once(this.#socket, "data"), this.closed]);
    }
  }

  /** The value of a call in JSON. Rejects with what went wrong. */
  async value(id: number): Promise<unknown> {
    const answer = await this.answer(id);
    if (answer.type === "error") throw new Error(`${answer.kind}: ${answer.message}`);
    const body = answer.file === true ? await readFile(`${this.#valueFiles}${id}`) : answer.body;
    return JSON.parse(body.toString()) as unknown;
  }

  /** Calls in JSON and waits for the answer. */
  async run(name: string, args: readonly unknown[] = [], parts: CallParts = {}): Promise<Said> {
    return this.answer(this.call(name, args, parts));
  }

  end(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (data.length - at >= 8) {
      const bodyAt = at + 8 + data.readUInt32BE(at);
      const end = bodyAt + data.readUInt32BE(at + 4);
      if (end > data.length) break;
      const said = readSaid(data.subarray(at + 8, bodyAt), data.subarray(bodyAt, end));
      if (said.type === "hello") this.#hello = said;
      else this.said.push(said);
      at = end;
    }
    this.#rest = data.subarray(at);
  }
}

function frame(header: Uint8Array, body: Uint8Array): Buffer {
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(header.length, 0);
  sizes.writeUInt32BE(body.length, 4);
  return Buffer.concat([sizes, header, body]);
}

function readSaid(header: Buffer, body: Buffer): Said {
  if (header[0] === BRACE) {
    const fields = JSON.parse(header.toString()) as Omit<Said, "body" | "isCompact">;
    return { ...fields, body, isCompact: false };
  }
  const [wallUs, cpuUs] = [header.readUInt32BE(6), header.readUInt32BE(10)];
  const memory = header.readUInt32BE(14) * 1024;
  return { type: "result", id: header.readUInt32BE(2), wallUs, cpuUs, memory, body, isCompact: true };
}
