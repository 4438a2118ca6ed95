import { Result } from "../manager/api/result.js";
import type { House } from "../manager/body/house.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import {
  type BulkCalls,
  bulkCall,
  DEFAULT_CATEGORY,
  DEFAULT_RETRIES,
  functionInputs,
} from "../manager/tenants/bulk-call.js";
import { VineError } from "../model/errors.js";
import type { TaskId } from "../model/ids.js";
import type { TaskResult } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import type { CallBatch, CallEnd } from "./host.js";
import { type CallListener, checkArguments, SubmittedCalls, takeValue } from "./submitted-calls.js";

const NOTHING = {};
const NO_OUTPUTS = new Map<never, never>();

/** Submits calls that differ in nothing but their arguments. */
export function submitBatch(
  house: House,
  batch: CallBatch,
  listener: CallListener<CallEnd>,
): SubmittedCalls<CallEnd> {
  return new SubmittedCalls(house, { specs: (takeId) => specsOf(batch, takeId), endOf }, listener);
}

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
  checkArguments(batch.args);
  return batch.args.map((args) => bulkCall(shared, { id: takeId(), args }));
}

function endOf(spec: TaskSpec, record: TaskResult, files: StreamFiles): CallEnd | Promise<CallEnd> {
  const call = record.outcome?.call;
  if (record.state === "done" && call !== undefined)
    return call.spilled === undefined ? { type: "returned", value: call.value } : largeEnd(files);
  const { error } = new Result(record, { spec, outputs: NO_OUTPUTS, value: undefined, files });
  return { type: "failed", error: error ?? new VineError("INTERNAL", "a call ended without an outcome") };
}

async function largeEnd({ valueFile }: StreamFiles): Promise<CallEnd> {
  const value = await takeValue(valueFile);
  return value instanceof VineError ? { type: "failed", error: value } : { type: "returned", value };
}
