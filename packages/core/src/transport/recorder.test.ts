import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import { VineError } from "../model/errors.js";
import type { Link, LinkEnd, LinkHandlers, LinkServerOptions, Role } from "./link.js";

/** Handlers that keep what they are told, and can be waited for. */
export class Recorder implements LinkHandlers {
  readonly batches: Buffer[] = [];
  readonly ended: Promise<LinkEnd>;
  end: LinkEnd | undefined;
  readonly #news = new EventEmitter().setMaxListeners(0);
  #resolve!: (end: LinkEnd) => void;

  constructor() {
    this.ended = new Promise((resolve) => (this.#resolve = resolve));
  }

  onBatch(batch: Uint8Array): void {
    this.batches.push(Buffer.from(batch));
    this.#news.emit("news");
  }

  onEnd(end: LinkEnd): void {
    this.end = end;
    this.#resolve(end);
    this.#news.emit("news");
  }

  /** Resolves once `count` batches have come; rejects when the link ends before. */
  async received(count: number): Promise<readonly Buffer[]> {
    while (this.batches.length < count) {
      if (this.end !== undefined) throw this.end.error;
      await new Promise((resolve) => this.#news.once("news", resolve));
    }
    return this.batches;
  }
}

export interface Met {
  readonly link: Link;
  readonly role: Role;
  readonly recorder: Recorder;
}

/** The server's side of a test: who came, who was turned away. */
export class Lobby {
  readonly met: Met[] = [];
  readonly refused: VineError[] = [];
  readonly #news = new EventEmitter().setMaxListeners(0);

  options(more: Partial<LinkServerOptions> = {}): LinkServerOptions {
    return {
      welcome: { managerName: "test", managerInstance: "instance", software: "1.0" },
      onLink: (link, role) => {
        const recorder = new Recorder();
        this.met.push({ link, role, recorder });
        this.#news.emit("news");
        return recorder;
      },
      onRefused: (error) => {
        this.refused.push(error);
        this.#news.emit("news");
      },
      ...more,
    };
  }

  /** Resolves with the next that has come since the last call. */
  async next(): Promise<Met> {
    await this.until(() => this.met.length > 0);
    return this.met.shift() as Met;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => this.#news.once("news", resolve));
  }
}

export const BYE = new VineError("MANAGER_CLOSED", "the test is over");

/** The error of a promise that must reject. */
export async function rejection(promise: Promise<unknown>): Promise<VineError> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof VineError) return thrown;
    throw thrown;
  }
  throw new Error("it did not reject");
}
