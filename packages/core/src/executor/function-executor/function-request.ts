import { VineError } from "../../model/errors.js";
import type { ExecutorMessage, ExecutorRequest } from "../executor.js";
import type { MapOptions } from "./ordered-map.js";

/** What does the work. */
export interface FunctionCaller {
  submit(fn: string, ...args: readonly unknown[]): Promise<unknown> & { cancel(): void };
  map(
    fn: string,
    items: Iterable<readonly unknown[]>,
    options: MapOptions,
  ): AsyncGenerator<unknown, void, undefined>;
}

/** `{ function, args }`: one call; `{ function, over: [[…], …], chunkSize?, inFlight? }`: one for each of a list. */
interface FunctionRequest {
  readonly function: string;
  readonly args?: readonly unknown[];
  readonly over?: readonly (readonly unknown[])[];
  readonly chunkSize?: number;
  readonly inFlight?: number;
}

/** Values of a list that are told at once. */
const TOLD = 1_000;

/** Answers `{ value }`; or for a list `{ count }`, after progress `{ from, values }` in its order. */
export async function* doRequest(
  executor: FunctionCaller,
  { body, signal }: ExecutorRequest,
): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
  const request = checked(body);
  if (request.over === undefined) return { body: { value: await one(executor, request, signal) } };
  const { chunkSize, inFlight } = request;
  const options = {
    signal,
    ...(chunkSize === undefined ? {} : { chunkSize }),
    ...(inFlight === undefined ? {} : { inFlight }),
  };
  let count = 0;
  let values: unknown[] = [];
  for await (const value of executor.map(request.function, request.over, options)) {
    values.push(value);
    if (values.length < TOLD) continue;
    yield { body: { from: count, values } };
    count += values.length;
    values = [];
  }
  if (values.length > 0) yield { body: { from: count, values } };
  return { body: { count: count + values.length } };
}

async function one(
  executor: FunctionCaller,
  request: FunctionRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const call = executor.submit(request.function, ...(request.args ?? []));
  signal.addEventListener("abort", () => call.cancel(), { once: true });
  return call;
}

function checked(body: unknown): FunctionRequest {
  const request = body as Partial<FunctionRequest> | null;
  const isOne = (value: unknown): boolean => value === undefined || Array.isArray(value);
  if (
    typeof request === "object" &&
    request !== null &&
    typeof request.function === "string" &&
    isOne(request.args) &&
    isOne(request.over)
  )
    return request as FunctionRequest;
  throw new VineError(
    "BAD_ARGUMENT",
    "a request to this executor is { function, args } or { function, over }",
  );
}
