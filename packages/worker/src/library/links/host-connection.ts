import { timingSafeEqual } from "node:crypto";
import type { Socket } from "node:net";
import { LIMITS } from "@taskvine/core/model";
import type { Answer } from "../../machine/libraries/tables/call.js";
import { BadLibraryFrame, type LibraryFrame, LibraryFrameReader } from "../frames/frame-reader.js";
import { LibraryFrameWriter } from "../frames/frame-writer.js";
import { type HostHello, type HostMessage, readHostMessage } from "../frames/host-message.js";

const PROTOCOL = 1;
/** Who has not said hello by then is put out. */
const HELLO_MS = 10_000;

export interface HostEvents {
  onHello(host: HostConnection, hello: HostHello): void;
  onAnswers(host: HostConnection, answers: readonly Answer[]): void;
  onStarted(host: HostConnection, ids: readonly number[]): void;
  onEnd(host: HostConnection): void;
  onLog(host: HostConnection, level: string, message: string): void;
  /** It broke the protocol, or was not let in; its connection is closed. */
  onBroken(host: HostConnection, reason: string): void;
  onClosed(host: HostConnection): void;
}

/** What a library must show, and is told. */
export interface HostTerms {
  readonly token: string;
  /** Where values go that are too large to travel: this, and the number of the call. */
  readonly valueFiles: string;
}

/** What came in one piece of the stream. */
interface Heard {
  readonly answers: Answer[];
  readonly started: number[];
}

/** One connection of a library: what comes is read and checked, what goes is gathered until `flush`. */
export class HostConnection {
  readonly id: number;
  hello: HostHello | undefined;
  /** Functions that it was told of: cache name to the name in calls. */
  readonly aliases = new Map<string, string>();
  readonly #writer: LibraryFrameWriter;
  readonly #reader = new LibraryFrameReader();
  readonly #socket: Socket;
  readonly #terms: HostTerms;
  readonly #events: HostEvents;
  #hasEnded = false;

  constructor(id: number, socket: Socket, terms: HostTerms, events: HostEvents) {
    this.id = id;
    this.#socket = socket;
    this.#terms = terms;
    this.#events = events;
    this.#writer = new LibraryFrameWriter(socket);
    socket.setTimeout(HELLO_MS, () => this.#break("it did not say hello"));
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.once("close", () => events.onClosed(this));
  }

  get writer(): LibraryFrameWriter {
    return this.#writer;
  }

  /** Writes what was gathered. */
  flush(): void {
    this.#writer.flush();
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const heard: Heard = { answers: [], started: [] };
    try {
      for (const frame of this.#reader.push(chunk)) this.#hear(frame, heard);
    } catch (error) {
      if (!(error instanceof BadLibraryFrame)) throw error;
      this.#break(error.message);
    }
    if (this.hello === undefined) return;
    const { answers, started } = heard;
    if (started.length > 0) this.#events.onStarted(this, started);
    if (answers.length > 0) this.#events.onAnswers(this, answers);
    if (this.#hasEnded) this.#events.onEnd(this);
  }

  #hear(frame: LibraryFrame, { answers, started }: Heard): void {
    if (this.#socket.destroyed) return;
    const message = readHostMessage(frame, this.hello?.compact === true);
    if (message.type === "answer") answers.push(message.answer);
    else if (message.type === "started") started.push(message.id);
    else this.#handle(message);
    if (this.hello === undefined) throw new BadLibraryFrame("something before its hello");
  }

  #handle(message: HostMessage): void {
    if (message.type === "hello") this.#welcome(message);
    else if (message.type === "end") this.#hasEnded = true;
    else if (message.type === "log" && this.hello !== undefined) {
      this.#events.onLog(this, message.level, message.message);
    }
  }

  #welcome(hello: HostHello): void {
    if (this.hello !== undefined) return;
    if (!isSame(hello.token, this.#terms.token))
      return this.#refuse("the token is not the one of this library");
    if (hello.protocol !== PROTOCOL) {
      return this.#refuse(`this worker speaks protocol ${PROTOCOL}, the library ${hello.protocol}`);
    }
    this.hello = hello;
    this.#socket.setTimeout(0);
    const { compact } = hello;
    const { inlineBytes } = LIMITS;
    const { valueFiles } = this.#terms;
    this.#writer.json({ type: "welcome", protocol: PROTOCOL, compact, inlineBytes, valueFiles });
    this.#events.onHello(this, hello);
    this.flush();
  }

  #refuse(message: string): void {
    this.#writer.json({ type: "refused", message });
    this.flush();
    this.#socket.end();
    throw new BadLibraryFrame(message);
  }

  #break(reason: string): void {
    this.#events.onBroken(this, reason);
    if (this.#socket.writableEnded) this.#socket.destroySoon();
    else this.#socket.destroy();
  }
}

function isSame(shown: string, token: string): boolean {
  const one = Buffer.from(shown);
  const other = Buffer.from(token);
  return one.length === other.length && timingSafeEqual(one, other);
}
