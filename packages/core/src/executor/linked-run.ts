import { Result } from "../manager/api/result.js";
import type { VineFile } from "../manager/api/vine-file.js";
import type { House } from "../manager/body/house.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import { DEFAULT_CATEGORY, DEFAULT_RETRIES } from "../manager/tenants/bulk-call.js";
import { VineError } from "../model/errors.js";
import type { FileId, TaskId } from "../model/ids.js";
import type { AttemptOutcome, CallOutcome, TaskResult } from "../tasks/result.js";
import type { InputMount, OutputMount, TaskSpec } from "../tasks/task.js";
import type { LinkedCall, LinkedEnd } from "./host.js";
import { type CallListener, checkArguments, SubmittedCalls, takeValue } from "./submitted-calls.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NONE: never[] = [];
const NOTHING = {};
const NO_BYTES = new Uint8Array(0);
const NO_OUTPUTS = new Map<never, never>();

/** Submits calls that read files and leave files. */
export function submitLinked(
  house: House,
  calls: readonly LinkedCall[],
  listener: CallListener<LinkedEnd>,
): SubmittedCalls<LinkedEnd> {
  const specs = (takeId: () => TaskId): TaskSpec[] => {
    checkArguments(calls.map(({ args }) => args));
    return calls.map((call) => specOf(call, takeId()));
  };
  const sizeOf = (file: FileId): number => house.body.coordinator.identity(file)?.size ?? 0;
  return new SubmittedCalls(
    house,
    { specs, endOf: (spec, record, files) => endOf(spec, record, { ...files, sizeOf }) },
    listener,
  );
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

interface Around extends StreamFiles {
  /** Bytes of a file in the cluster. */
  sizeOf(file: FileId): number;
}

function endOf(spec: TaskSpec, record: TaskResult, around: Around): LinkedEnd | Promise<LinkedEnd> {
  const worker = record.attempts.at(-1)?.workerName ?? "";
  if (record.state !== "done") return failedEnd(spec, record, around, worker);
  const { outcome } = record;
  if (outcome?.call === undefined) return presentEnd(spec, around, worker);
  if (outcome.call.spilled !== undefined) return largeEnd(around, worker);
  return returnedEnd(outcome, outcome.call, worker);
}

function failedEnd(spec: TaskSpec, record: TaskResult, files: StreamFiles, worker: string): LinkedEnd {
  const { error } = new Result(record, { spec, outputs: NO_OUTPUTS, value: undefined, files });
  const why = error ?? new VineError("INTERNAL", "a call failed without an error");
  const exception = record.outcome?.call?.failure?.exception ?? NO_BYTES;
  return { type: "failed", error: why, exception, worker };
}

/** It need not run: what it returns is in the cluster. */
function presentEnd({ outputs }: TaskSpec, { sizeOf }: Around, worker: string): LinkedEnd {
  const [output] = outputs;
  const bytes = output === undefined ? undefined : sizeOf(output.file);
  return { type: "returned", value: NO_BYTES, bytes, worker };
}

function returnedEnd({ outputs }: AttemptOutcome, { value }: CallOutcome, worker: string): LinkedEnd {
  const [output] = outputs;
  const bytes = output === undefined || output.bytes !== undefined ? undefined : output.size;
  return { type: "returned", value: output?.bytes ?? value, bytes, worker };
}

async function largeEnd({ valueFile }: StreamFiles, worker: string): Promise<LinkedEnd> {
  const value = await takeValue(valueFile);
  if (value instanceof VineError) return { type: "failed", error: value, exception: NO_BYTES, worker };
  return { type: "returned", value, bytes: undefined, worker };
}
