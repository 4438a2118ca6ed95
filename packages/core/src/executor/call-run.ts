import { readFile, rm } from "node:fs/promises";
import { Result } from "../manager/api/result.js";
import type { House } from "../manager/body/house.js";
import type { TaskSink } from "../manager/body/task-register.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import {
  argumentsFault,
  type BulkCalls,
  bulkCall,
  DEFAULT_CATEGORY,
  DEFAULT_RETRIES,
  functionInputs,
} from "../manager/tenants/bulk-call.js";
import { Tenant } from "../manager/tenants/tenant.js";
import { VineError } from "../model/errors.js";
import { type TaskId, taskId } from "../model/ids.js";
import type { TaskResult } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import type { CallBatch, CallEnd, CallRun } from "./host.js";

const NOTHING = {};
const NO_OUTPUTS = new Map<never, never>();

/** A batch of calls on their way: told one by one, with nothing made for each but what the coordinator needs. */
export class BatchRun implements CallRun, TaskSink {
  readonly #tenant: Tenant;
  readonly #onEnd: (index: number, end: CallEnd) => void;
  readonly #onDone: (run: BatchRun) => void;
  readonly #first: number;
  readonly #count: number;
  #left: number;

  constructor(
    house: House,
    batch: CallBatch,
    onEnd: (index: number, end: CallEnd) => void,
    onDone: (run: BatchRun) => void,
  ) {
    this.#tenant = new Tenant(house, this);
    this.#onEnd = onEnd;
    this.#onDone = onDone;
    this.#count = batch.args.length;
    this.#left = this.#count;
    const specs = specsOf(batch, () => this.#tenant.takeTaskId());
    this.#first = specs[0]?.id ?? 0;
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
    const call = record.outcome?.call;
    if (record.state === "done" && call !== undefined && call.spilled === undefined)
      this.#tell(index, { type: "returned", value: call.value });
    else void this.#tellLate(index, spec, record, files);
  }

  async #tellLate(index: number, spec: TaskSpec, record: TaskResult, files: StreamFiles): Promise<void> {
    const { error } = new Result(record, { spec, outputs: NO_OUTPUTS, value: undefined, files });
    const end = error === undefined ? await fromFile(files.valueFile) : { type: "failed" as const, error };
    this.#tell(index, end);
  }

  #tell(index: number, end: CallEnd): void {
    this.#left -= 1;
    this.#onEnd(index, end);
    if (this.#left === 0) this.#onDone(this);
  }
}

/** Ids are taken one after the other: those of a batch are without gaps. */
function specsOf(batch: CallBatch, takeId: () => TaskId): TaskSpec[] {
  const { library, encoding = library.encoding, functionFile, wallTimeMs } = batch;
  const shared: BulkCalls = {
    library: library.id,
    function: batch.function,
    encoding,
    inputs: functionInputs(functionFile?.id),
    resources: NOTHING,
    tag: batch.tag ?? "",
    category: batch.category ?? DEFAULT_CATEGORY,
    priority: batch.priority ?? 0,
    retries: batch.retries ?? DEFAULT_RETRIES,
    wallTimeMs,
    keep: false,
  };
  for (const { length } of batch.args) {
    const fault = argumentsFault(length);
    if (fault !== undefined) throw fault;
  }
  return batch.args.map((args) => bulkCall(shared, { id: takeId(), args }));
}

/** A value that was too large to come with the news. */
async function fromFile(path: string | undefined): Promise<CallEnd> {
  try {
    if (path === undefined) throw new VineError("VALUE_LOST", "the worker took the value with it");
    const value = await readFile(path);
    await rm(path, { force: true });
    return { type: "returned", value };
  } catch (thrown) {
    return { type: "failed", error: VineError.from(thrown, "VALUE_LOST") };
  }
}
