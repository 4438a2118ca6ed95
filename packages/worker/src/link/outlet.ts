import {
  type Ended,
  encodeWorkerBatch,
  type RunningAttempt,
  type WorkerMessage,
} from "@taskvine/core/protocol";
import type { Link } from "@taskvine/core/transport";

/** Payload of one batch, well below LIMITS.frameBytes, and messages in it. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_MESSAGES = 10_000;
/** Bytes on their way to a slow manager beyond which watched data is not sent. */
const MOST_QUEUED = 16 * 1024 * 1024;
/** Results kept for a manager that is away, and their payload. */
const MOST_KEPT = 10_000;
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
/** How long the news of a start waits for other news to travel with, such as that of a quick end; milliseconds. */
const START_WAITS_MS = 10;
/** The same for the end of a call while the next one of its line runs. */
const LINE_WAITS_MS = 3;

/**
 * What the manager is to be told. Everything said in one turn travels as one batch; that something has started is no
 * reason to send one at once. Without a manager only results are kept: what else there is to say, it learns from the
 * introduction.
 */
export class Outlet {
  #link: Link | undefined;
  #outbox: WorkerMessage[] = [];
  #bytes = 0;
  #scheduled = false;
  #later: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #kept: Ended[] = [];
  #keptBytes = 0;

  get isOpen(): boolean {
    return this.#link !== undefined;
  }

  /** Attempts of which the end is kept for a manager that comes back. */
  get unheard(): RunningAttempt[] {
    return this.#kept.map(({ task, attempt }) => ({ task, attempt }));
  }

  /** The introduction goes first, then the results that nobody has heard yet. */
  open(link: Link, introduction: WorkerMessage): void {
    this.#link = link;
    this.say(introduction);
    this.#keptBytes = 0;
    for (const message of this.#kept.splice(0)) this.say(message);
    this.flush();
  }

  close(): void {
    this.#link = undefined;
    for (const message of this.#outbox.splice(0)) this.#keep(message);
  }

  /** Results of a manager that will not come back. */
  forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** `isFollowed`: more news of the same line of calls comes soon. */
  say(message: WorkerMessage, isFollowed = false): void {
    if (this.#link === undefined) return this.#keep(message);
    if (message.type === "watched" && this.#link.queuedBytes > MOST_QUEUED) return;
    this.#outbox.push(message);
    this.#bytes += weigh(message);
    if (this.#bytes > MOST_BYTES || this.#outbox.length >= MOST_MESSAGES) this.flush();
    else if (message.type === "started") this.#later ??= this.#flushWithin(START_WAITS_MS);
    else if (isFollowed) this.#soon ??= this.#flushWithin(LINE_WAITS_MS);
    else if (!this.#scheduled) this.#schedule();
  }

  flush(): void {
    this.#bytes = 0;
    clearTimeout(this.#later);
    clearTimeout(this.#soon);
    this.#later = undefined;
    this.#soon = undefined;
    if (this.#link === undefined || this.#outbox.length === 0) return;
    this.#link.send(encodeWorkerBatch(this.#outbox.splice(0)));
  }

  #schedule(): void {
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  #flushWithin(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.flush(), ms).unref();
  }

  #keep(message: WorkerMessage): void {
    const bytes = this.#keptBytes + weigh(message);
    if (message.type !== "ended" || this.#kept.length >= MOST_KEPT || bytes > MOST_KEPT_BYTES) return;
    this.#keptBytes = bytes;
    this.#kept.push(withOwnBytes(message));
  }
}

/** What a call gave is a view of a piece of a stream, which is not to be kept for its sake. */
function withOwnBytes(message: Ended): Ended {
  const { call, outputs } = message.outcome;
  if (call === undefined) return message;
  const own = outputs.map((output) =>
    output.bytes === undefined ? output : { ...output, bytes: new Uint8Array(output.bytes) },
  );
  const outcome = { ...message.outcome, outputs: own, call: { ...call, value: new Uint8Array(call.value) } };
  return { ...message, outcome };
}

function weigh(message: WorkerMessage): number {
  if (message.type === "ended") {
    const { stdout, stderr, call, outputs } = message.outcome;
    const failure = call?.failure?.exception.length ?? 0;
    let bytes = stdout.tail.length + stderr.tail.length + failure + (call?.value.length ?? 0);
    for (const output of outputs) bytes += output.bytes?.length ?? 0;
    return bytes;
  }
  return message.type === "watched" ? message.data.length : 0;
}
