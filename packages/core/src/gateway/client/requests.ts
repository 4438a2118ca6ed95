import { constants, createReadStream } from "node:fs";
import { copyFile, stat, writeFile } from "node:fs/promises";
import type { ExecutorMessage } from "../../executor/executor.js";
import type { RunningExecutor } from "../../executor/running-executor.js";
import type { House } from "../../manager/body/house.js";
import { statsOf } from "../../manager/body/stats.js";
import { Gate } from "../../manager/content/gate.js";
import type { Tenant } from "../../manager/tenants/tenant.js";
import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";
import type { Execute, FetchContent, Query } from "../client-message.js";
import type { Told } from "../gateway-message.js";
import type { ClientFiles } from "./client-files.js";
import type { ClientLibraries } from "./client-libraries.js";
import type { ClientTasks } from "./client-tasks.js";
import type { LargeValues } from "./large-values.js";
import type { Outgoing } from "./outgoing.js";

/** Of one Content. */
const PIECE_BYTES = 1024 * 1024;
/** What an executor may say in one piece: with its envelope it stays below LIMITS.messageBytes. */
const MOST_TOLD_BYTES = 30 * 1024 * 1024;
const NO_BYTES = new Uint8Array(0);

export interface RequestParts {
  readonly house: House;
  readonly tenant: Tenant;
  readonly files: ClientFiles;
  readonly libraries: ClientLibraries;
  readonly values: LargeValues;
  readonly tasks: ClientTasks;
  readonly outgoing: Outgoing;
  readonly executors: Promise<readonly RunningExecutor[]>;
}

/** What a client asks and waits for: each request has one end, an answer or Failed. */
export class Requests {
  readonly #parts: RequestParts;
  readonly #open = new Map<number, AbortController>();
  /** Files on their way: each holds a piece or two in memory. */
  readonly #sending = new Gate(LIMITS.clientFetches);

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
    this.#begin(message.request, (signal) => this.#execute(message, signal));
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

  async #fetch({ request, file: number, task, path }: FetchContent, signal: AbortSignal): Promise<void> {
    const { files, house, outgoing, values } = this.#parts;
    const { reader } = house.body;
    if (task > 0) {
      await values.take(task, (from) =>
        this.#pass(request, { label: `value of task ${task}`, from, path }, signal),
      );
      return;
    }
    const file = files.get(number);
    if (path === "") {
      const { label } = file;
      await reader.use(file, (from) => this.#pass(request, { label, from, path }, signal));
      return;
    }
    await reader.saveTo(file, path);
    if (!signal.aborted) outgoing.say({ type: "content", request, data: NO_BYTES, last: true });
  }

  async #pass(
    request: number,
    {
      label,
      from,
      path,
    }: { readonly label: string; readonly from: Uint8Array | string; readonly path: string },
    signal: AbortSignal,
  ): Promise<void> {
    if (path === "") {
      const pieces = typeof from === "string" ? piecesOfFile(from, label) : piecesOf(from);
      await this.#sending.pass(() => this.#send(request, pieces, signal));
      return;
    }
    if (typeof from === "string") await copyFile(from, path, constants.COPYFILE_EXCL);
    else await writeFile(path, from, { flag: "wx" });
    if (!signal.aborted) this.#parts.outgoing.say({ type: "content", request, data: NO_BYTES, last: true });
  }

  async #send(
    request: number,
    pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const { outgoing } = this.#parts;
    let last: Uint8Array = NO_BYTES;
    for await (const piece of pieces) {
      if (signal.aborted) return;
      if (last.length > 0) outgoing.say({ type: "content", request, data: last, last: false });
      last = piece;
      await outgoing.room();
    }
    if (!signal.aborted) outgoing.say({ type: "content", request, data: last, last: true });
  }

  async #execute(message: Execute, signal: AbortSignal): Promise<void> {
    const { files, outgoing, executors } = this.#parts;
    const { request, attachments } = message;
    const executor = chosen(await executors, message.executor);
    const answer = await executor.execute(parsed(message.requestJson), {
      attachments,
      files: message.files.map((file) => files.get(file)),
      signal,
      onProgress: async (progress) => {
        outgoing.say({ type: "progress", ...told(request, progress, executor.name) });
        await outgoing.room();
      },
    });
    if (!signal.aborted) outgoing.say({ type: "answer", ...told(request, answer, executor.name) });
  }

  #answerTo({ what, task, file }: Query): unknown {
    const { house, tasks, files, libraries } = this.#parts;
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
        return libraries.list(coordinator.libraries());
      default:
        throw new VineError("BAD_ARGUMENT", `${JSON.stringify(what)} is nothing that can be asked`, {
          hint: "Ask for stats, workers, explain, holders, libraries or hungry.",
        });
    }
  }
}

function chosen(executors: readonly RunningExecutor[], name: string): RunningExecutor {
  const executor =
    name === "" && executors.length === 1 ? executors[0] : executors.find((one) => one.name === name);
  if (executor !== undefined) return executor;
  const names = executors.map((one) => one.name).join(", ");
  throw new VineError(
    "EXECUTOR_NOT_FOUND",
    names === ""
      ? "this manager runs no executor"
      : `this manager runs ${names}, and no executor ${JSON.stringify(name)}`,
    { hint: "Start it with `vine manager --executor <package>`." },
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new VineError("BAD_ARGUMENT", `the request is no JSON: ${VineError.from(cause).message}`, {
      cause,
    });
  }
}

/** What an executor says, as it goes to the client. */
function told(request: number, { body, attachments = [] }: ExecutorMessage, name: string): Told {
  const json = asJson(body, name);
  const bytes = attachments.reduce((sum, { length }) => sum + length, Buffer.byteLength(json));
  if (bytes <= MOST_TOLD_BYTES) return { request, json, attachments };
  throw new VineError(
    "TOO_LARGE",
    `the executor ${name} says ${bytes} bytes at once, more than ${MOST_TOLD_BYTES}`,
    {
      hint: "Large things are for files, or for several pieces of progress.",
    },
  );
}

function asJson(body: unknown, name: string): string {
  try {
    return JSON.stringify(body ?? null);
  } catch (cause) {
    const why = VineError.from(cause).message;
    throw new VineError(
      "EXECUTOR_FAILED",
      `what the executor ${name} says cannot be written as JSON: ${why}`,
      {
        cause,
      },
    );
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

async function* piecesOfFile(path: string, label: string): AsyncGenerator<Uint8Array> {
  try {
    if ((await stat(path)).isDirectory())
      throw new VineError("BAD_ARGUMENT", `${label} is a folder`, { hint: "Fetch it to a path." });
    yield* createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof VineError) throw cause;
    throw new VineError("INPUT_MISSING", `${label} cannot be read: ${VineError.from(cause).message}`, {
      cause,
    });
  }
}
