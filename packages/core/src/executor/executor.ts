import type { VineFile } from "../manager/api/vine-file.js";
import type { ExecutorHost } from "./host.js";

/** The version of this interface. A plugin says which one it was written for. */
export const EXECUTOR_API = 1;

/** What a package of an executor exports under the name `executor`. */
export interface ExecutorPlugin {
  /** What programs call it: `vine manager` tells them. */
  readonly name: string;
  readonly api: typeof EXECUTOR_API;
  /** `options`: what the user gave, not looked at yet: refuse with BAD_ARGUMENT what makes no sense. */
  create(host: ExecutorHost, options: unknown): Executor | Promise<Executor>;
}

/** A piece of an answer: JSON, and bytes that are not JSON. */
export interface ExecutorMessage {
  readonly body: unknown;
  readonly attachments?: readonly Uint8Array[];
}

/** What a program asks of an executor, in the executor's own words. */
export interface ExecutorRequest {
  /** JSON. */
  readonly body: unknown;
  readonly attachments: readonly Uint8Array[];
  /** Files of the program that the request names. They stay the program's. */
  readonly files: readonly VineFile[];
  /** Aborted when nobody wants the answer any more: end soon, and end what was begun. */
  readonly signal: AbortSignal;
}

/** Turns requests (a graph, a list of work items, a function over a list) into tasks and calls, inside of the manager. */
export interface Executor {
  /**
   * Yields progress, as much as it likes, and returns the answer. What it throws is the error of the request: a VineError
   * with its code, all else as EXECUTOR_FAILED. Requests may overlap.
   */
  execute(request: ExecutorRequest): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined>;
  /** Called once, when all requests have ended. What was declared and submitted by the host ends by itself. */
  close(): Promise<void>;
}
