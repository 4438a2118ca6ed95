import fc from "fast-check";
import { RESULT_CODES } from "../../model/index.js";
import type { ClientMessage } from "../client-message.js";
import type { GatewayMessage } from "../gateway-message.js";

/** Any message of either direction, as our own code or a client may make it. */

const number = fc.integer({ min: 1, max: 0xffff_ffff });
const numbers = fc.array(number, { maxLength: 8 });
const count = fc.maxSafeNat();
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const time = fc.double({ min: 0, max: 1e15, noNaN: true });
const bytes = fc.uint8Array({ maxLength: 200 });
const blobs = fc.array(bytes, { maxLength: 4 });
const text = fc.string({ maxLength: 60 });
const word = fc.string({ minLength: 1, maxLength: 40 });
const command = text.map((value) => value.replaceAll("\0", ""));
const encoding = fc.constantFrom("json", "pickle", "v8");
const variable = fc.oneof(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/), fc.constantFrom("__proto__"));
const env = fc.dictionary(variable, fc.option(command, { nil: null }), { noNullPrototype: false });

/** fast-check's own optional fields, typed as `field?:` without undefined. */
function recordWith<T extends object, O extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<T & Partial<O>> {
  const requiredKeys = Object.keys(required) as never[];
  return fc.record({ ...required, ...optional }, { requiredKeys }) as unknown as fc.Arbitrary<T & Partial<O>>;
}

const resources = recordWith(
  {},
  {
    cores: fc.double({ min: 0, max: 65_536, noNaN: true }),
    memory: count,
    disk: count,
    gpus: fc.integer({ min: 0, max: 4_096 }),
  },
);
const input = recordWith({ file: number, name: text }, { use: fc.constantFrom("value", "path", "function") });
const inputs = fc.array(input, { maxLength: 4 });
const output = recordWith(
  {
    file: number,
    name: text,
    when: fc.constantFrom("success", "failure", "always"),
    watch: fc.boolean(),
  },
  { use: fc.constant("value" as const) },
);

const origin = fc.oneof(
  fc.record({ type: fc.constant("path" as const), path: text }),
  fc.record({ type: fc.constant("buffer" as const), bytes }),
  fc.record({ type: fc.constant("url" as const), url: text }),
  fc.record({ type: fc.constant("temp" as const) }),
  fc.record({ type: fc.constant("mini-task" as const), command, inputs, env, output: text }),
  fc.record({ type: fc.constant("unpack" as const), archive: number, format: text }),
);
const declare = recordWith(
  {
    type: fc.constant("declare" as const),
    file: number,
    origin,
    peerTransfer: fc.boolean(),
    unlinkWhenDone: fc.boolean(),
    executable: fc.boolean(),
    label: text,
  },
  { lifetime: fc.constantFrom("task", "workflow", "worker", "forever") },
);
const library = recordWith(
  {
    type: fc.constant("library" as const),
    library: number,
    name: text,
    command,
    inputs,
    env,
    resources,
    features: fc.array(text, { maxLength: 3 }),
    slots: fc.nat(100),
    functions: fc.array(text, { maxLength: 3 }),
  },
  {
    maxInstances: fc.integer({ min: 1, max: 99 }),
    startTries: fc.integer({ min: 1, max: 99 }),
    startWithinMs: positive,
  },
);
const labels = { tag: text, category: text, priority: fc.double({ noNaN: true, noDefaultInfinity: true }) };
const submit = recordWith(
  {
    type: fc.constant("submit" as const),
    task: number,
    command,
    inputs,
    outputs: fc.array(output, { maxLength: 3 }),
    env,
    resources,
    features: fc.array(text, { maxLength: 3 }),
    ...labels,
    policy: text,
  },
  {
    call: fc.record({ library: number, function: text, args: bytes, encoding, keep: fc.boolean() }),
    retries: fc.nat(100),
    wallTimeMs: positive,
    endByMs: positive,
    startAfterMs: positive,
  },
);
const callInputs = fc.array(fc.record({ file: number, use: fc.constantFrom("value", "path") }), {
  maxLength: 3,
});
const kind = {
  library: number,
  function: text,
  functionFile: fc.nat(),
  encoding,
  keep: fc.boolean(),
  ...labels,
};
const oddities = { retries: fc.nat(100), wallTimeMs: positive, memory: positive };
const kinds = fc.oneof(
  fc.constant({ kinds: [], others: [] }),
  fc.record({
    kinds: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
    others: fc.array(recordWith(kind, oddities), { minLength: 2, maxLength: 2 }),
  }),
);
const calls = kinds.chain((of) =>
  recordWith(
    {
      type: fc.constant("calls" as const),
      ...kind,
      firstTask: fc.integer({ min: 1, max: 0xffff_0000 }),
      args: fc.array(bytes, { minLength: 4, maxLength: 4 }),
      valueFiles: fc.oneof(fc.constant([]), fc.array(number, { minLength: 4, maxLength: 4 })),
      tags: fc.oneof(fc.constant([]), fc.array(text, { minLength: 4, maxLength: 4 })),
      inputs: fc.oneof(fc.constant([]), fc.array(callInputs, { minLength: 4, maxLength: 4 })),
      kinds: fc.constant(of.kinds),
      others: fc.constant(of.others),
    },
    oddities,
  ),
);
const cancel = fc.record({
  type: fc.constant("cancel" as const),
  which: fc.oneof(
    fc.constant("all" as const),
    fc.record({ tasks: numbers }),
    fc.record({ tag: word }),
    fc.record({ category: word }),
  ),
});

export const clientMessages: fc.Arbitrary<ClientMessage> = fc.oneof(
  declare,
  library,
  submit,
  calls,
  cancel,
  fc.record({ type: fc.constant("remove-library" as const), library: number }),
  fc.record({ type: fc.constantFrom("prune", "undeclare"), files: numbers }),
  fc.record({
    type: fc.constant("fetch" as const),
    request: number,
    file: fc.nat(),
    task: fc.nat(),
    path: text,
  }),
  fc.record({
    type: fc.constant("query" as const),
    request: number,
    what: text,
    task: fc.nat(),
    file: fc.nat(),
  }),
  fc.record({
    type: fc.constant("execute" as const),
    request: number,
    executor: text,
    requestJson: text,
    attachments: blobs,
    files: numbers,
  }),
  fc.record({ type: fc.constant("abandon" as const), request: number }),
  fc.constant({ type: "bye" as const }),
);

const trouble = fc.record({ code: text, message: text, hint: text });
const stream = fc.record({ tail: bytes, size: count, path: text });
const attempt = fc.record({
  attempt: number,
  worker: number,
  workerName: text,
  host: text,
  assignedAtMs: time,
  endedAtMs: time,
  ended: text,
  allocation: resources,
});
const finished = recordWith(
  {
    type: fc.constant("finished" as const),
    task: number,
    state: fc.constantFrom("done", "failed", "cancelled"),
    code: fc.constantFrom(...RESULT_CODES),
    exhausted: fc.array(text, { maxLength: 3 }),
    requested: resources,
    attempts: fc.array(attempt, { maxLength: 3 }),
    submittedAtMs: time,
    finishedAtMs: time,
  },
  {
    trouble,
    exitCode: fc.nat(255),
    signal: word,
    stdout: stream,
    stderr: stream,
    measured: recordWith({ wallMs: time }, { cpuMs: time, memory: count, disk: count, processes: fc.nat() }),
    encoding,
    value: bytes,
    failure: fc.record({ message: text, traceback: text, exception: bytes }),
  },
);
const returned = fc.array(fc.tuple(number, bytes, time, time), { maxLength: 6 }).chain((pairs) =>
  fc.tuple(encoding, fc.option(attempt), fc.boolean(), fc.boolean()).map(([of, shared, hasCpu, kept]) => ({
    type: "returned" as const,
    encoding: of,
    tasks: pairs.map(([task]) => task),
    values: pairs.map(([, value]) => value),
    kept,
    ...(shared === null
      ? {}
      : {
          ran: {
            attempt: shared,
            wallMs: pairs.map(([, , wallMs]) => wallMs),
            cpuMs: hasCpu ? pairs.map(([, , , cpuMs]) => cpuMs) : [],
          },
        }),
  })),
);

export const gatewayMessages: fc.Arbitrary<GatewayMessage> = fc.oneof(
  finished,
  returned,
  fc.record({
    type: fc.constant("ready" as const),
    name: text,
    port: fc.nat(65_535),
    connectionFile: text,
    runDirectory: text,
    inlineBytes: fc.nat(),
    executors: fc.array(text, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("running" as const), tasks: numbers }),
  fc.record({ type: fc.constant("content" as const), request: number, data: bytes, last: fc.boolean() }),
  fc.record({ type: fc.constantFrom("answer", "progress"), request: number, json: text, attachments: blobs }),
  fc.record({ type: fc.constant("failed" as const), request: number, trouble }),
  fc.record({ type: fc.constant("refusal" as const), file: fc.nat(), library: fc.nat(), trouble }),
  fc.record({
    type: fc.constant("status" as const),
    workers: fc.nat(),
    cores: time,
    waiting: count,
    running: count,
    done: count,
    failed: count,
  }),
  fc.record({ type: fc.constant("note" as const), level: text, message: text }),
);
