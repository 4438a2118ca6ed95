import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { VineFile } from "../manager/api/vine-file.js";
import type { House } from "../manager/body/house.js";
import { statsOf } from "../manager/body/stats.js";
import type { Tenant } from "../manager/tenants/tenant.js";
import { VineError } from "../model/errors.js";
import { LIMITS } from "../model/limits.js";
import type { ClientFiles } from "./client-files.js";
import type { Execute, FetchContent, Query } from "./client-message.js";
import type { ClientTasks } from "./client-tasks.js";
import type { Outgoing } from "./outgoing.js";

/** Of one Content. */
const PIECE_BYTES = 1024 * 1024;
const NO_BYTES = new Uint8Array(0);

export interface RequestParts {
  readonly house: House;
  readonly tenant: Tenant;
  readonly files: ClientFiles;
  readonly tasks: ClientTasks;
  readonly outgoing: Outgoing;
}

/** What a client asks and waits for: each request has one end, an answer or Failed. */
export class Requests {
  readonly #parts: RequestParts;
  readonly #open = new Map<number, AbortController>();

  constructor(parts: RequestParts) {
    this.#parts = parts;
  }

  fetch(message: FetchContent): void {
    this.#begin(message.request, (signal) => this.#fetch(message, signal));
  }

  query(message: Query): void {
    this.#begin(message.request, () => {
      const json = JSON.stringify(this.#answerTo(message));
      this.#parts.outgoing.say({ type: "answer", request: message.request, json, attachments: [] });
      return Promise.resolve();
    });
  }

  execute(message: Execute): void {
    this.#begin(message.request, () => {
      throw new VineError("EXECUTOR_NOT_FOUND", "this manager runs no executor");
    });
  }

  /** The client does not want the answer any more: there will be none. */
  abandon(request: number): void {
    this.#open.get(request)?.abort();
  }

  end(): void {
    for (const controller of this.#open.values()) controller.abort();
  }

  #begin(request: number, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#open.size >= LIMITS.clientRequests) {
      const sentence = `more than ${LIMITS.clientRequests} requests at the same time (clientRequests)`;
      this.#parts.outgoing.failed(request, new VineError("TOO_LARGE", sentence));
      return;
    }
    if (this.#open.has(request)) {
      const sentence = `the number ${request} belongs to another request already`;
      this.#parts.outgoing.failed(request, new VineError("BAD_ARGUMENT", sentence));
      return;
    }
    const controller = new AbortController();
    this.#open.set(request, controller);
    void this.#run(request, work, controller.signal);
  }

  async #run(
    request: number,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await work(signal);
    } catch (thrown) {
      if (!signal.aborted) this.#parts.outgoing.failed(request, VineError.from(thrown));
    } finally {
      this.#open.delete(request);
    }
  }

  async #fetch({ request, file: number, path }: FetchContent, signal: AbortSignal): Promise<void> {
    const { files, house, outgoing } = this.#parts;
    const file = files.get(number);
    if (path === "") {
      await house.body.reader.use(file, (content) => this.#send(request, file, content, signal));
      return;
    }
    await house.body.reader.saveTo(file, path);
    if (!signal.aborted) outgoing.say({ type: "content", request, data: NO_BYTES, last: true });
  }

  async #send(
    request: number,
    file: VineFile,
    content: Uint8Array | string,
    signal: AbortSignal,
  ): Promise<void> {
    const { outgoing } = this.#parts;
    let last: Uint8Array = NO_BYTES;
    for await (const piece of typeof content === "string" ? piecesOfFile(content, file) : piecesOf(content)) {
      if (signal.aborted) return;
      if (last.length > 0) outgoing.say({ type: "content", request, data: last, last: false });
      last = piece;
      await outgoing.room();
    }
    if (!signal.aborted) outgoing.say({ type: "content", request, data: last, last: true });
  }

  #answerTo({ what, task, file }: Query): unknown {
    const { house, tasks, files } = this.#parts;
    const { coordinator, turn, workers } = house.body;
    turn.now();
    switch (what) {
      case "stats":
        return statsOf(house);
      case "workers":
        return workers.specs();
      case "hungry":
        return coordinator.hungry();
      case "explain":
        return explain(tasks, task, (id) => coordinator.explain(id));
      case "holders": {
        const holders = new Set(coordinator.replicas(files.get(file).id));
        return workers.specs().filter(({ id }) => holders.has(id));
      }
      case "libraries":
        return [];
      default:
        throw new VineError("BAD_ARGUMENT", `${JSON.stringify(what)} is nothing that can be asked`, {
          hint: "Ask for stats, workers, explain, holders, libraries or hungry.",
        });
    }
  }
}

function explain(
  tasks: ClientTasks,
  number: number,
  say: (id: NonNullable<ReturnType<ClientTasks["idOf"]>>) => string,
): string {
  const id = tasks.idOf(number);
  return id === undefined ? `task ${number} has ended, or was never submitted` : say(id);
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

async function* piecesOfFile(path: string, file: VineFile): AsyncGenerator<Uint8Array> {
  try {
    if ((await stat(path)).isDirectory())
      throw new VineError("BAD_ARGUMENT", `${file.label} is a folder`, { hint: "Fetch it to a path." });
    yield* createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof VineError) throw cause;
    throw new VineError("INPUT_MISSING", `${file.label} cannot be read: ${VineError.from(cause).message}`, {
      cause,
    });
  }
}
