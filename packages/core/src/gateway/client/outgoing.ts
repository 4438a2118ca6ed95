import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import type { Encoding } from "../../tasks/task.js";
import type { Link } from "../../transport/link.js";
import { encodeGatewayBatch } from "../codec/gateway-codec.js";
import type { FinishedAttempt, GatewayMessage, Trouble } from "../gateway-message.js";

/** What one batch may weigh, so that it stays well below LIMITS.frameBytes. */
const BATCH_BYTES = 8 * 1024 * 1024;
/** Of calls that share a message. */
const RUN_CALLS = 20_000;
const RUN_BYTES = 4 * 1024 * 1024;
/** With more than this on its way to a client, what comes next waits here. */
const CROWDED_BYTES = 32 * 1024 * 1024;
/** Of a message beside its texts and bytes, and of a call in a list. */
const MESSAGE_BYTES = 256;
const CALL_BYTES = 32;

/** How a call ran whose value has a file. */
export interface CallRun {
  readonly attempt: FinishedAttempt;
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  /** The value stayed in the cluster. */
  readonly kept: boolean;
}

/** Values that share a message, since all else that there is to tell of their calls is the same. */
interface Run {
  readonly encoding: Encoding;
  /** 0: nothing is told of how they ran. */
  readonly worker: number;
  readonly hasCpu: boolean;
  readonly kept: boolean;
  readonly wallMs: number[];
  readonly cpuMs: number[];
  readonly tasks: number[];
  readonly values: Uint8Array[];
  bytes: number;
}

/** What a client is to be told: what comes up in one turn leaves as one batch, and waits while the client does not read. */
export class Outgoing {
  readonly #link: Link;
  #messages: GatewayMessage[] = [];
  /** The last of the messages, where values can be added to it. */
  #run: Run | undefined;
  #bytes = 0;
  #waiting = false;
  #ended = false;

  constructor(link: Link) {
    this.#link = link;
  }

  /** A call returned, and there is nothing else to tell. */
  returned(encoding: Encoding, task: number, value: Uint8Array, how?: CallRun): void {
    let run = this.#run;
    if (run?.encoding !== encoding || isFull(run) || !isLike(run, how)) run = this.#begin(encoding, how);
    if (how !== undefined) run.wallMs.push(how.wallMs);
    if (how?.cpuMs !== undefined) run.cpuMs.push(how.cpuMs);
    run.tasks.push(task);
    run.values.push(value);
    run.bytes += value.length;
    this.#bytes += value.length + CALL_BYTES;
    if (this.#bytes > BATCH_BYTES) this.#relieve();
  }

  say(message: GatewayMessage): void {
    this.#add(message);
    this.#run = undefined;
    this.#bytes += bytesOf(message);
    if (this.#bytes > BATCH_BYTES) this.#relieve();
  }

  failed(request: number, error: VineError): void {
    this.say({ type: "failed", request, trouble: troubleOf(error) });
  }

  /** Resolves at once, or when the client has taken so much that more may be sent. */
  async room(): Promise<void> {
    if (this.#link.queuedBytes > CROWDED_BYTES / 2) await this.#link.drained();
  }

  end(): void {
    this.#ended = true;
    this.#messages = [];
    this.#run = undefined;
  }

  #begin(encoding: Encoding, how: CallRun | undefined): Run {
    const alike = { encoding, worker: how?.attempt.worker ?? 0, hasCpu: how?.cpuMs !== undefined };
    const kept = how?.kept === true;
    const run = { ...alike, kept, tasks: [], values: [], wallMs: [], cpuMs: [], bytes: 0 };
    const { tasks, values, wallMs, cpuMs } = run;
    const ran = how === undefined ? {} : { ran: { attempt: how.attempt, wallMs, cpuMs } };
    this.#add({ type: "returned", encoding, tasks, values, kept, ...ran });
    this.#run = run;
    return run;
  }

  #add(message: GatewayMessage): void {
    if (this.#ended) return;
    if (this.#messages.length === 0 && !this.#waiting) queueMicrotask(() => this.#flush());
    this.#messages.push(message);
    this.#bytes += MESSAGE_BYTES;
  }

  #relieve(): void {
    this.#flush();
    if (this.#bytes <= LIMITS.clientHeldBytes) return;
    const sentence = `the client does not read: more than ${LIMITS.clientHeldBytes} bytes wait for it (clientHeldBytes)`;
    this.end();
    void this.#link.close(new VineError("TOO_LARGE", sentence));
  }

  #flush(): void {
    if (this.#messages.length === 0 || this.#waiting) return;
    if (this.#link.queuedBytes > CROWDED_BYTES) {
      void this.#wait();
      return;
    }
    const messages = this.#messages;
    this.#messages = [];
    this.#run = undefined;
    this.#bytes = 0;
    try {
      for (const batch of batchesOf(messages)) this.#link.send(encodeGatewayBatch(batch));
    } catch (thrown) {
      // A mistake of ours: the client cannot be told what it waits for, so it is told this.
      this.end();
      void this.#link.close(VineError.from(thrown));
    }
  }

  async #wait(): Promise<void> {
    this.#waiting = true;
    await this.#link.drained();
    this.#waiting = false;
    this.#flush();
  }
}

export function troubleOf(error: VineError): Trouble {
  return { code: error.code, message: error.message, hint: error.hint };
}

function isLike({ worker, hasCpu, kept }: Run, how: CallRun | undefined): boolean {
  if (kept !== (how?.kept === true)) return false;
  return worker === (how?.attempt.worker ?? 0) && hasCpu === (how?.cpuMs !== undefined);
}

function isFull({ tasks, bytes }: Run): boolean {
  return tasks.length >= RUN_CALLS || bytes > RUN_BYTES;
}

/** Usually one: more when a client that did not read for a while does so again. */
function* batchesOf(messages: readonly GatewayMessage[]): Generator<readonly GatewayMessage[]> {
  let batch: GatewayMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    batch.push(message);
    bytes += MESSAGE_BYTES + bytesOf(message);
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/** About how many bytes a message takes beside MESSAGE_BYTES; rather too many. */
function bytesOf(message: GatewayMessage): number {
  switch (message.type) {
    case "returned":
      return message.values.reduce((sum, value) => sum + value.length + CALL_BYTES, 0);
    case "finished": {
      const { value, stdout, stderr, failure, attempts } = message;
      const texts = (stdout?.tail.length ?? 0) + (stderr?.tail.length ?? 0);
      const why = (failure?.traceback.length ?? 0) * 3 + (failure?.exception.length ?? 0);
      return (value?.length ?? 0) + texts + why + attempts.length * MESSAGE_BYTES;
    }
    case "content":
      return message.data.length;
    case "answer":
    case "progress":
      return message.attachments.reduce((sum, bytes) => sum + bytes.length, message.json.length * 3);
    default:
      return 0;
  }
}
