import { encodeArguments } from "../../manager/api/functions/arguments.js";
import type { Library } from "../../manager/api/functions/library.js";
import type { LibraryHandle } from "../../manager/api/functions/library-handle.js";
import { decodeValue } from "../../manager/api/functions/value.js";
import { houseOf, type Manager } from "../../manager/manager.js";
import { VineError } from "../../model/errors.js";
import type { Executor, ExecutorMessage, ExecutorRequest } from "../executor.js";
import type { CallEnd, CallRun, ExecutorHost } from "../host.js";
import { TenantHost } from "../tenant-host.js";
import { doRequest } from "./function-request.js";
import { type MapOptions, orderedMap } from "./ordered-map.js";

/** The value that a function is to return. Rejects with the call's error; with CANCELLED after `cancel`. */
export interface SubmittedCall extends Promise<unknown> {
  cancel(): void;
}

/** A call that leaves with the others of this turn. */
interface Leaving {
  readonly args: Uint8Array;
  readonly settle: (end: CallEnd) => void;
  run: { readonly calls: CallRun; readonly index: number } | "cancelled" | undefined;
}

/**
 * Calls the functions of one library: one by one as promises, or over a list. The first of our own executors: also for
 * `vine manager --executor @taskvine/core/function-executor`.
 */
export class FunctionExecutor implements Executor, AsyncDisposable {
  readonly library: LibraryHandle;
  readonly #host: ExecutorHost;
  readonly #end: () => void;
  /** By function. */
  #leaving = new Map<string, Leaving[]>();
  #closed = false;

  /** Made by `start`, or by the plugin. */
  constructor(host: ExecutorHost, library: Library, end: () => void = () => undefined) {
    this.#host = host;
    this.library = host.declareLibrary(library);
    this.#end = end;
  }

  /** Declares the library in this manager, apart from the application's. Ends with `close`. */
  static start(manager: Manager, library: Library): FunctionExecutor {
    const host = new TenantHost(houseOf(manager));
    return new FunctionExecutor(host, library, () => host.end());
  }

  /** Throws BAD_ARGUMENT for arguments that cannot be written. Calls of one turn of the event loop leave together. */
  submit(fn: string, ...args: readonly unknown[]): SubmittedCall {
    const bytes = this.#encode(fn, args);
    let settle!: (end: CallEnd) => void;
    const promise = new Promise<unknown>((resolve, reject) => {
      settle = (end) => settleCall(end, resolve, reject);
    });
    const leaving: Leaving = { args: bytes, settle, run: undefined };
    this.#enqueue(fn, leaving);
    return Object.assign(promise, { cancel: () => cancelLeaving(leaving) });
  }

  /**
   * Values of `fn` for each of `items`, in their order. Rejects with the error of the first that failed; then, and when
   * nobody iterates any more, what is left of the calls is cancelled.
   */
  map(
    fn: string,
    items: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
    options: MapOptions = {},
  ): AsyncGenerator<unknown, void, undefined> {
    const order = { encode: (args: readonly unknown[]) => this.#encode(fn, args), decode: decodeValue };
    return orderedMap(items, options, {
      ...order,
      call: (args, onEnd) => this.#host.call({ library: this.library, function: fn, args }, onEnd),
    });
  }

  execute(request: ExecutorRequest): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    return doRequest(this, request);
  }

  /** Cancels what has not ended, and ends the library. */
  close(): Promise<void> {
    this.#closed = true;
    this.#flush();
    this.#end();
    return Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #enqueue(fn: string, leaving: Leaving): void {
    if (this.#leaving.size === 0) queueMicrotask(() => this.#flush());
    const others = this.#leaving.get(fn);
    if (others === undefined) this.#leaving.set(fn, [leaving]);
    else others.push(leaving);
  }

  #flush(): void {
    const all = this.#leaving;
    this.#leaving = new Map();
    for (const [fn, list] of all) {
      const wanted = list.filter(({ run }) => run !== "cancelled");
      const args = wanted.map((leaving) => leaving.args);
      const calls = this.#host.call({ library: this.library, function: fn, args }, (index, end) =>
        wanted[index]?.settle(end),
      );
      wanted.forEach((leaving, index) => {
        leaving.run = { calls, index };
      });
    }
  }

  #encode(fn: string, args: readonly unknown[]): Uint8Array {
    if (this.#closed) throw new VineError("MANAGER_CLOSED", "this executor has been closed");
    const { name, functions, encoding } = this.library;
    if (functions.length > 0 && !functions.includes(fn))
      throw new VineError("UNKNOWN_FUNCTION", `the library ${name} has no function ${fn}`);
    return encodeArguments(args, {}, { encoding, fileOf: () => undefined, nameOf: refuseFile });
  }
}

function settleCall(end: CallEnd, resolve: (value: unknown) => void, reject: (error: Error) => void): void {
  if (end.type === "failed") {
    reject(end.error);
    return;
  }
  try {
    resolve(decodeValue(end.value));
  } catch (thrown) {
    reject(VineError.from(thrown));
  }
}

function cancelLeaving(leaving: Leaving): void {
  const { run } = leaving;
  if (run === "cancelled") return;
  if (run !== undefined) {
    run.calls.cancel(run.index);
    return;
  }
  leaving.run = "cancelled";
  leaving.settle({ type: "failed", error: new VineError("CANCELLED", "the call was cancelled") });
}

function refuseFile(): never {
  throw new VineError("BAD_ARGUMENT", "calls of this executor take no files", {
    hint: "Use a FunctionCall for that.",
  });
}
