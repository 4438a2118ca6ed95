import { MessageChannel, type MessagePort } from "node:worker_threads";

/** What a thread is told: a block in shared memory, or that there are no more. It answers each block when done with it. */
type BlockMessage = Uint8Array | "end";

/** Blocks that go one by one to a job in a thread, which makes something of them. */
export class BlockStream<Result> {
  readonly #port: MessagePort;
  readonly #result: Promise<Result>;
  readonly #ended: Promise<unknown>;
  /** Those who wait for a block, oldest first. */
  readonly #waiting: (() => void)[] = [];
  #isOver = false;

  /** `start` gives the port to the thread, whose job reads `blocksFrom` it. */
  constructor(start: (port: MessagePort) => Promise<Result>) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on("message", () => this.#waiting.shift()?.());
    this.#result = start(port2);
    this.#ended = this.#result.catch(() => undefined).finally(() => this.#release());
  }

  /** `block` must lie in shared memory, and stay as it is until this resolves. Rejects when the job has failed. */
  async send(block: Uint8Array): Promise<void> {
    if (this.#isOver) {
      await this.#result;
      return;
    }
    this.#port.postMessage(block satisfies BlockMessage);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** What the job makes of all blocks. */
  async end(): Promise<Result> {
    this.#port.postMessage("end" satisfies BlockMessage);
    return this.#result;
  }

  /** Ends the job if it is not at its end, and resolves when it touches nothing any more. */
  async close(): Promise<void> {
    this.#release();
    await this.#ended;
  }

  #release(): void {
    this.#isOver = true;
    this.#port.close();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** The blocks that come through a port, each good until the next is asked for. Throws when the other end closes it early. */
export async function* blocksFrom(port: MessagePort): AsyncGenerator<Uint8Array> {
  const queue: (BlockMessage | "closed")[] = [];
  let wake: () => void = () => undefined;
  port.on("message", (message: BlockMessage) => {
    queue.push(message);
    wake();
  });
  port.once("close", () => {
    queue.push("closed");
    wake();
  });
  try {
    for (;;) {
      const message = queue.shift();
      if (message === "end") return;
      if (message === "closed") throw new Error("the stream of blocks was closed");
      if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        yield message;
        port.postMessage("done");
      }
    }
  } finally {
    port.close();
  }
}
