const TAIL_BYTES = 64 * 1024;

/** Text of one stream during one call: its end, and how much there was. */
class Tail {
  #chunks: Buffer[] = [];
  #held = 0;
  bytes = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#held += chunk.length;
    this.#chunks.push(chunk);
    if (this.#held <= 4 * TAIL_BYTES) return;
    this.#chunks = [Buffer.concat(this.#chunks).subarray(-TAIL_BYTES)];
    this.#held = TAIL_BYTES;
  }

  text(): string {
    return Buffer.concat(this.#chunks).subarray(-TAIL_BYTES).toString("utf8");
  }
}

/** Fields of an answer. */
export interface PrintedText {
  stdout?: string;
  stdoutBytes?: number;
  stderr?: string;
  stderrBytes?: number;
}

type StreamName = "stdout" | "stderr";

let tails: Partial<Record<StreamName, Tail>> = {};
let isCalling = false;

/** From here on what a call prints goes with its answer; what is printed between calls stays in the library's log. */
export function collectPrints(): void {
  collect("stdout");
  collect("stderr");
}

export function beginPrints(): void {
  isCalling = true;
}

/** What was printed since the call began; undefined: nothing. */
export function takePrints(): PrintedText | undefined {
  isCalling = false;
  const { stdout, stderr } = tails;
  if (stdout === undefined && stderr === undefined) return undefined;
  tails = {};
  return { ...fieldsOf("stdout", stdout), ...fieldsOf("stderr", stderr) };
}

function fieldsOf(name: StreamName, tail: Tail | undefined): PrintedText {
  if (tail === undefined) return {};
  const isCut = tail.bytes > TAIL_BYTES;
  return { [name]: tail.text(), ...(isCut ? { [`${name}Bytes`]: tail.bytes } : {}) };
}

function collect(name: StreamName): void {
  const stream = process[name];
  const write = stream.write.bind(stream);
  const replacement = (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    if (!isCalling) return write(chunk, encoding as BufferEncoding, done as () => void);
    const charset = typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8";
    const tail = (tails[name] ??= new Tail());
    tail.add(typeof chunk === "string" ? Buffer.from(chunk, charset) : Buffer.from(chunk));
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") queueMicrotask(callback as () => void);
    return true;
  };
  stream.write = replacement;
}
