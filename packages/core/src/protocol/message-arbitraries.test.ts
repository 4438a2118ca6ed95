import { expect } from "chai";
import fc from "fast-check";
import { FIRST_INSTANCE_ID } from "../model/ids.js";
import {
  ARCHIVE_FORMATS,
  attempt,
  cacheName,
  fileId,
  RESULT_CODES,
  taskId,
  transferId,
} from "../model/index.js";
import { LIMITS } from "../model/limits.js";
import type { AttemptOutcome, CallOutcome, StreamOutcome } from "../tasks/result.js";
import type { ManagerMessage, WorkerMessage } from "./index.js";

/** Any message of either direction, as our own code may make it. */

const uint32 = fc.integer({ min: 1, max: 0xffff_ffff });
const count = fc.maxSafeNat();
const bytes = fc.uint8Array({ maxLength: 300 });
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const digest = hash.map((value) => Buffer.from(value).toString("hex"));
const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary", maxLength: 80 }));
const label = fc.stringMatching(/^[A-Za-z0-9 ._äöü漢🙂-]{0,40}$/u);
const commandText = text.map((value) => value.replaceAll("\0", ""));
const cache = fc.stringMatching(/^[a-z0-9]{1,8}[A-Za-z0-9._:-]{0,60}$/).map(cacheName);
const part = fc.stringMatching(/^[A-Za-z0-9_äé🙂 -][A-Za-z0-9 ._-]{0,20}$/u);
const sandboxName = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const variable = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/),
  fc.constantFrom("__proto__", "constructor", "toString"),
);
const env = fc.dictionary(variable, fc.option(commandText, { nil: null }), { noNullPrototype: false });

const task = uint32.map(taskId);
const attemptId = uint32.map(attempt);
const transfer = uint32.map(transferId);
const lifetime = fc.constantFrom("task", "workflow", "worker", "forever");
const kind = fc.constantFrom("file", "tree");
const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

const allocation = fc.record({
  cores: fc.double({ min: 0, max: 65_536, noNaN: true }),
  memory: count,
  disk: count,
  gpus: fc.integer({ min: 0, max: 4096 }),
  gpuIds: fc.array(fc.nat(), { maxLength: 8 }),
});
const inputs = fc.array(fc.record({ cacheName: cache, name: sandboxName }), { maxLength: 5 });
const dataSource = fc.record({ url: label, ticket: bytes, fingerprint: hash, localPath: label });

/** fast-check's own optional fields, typed as `field?:` without undefined. */
function recordWith<T extends object, O extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<T & Partial<O>> {
  const requiredKeys = Object.keys(required) as never[];
  return fc.record({ ...required, ...optional }, { requiredKeys }) as unknown as fc.Arbitrary<T & Partial<O>>;
}

const setup = recordWith(
  { type: fc.constant("setup" as const), ticketKey: hash, workerName: label },
  { lifeline: dataSource },
);
const output = fc.record({
  file: uint32.map(fileId),
  cacheName: cache,
  name: sandboxName,
  when: fc.constantFrom("success", "failure", "always"),
  lifetime,
  watch: fc.boolean(),
});
const assign = recordWith(
  {
    type: fc.constant("assign" as const),
    task,
    attempt: attemptId,
    command: commandText,
    inputs,
    outputs: fc.array(output, { maxLength: 4 }),
    env,
    allocation,
  },
  { wallTimeMs: positive, endWithinMs: positive, copyInputs: fc.constant(true as const) },
);
const encoding = fc.constantFrom("json", "pickle", "v8");
const deploy = fc.record({
  type: fc.constant("deploy" as const),
  task: fc.integer({ min: FIRST_INSTANCE_ID, max: 0xffff_ffff }).map(taskId),
  attempt: attemptId,
  library: label,
  command: commandText,
  inputs,
  env,
  allocation,
  slots: fc.integer({ min: 1, max: LIMITS.librarySlots }),
  startWithinMs: positive,
});
const callInput = fc.tuple(
  fc.oneof(
    fc.record({ name: sandboxName }),
    fc.record({ name: label, use: fc.constantFrom("value", "path", "function") }),
  ),
  fc.oneof(fc.record({ cacheName: cache }), fc.record({ value: bytes })),
);
const call = recordWith(
  {
    type: fc.constant("call" as const),
    task,
    attempt: attemptId,
    instance: task,
    function: text,
    args: bytes,
    encoding,
    inputs: fc.array(
      callInput.map(([named, from]) => ({ ...named, from })),
      { maxLength: 4 },
    ),
    outputs: fc.array(output, { maxLength: 3 }),
    keep: fc.boolean(),
  },
  {
    value: output.map((place) => ({ ...place, name: "" })),
    wallTimeMs: positive,
    endWithinMs: positive,
    memory: positive,
    linked: fc.constant(true as const),
  },
);
const source = fc.oneof(
  dataSource.map((peer) => ({ type: "peer" as const, ...peer })),
  fc.record({ type: fc.constant("url" as const), url: label, etag: label, lastModified: label }),
  fc.record({ type: fc.constant("inline" as const), bytes }),
);
const fetch = recordWith(
  {
    type: fc.constant("fetch" as const),
    transfer,
    cacheName: cache,
    lifetime,
    kind,
    executable: fc.boolean(),
    source,
  },
  { size: count, digest },
);
const recipe = fc.oneof(
  fc.record({
    type: fc.constant("unpack" as const),
    archive: cache,
    format: fc.constantFrom(...ARCHIVE_FORMATS),
  }),
  fc.record({
    type: fc.constant("mini-task" as const),
    command: commandText,
    inputs,
    env,
    output: sandboxName,
  }),
);

export const managerMessages: fc.Arbitrary<ManagerMessage> = fc.oneof(
  setup,
  assign,
  deploy,
  call,
  fc.record({ type: fc.constantFrom("retract", "kill"), task, attempt: attemptId }),
  fetch,
  fc.record({ type: fc.constant("make" as const), transfer, cacheName: cache, lifetime, recipe }),
  fc.record({ type: fc.constant("drop" as const), cacheName: cache }),
  fc.record({ type: fc.constant("release" as const), reason: text }),
);

const held = recordWith({ cacheName: cache, size: count, kind, lifetime }, { digest });
const introduce = recordWith(
  {
    type: fc.constant("introduce" as const),
    name: label,
    host: label,
    hostId: label,
    resources: allocation,
    features: fc.array(label, { maxLength: 4 }),
    holds: fc.array(held, { maxLength: 5 }),
    dataHosts: fc.array(label, { maxLength: 4 }),
    dataPort: fc.integer({ min: 0, max: 65_535 }),
    dataFingerprint: fc.oneof(hash, fc.constant(new Uint8Array(0))),
    cachePath: label,
    software: label,
    running: fc.array(fc.record({ task, attempt: attemptId }), { maxLength: 4 }),
  },
  { endsWithinMs: positive, linksCalls: fc.constant(true as const), resumes: hash },
);

const milliseconds = fc.nat().map((microseconds) => microseconds / 1000);
const stream: fc.Arbitrary<StreamOutcome> = recordWith(
  { tail: bytes, size: count, truncated: fc.boolean() },
  { spilled: cache },
);
const outputReports = fc.array(
  recordWith({ file: uint32.map(fileId), cacheName: cache, kind, size: count }, { digest, bytes }),
  { maxLength: 4 },
);
const reasons = {
  exitCode: fc.nat(255),
  signal: fc.constantFrom("SIGKILL", "SIGTERM"),
  message: fc.string({ minLength: 1, maxLength: 50 }),
  exhausted: fc.array(fc.constantFrom("memory", "disk", "cores"), { minLength: 1, maxLength: 3 }),
};
const taskOutcome: fc.Arbitrary<AttemptOutcome> = recordWith(
  {
    code: fc.constantFrom(...RESULT_CODES),
    stdout: stream,
    stderr: stream,
    outputs: outputReports,
    measured: recordWith(
      { wallMs: milliseconds },
      { cpuMs: milliseconds, memory: count, disk: count, processes: fc.nat() },
    ),
    phases: fc.record({
      queuedMs: milliseconds,
      stagedMs: milliseconds,
      ranMs: milliseconds,
      collectedMs: milliseconds,
    }),
  },
  reasons,
);

const printed: fc.Arbitrary<StreamOutcome> = bytes.chain((tail) =>
  fc.integer({ min: tail.length, max: tail.length * 2 }).map((size) => ({ tail, size, truncated: false })),
);
const callOutcome: fc.Arbitrary<CallOutcome> = recordWith(
  { encoding, value: bytes },
  {
    spilled: fc.record({ cacheName: cache, size: count }),
    failure: fc.record({ message: text, traceback: text, exception: bytes }),
  },
);
/** A call that succeeded has no reasons for anything else. */
const outcomeOfCall: fc.Arbitrary<AttemptOutcome> = fc
  .record({
    call: callOutcome,
    outputs: outputReports,
    stdout: printed,
    stderr: printed,
    measured: recordWith({ wallMs: milliseconds }, { cpuMs: milliseconds, memory: count }),
    queuedMs: milliseconds,
    why: fc.oneof(
      fc.record({ code: fc.constant("success" as const) }),
      recordWith({ code: fc.constantFrom(...RESULT_CODES.filter((code) => code !== "success")) }, reasons),
    ),
  })
  .map(({ queuedMs, why, ...rest }) => ({
    ...rest,
    ...why,
    phases: { queuedMs, stagedMs: 0, ranMs: rest.measured.wallMs, collectedMs: 0 },
  }));
const outcome = fc.oneof(taskOutcome, outcomeOfCall);

export const workerMessages: fc.Arbitrary<WorkerMessage> = fc.oneof(
  introduce,
  fc.record({ type: fc.constant("started" as const), task, attempt: attemptId }),
  fc.record({ type: fc.constant("ended" as const), task, attempt: attemptId, outcome }),
  fc.record({
    type: fc.constant("returned" as const),
    task,
    attempt: attemptId,
    reason: fc.constantFrom(
      "retracted",
      "input-missing",
      "input-damaged",
      "leaving",
      "no-room",
      "library-gone",
    ),
    message: text,
  }),
  recordWith({ type: fc.constant("replica-ready" as const), transfer, size: count, kind }, { digest }),
  fc.record({ type: fc.constant("replica-gone" as const), cacheName: cache, reason: text }),
  fc.record({
    type: fc.constant("transfer-failed" as const),
    transfer,
    failure: fc.record({
      error: label,
      message: text,
      fault: fc.constantFrom("source", "destination", "file"),
    }),
  }),
  fc.record({
    type: fc.constant("watched" as const),
    task,
    attempt: attemptId,
    file: uint32.map(fileId),
    offset: count,
    data: bytes,
  }),
  fc.record({ type: fc.constant("leaving" as const), reason: text }),
  recordWith(
    {
      type: fc.constant("library-ready" as const),
      task,
      attempt: attemptId,
      slots: fc.integer({ min: 1, max: LIMITS.librarySlots }),
    },
    { functions: fc.array(label, { maxLength: 4 }) },
  ),
);

describe("the messages that the other tests draw", () => {
  it("are of every type of both directions", () => {
    const types = [...fc.sample(managerMessages, 500), ...fc.sample(workerMessages, 500)];
    expect(new Set(types.map(({ type }) => type)).size).to.equal(10 + 10);
  });
});
