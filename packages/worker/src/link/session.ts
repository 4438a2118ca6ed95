import { VineError } from "@taskvine/core/model";
import { decodeManagerBatch, type Introduce, type ManagerMessage, type Setup } from "@taskvine/core/protocol";
import { dial, type Link, type LinkEnd, type WelcomeFacts } from "@taskvine/core/transport";
import type { WorkMessage } from "../perform/body.js";
import { Lifeline } from "./lifeline.js";
import type { Route } from "./route.js";

/** How a session with a manager ended. */
export interface SessionEnd {
  /** `released`: the manager lets this worker go. Else as for links. */
  readonly type: LinkEnd["type"] | "released";
  readonly reason: string;
}

export interface SessionOptions {
  readonly route: Route;
  readonly software: string;
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once a manager said welcome, before it hears anything of us. */
  introduce(welcome: WelcomeFacts): Introduce;
  onOpen(link: Link, introduction: Introduce, welcome: WelcomeFacts): void;
  onSetup(setup: Setup): void;
  onWork(messages: readonly WorkMessage[]): void;
  onClock(clockMs: number): void;
}

/** One connection to a manager, from the handshake to its end. */
export class Session {
  readonly ended: Promise<SessionEnd>;
  readonly #options: SessionOptions;
  #resolve!: (end: SessionEnd) => void;
  #link: Link | undefined;
  #lifeline: Lifeline | undefined;
  /** Batches that came before `dial` resolved. */
  #early: Uint8Array[] = [];
  #released: string | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Rejects as `dial` does. */
  async open(): Promise<void> {
    const { route, software, connectTimeoutMs, signal } = this.#options;
    const { link, welcome } = await dial({
      address: route.address,
      role: "worker",
      software,
      ...(route.keys === undefined ? {} : { keys: route.keys }),
      connectTimeoutMs,
      signal,
      handlers: {
        onBatch: (batch) => this.#receive(batch),
        onEnd: (end) => this.#onEnd(end),
      },
    });
    this.#link = link;
    this.#options.onOpen(link, this.#options.introduce(welcome), welcome);
    for (const batch of this.#early.splice(0)) this.#receive(batch);
  }

  /** Says goodbye. Resolves when it has been said. */
  async close(reason: VineError): Promise<void> {
    this.#lifeline?.close();
    await this.#link?.close(reason);
    this.#finish({ type: "local", reason: reason.message });
  }

  #receive(batch: Uint8Array): void {
    if (this.#link === undefined) {
      this.#early.push(Uint8Array.from(batch));
      return;
    }
    try {
      const { messages, clockMs } = decodeManagerBatch(batch);
      this.#options.onClock(clockMs);
      this.#handle(messages);
    } catch (error) {
      const broken = VineError.from(error);
      void this.#link.close(broken);
      this.#finish({ type: "lost", reason: broken.message });
    }
  }

  #handle(messages: readonly ManagerMessage[]): void {
    const work: WorkMessage[] = [];
    for (const message of messages) {
      if (message.type === "setup") this.#setUp(message);
      else if (message.type === "release") this.#released = message.reason;
      else work.push(message);
    }
    if (work.length > 0) this.#options.onWork(work);
    if (this.#released !== undefined) this.#finish({ type: "released", reason: this.#released });
  }

  #setUp(setup: Setup): void {
    this.#options.onSetup(setup);
    this.#lifeline?.close();
    if (setup.lifeline === undefined) return;
    this.#lifeline = new Lifeline(setup.lifeline, setup.workerName, (reason) => {
      const error = new VineError("MANAGER_CLOSED", `the manager is gone: ${reason}`);
      void this.#link?.close(error);
      this.#finish({ type: "lost", reason: error.message });
    });
  }

  #onEnd(end: LinkEnd): void {
    this.#finish({ type: end.type, reason: end.error.message });
  }

  #finish(end: SessionEnd): void {
    this.#lifeline?.close();
    this.#resolve(end);
  }
}
