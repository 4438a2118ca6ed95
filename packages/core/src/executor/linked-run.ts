import { Result } from "../manager/api/result.js";
import type { VineFile } from "../manager/api/vine-file.js";
import type { House } from "../manager/body/house.js";
import type { TaskSink } from "../manager/body/task-register.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import { argumentsFault, DEFAULT_CATEGORY, DEFAULT_RETRIES } from "../manager/tenants/bulk-call.js";
import { Tenant } from "../manager/tenants/tenant.js";
import { VineError } from "../model/errors.js";
import { type TaskId, taskId } from "../model/ids.js";
import type { AttemptOutcome, CallOutcome, TaskResult } from "../tasks/result.js";
import type { InputMount, OutputMount, TaskSpec } from "../tasks/task.js";
import type { CallRun, LinkedCall, LinkedEnd } from "./host.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NONE: never[] = [];
const NOTHING = {};
const NO_BYTES = new Uint8Array(0);
const NO_OUTPUTS = new Map<never, never>();

/** Calls that read files and leave files, on their way. */
export class LinkedRun implements CallRun, TaskSink {
  readonly #tenant: Tenant;
  readonly #onEnd: (index: number, end: LinkedEnd) => void;
  readonly #onDone: (run: LinkedRun) => void;
  readonly #first: number;
  readonly #count: number;
  #left: number;

  constructor(
    house: House,
    calls: readonly LinkedCall[],
    onEnd: (index: number, end: LinkedEnd) => void,
    onDone: (run: LinkedRun) => void,
  ) {
    this.#tenant = new Tenant(house, this);
    this.#onEnd = onEnd;
    this.#onDone = onDone;
    this.#count = calls.length;
    this.#left = calls.length;
    for (const { args } of calls) {
      const fault = argumentsFault(args.length);
      if (fault !== undefined) throw fault;
    }
    const specs = calls.map((call) => specOf(call, this.#tenant.takeTaskId()));
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
    this.#left -= 1;
    this.#onEnd(index, endOf(spec, record, files));
    if (this.#left === 0) this.#onDone(this);
  }
}

function specOf(call: LinkedCall, id: TaskId): TaskSpec {
  const { library, encoding = library.encoding, inputs, value, wallTimeMs, memory } = call;
  const spec: Mutable<TaskSpec> = {
    id,
    command: "",
    env: NOTHING,
    inputs: inputs?.map(({ file, name, use }): InputMount => ({ file: file.id, name, use })) ?? NONE,
    outputs: value === undefined ? NONE : [outputOf(value)],
    resources: memory === undefined ? NOTHING : { memory },
    features: NONE,
    tag: call.tag ?? "",
    category: call.category ?? DEFAULT_CATEGORY,
    priority: call.priority ?? 0,
    retries: call.retries ?? DEFAULT_RETRIES,
    call: { library: library.id, function: call.function, args: call.args, encoding, keep: false },
  };
  if (wallTimeMs !== undefined) spec.wallTimeMs = wallTimeMs;
  return spec;
}

function outputOf({ id }: VineFile): OutputMount {
  return { file: id, name: "", when: "success", watch: false, use: "value" };
}

function endOf(spec: TaskSpec, record: TaskResult, files: StreamFiles): LinkedEnd {
  const { outcome } = record;
  const worker = record.attempts.at(-1)?.workerName ?? "";
  if (record.state === "done" && outcome?.call !== undefined)
    return returnedEnd(outcome, outcome.call, worker);
  const { error } = new Result(record, { spec, outputs: NO_OUTPUTS, value: undefined, files });
  const why = error ?? new VineError("INTERNAL", "a call ended without an outcome");
  return { type: "failed", error: why, exception: outcome?.call?.failure?.exception ?? NO_BYTES, worker };
}

function returnedEnd({ outputs }: AttemptOutcome, call: CallOutcome, worker: string): LinkedEnd {
  if (call.spilled !== undefined) {
    const error = new VineError("VALUE_LOST", "the value is too large to travel, and has no file to go to");
    return { type: "failed", error, exception: NO_BYTES, worker };
  }
  const [output] = outputs;
  const bytes = output === undefined || output.bytes !== undefined ? undefined : output.size;
  return { type: "returned", value: output?.bytes ?? call.value, bytes, worker };
}
