import { readFile, rm } from "node:fs/promises";
import type { House } from "../manager/body/house.js";
import type { TaskSink } from "../manager/body/task-register.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import { argumentsFault } from "../manager/tenants/bulk-call.js";
import { Tenant } from "../manager/tenants/tenant.js";
import { VineError } from "../model/errors.js";
import { type TaskId, taskId } from "../model/ids.js";
import type { TaskResult } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import type { CallRun } from "./host.js";

/** What calls of one kind are submitted as, and what is told of their ends. */
export interface CallKind<End> {
  /** Of each call, in order; called once. */
  specs(takeId: () => TaskId): TaskSpec[];
  endOf(spec: TaskSpec, record: TaskResult, files: StreamFiles): End | Promise<End>;
}

/** Who is told: of each call, by its place, and then that all have ended. */
export interface CallListener<End> {
  onEnd(index: number, end: End): void;
  onDone(run: CallRun): void;
}

/** Calls on their way: told one by one, with nothing made for each but what the coordinator needs. */
export class SubmittedCalls<End> implements CallRun, TaskSink {
  readonly #tenant: Tenant;
  readonly #kind: CallKind<End>;
  readonly #listener: CallListener<End>;
  readonly #first: number;
  readonly #count: number;
  #left: number;

  /** Throws TOO_LARGE for arguments that cannot travel. */
  constructor(house: House, kind: CallKind<End>, listener: CallListener<End>) {
    this.#tenant = new Tenant(house, this);
    this.#kind = kind;
    this.#listener = listener;
    // Ids are taken one after the other: those of a batch are without gaps.
    const specs = kind.specs(() => this.#tenant.takeTaskId());
    this.#first = specs[0]?.id ?? 0;
    this.#count = specs.length;
    this.#left = specs.length;
    this.#tenant.submit(
      specs,
      specs.map((_, index) => index),
    );
  }

  get left(): number {
    return this.#left;
  }

  cancel(index?: number): void {
    if (this.#left === 0) return;
    const [from, to] = index === undefined ? [0, this.#count] : [index, index + 1];
    for (let at = from; at < to; at++) this.#tenant.cancel(taskId(this.#first + at));
  }

  onStarted(): void {
    // Nobody asked.
  }

  onFinished(index: number, spec: TaskSpec, record: TaskResult, files: StreamFiles): void {
    const end = this.#kind.endOf(spec, record, files);
    if (end instanceof Promise) void end.then((later) => this.#tell(index, later));
    else this.#tell(index, end);
  }

  #tell(index: number, end: End): void {
    this.#left -= 1;
    this.#listener.onEnd(index, end);
    if (this.#left === 0) this.#listener.onDone(this);
  }
}

/** Throws TOO_LARGE. */
export function checkArguments(args: Iterable<Uint8Array>): void {
  for (const { length } of args) {
    const fault = argumentsFault(length);
    if (fault !== undefined) throw fault;
  }
}

/** A value that was too large to come with the news; or why it is not here. The file goes. */
export async function takeValue(path: string | undefined): Promise<Uint8Array | VineError> {
  try {
    if (path === undefined) throw new VineError("VALUE_LOST", "the worker took the value with it");
    const value = await readFile(path);
    await rm(path, { force: true });
    return value;
  } catch (thrown) {
    return VineError.from(thrown, "VALUE_LOST");
  }
}
