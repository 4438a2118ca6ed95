import type { VineError } from "../../model/errors.js";
import type { FileId, TaskId } from "../../model/ids.js";
import type { AttemptOutcome, TaskResult } from "../../tasks/result.js";
import type { DraftOutput } from "../api/draft.js";
import { Result } from "../api/result.js";
import type { VineFile } from "../api/vine-file.js";
import type { ResultQueue } from "../collect/result-queue.js";
import type { CallValues } from "../content/arrivals/call-values.js";
import { discard } from "../content/arrivals/place.js";
import type { StreamFiles, Streams } from "../content/arrivals/streams.js";
import type { TaskRegister } from "./task-register.js";
import type { Workers } from "./workers/workers.js";

export interface CompletionOptions {
  readonly tasks: TaskRegister;
  readonly queue: ResultQueue<Result>;
  readonly workers: Workers;
  readonly streams: Streams;
  readonly callValues: CallValues;
  onFinished(result: Result): void;
}

const NOTHING_SPILLED: StreamFiles = {};
const NO_OUTPUTS: ReadonlyMap<string, VineFile> = new Map();

/** The end of a task: its texts are brought here, then whoever waits is told. */
export class Completion {
  readonly #options: CompletionOptions;
  readonly #underway = new Map<TaskId, Promise<void>>();

  constructor(options: CompletionOptions) {
    this.#options = options;
  }

  finish(record: TaskResult): void {
    if (!hasSpilled(record.outcome)) {
      this.#deliver(record, NOTHING_SPILLED);
      return;
    }
    this.#underway.set(record.task, this.#bringAndDeliver(record));
  }

  /** Resolves when every result that was begun has been delivered. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway.values());
  }

  /** Nothing will go on: every task that is left ends with this error. */
  failAll(error: VineError): void {
    const nowMs = Date.now();
    const { tasks } = this.#options;
    for (const { spec } of [...tasks.all(), ...tasks.allOfTenants()]) {
      const { id: task, resources: requested } = spec;
      const told = { state: "failed", code: "unknown", message: error.message, error: error.code } as const;
      this.#deliver(
        { ...told, task, requested, submittedAtMs: nowMs, finishedAtMs: nowMs, attempts: [] },
        {},
      );
    }
  }

  async #bringAndDeliver(record: TaskResult): Promise<void> {
    const { workers, streams, callValues } = this.#options;
    const valueFile = callValues.take(record.task);
    const worker = record.attempts.findLast((attempt) => attempt.outcome === record.outcome)?.worker;
    const session = worker === undefined ? undefined : workers.get(worker);
    session?.pin();
    const files = await streams.bring(record, session);
    session?.unpin();
    this.#underway.delete(record.task);
    if (valueFile === undefined) this.#deliver(record, files);
    else if (record.state === "done") this.#deliver(record, { ...files, valueFile });
    else {
      await discard(valueFile).catch(() => undefined);
      this.#deliver(record, files);
    }
  }

  #deliver(record: TaskResult, files: StreamFiles): void {
    const { tasks, queue, onFinished } = this.#options;
    const rented = tasks.removeOfTenant(record.task);
    if (rented !== undefined) {
      rented.sink.onFinished(rented.number, rented.spec, record, files);
      return;
    }
    const entry = tasks.remove(record.task);
    if (entry === undefined) return;
    const { spec, value } = entry;
    const result = new Result(record, { spec, outputs: outputsMade(entry.outputs, record), value, files });
    entry.handle.finish(result, queue);
    onFinished(result);
    if (tasks.size === 0) queue.release();
    else if (spec.tag !== "" && tasks.withTag(spec.tag) === 0) queue.release(spec.tag);
  }
}

function hasSpilled(outcome: AttemptOutcome | undefined): boolean {
  if (outcome === undefined) return false;
  const { stdout, stderr, call } = outcome;
  return stdout.spilled !== undefined || stderr.spilled !== undefined || call?.spilled !== undefined;
}

/** A task that need not run, since all it makes was there already, has no outcome and all of its outputs. */
export function outputsMade(
  declared: readonly DraftOutput[],
  record: TaskResult,
): ReadonlyMap<string, VineFile> {
  if (declared.length === 0) return NO_OUTPUTS;
  const made =
    record.outcome === undefined
      ? undefined
      : new Set<FileId>(record.outcome.outputs.map(({ file }) => file));
  const outputs = new Map<string, VineFile>();
  if (record.state === "cancelled") return outputs;
  if (made === undefined && record.state !== "done") return outputs;
  for (const { name, file } of declared) if (made?.has(file.id) ?? true) outputs.set(name, file);
  return outputs;
}
