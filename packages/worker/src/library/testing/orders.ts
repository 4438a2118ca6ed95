import { fileURLToPath } from "node:url";
import { attempt, cacheName, fileId, type TaskId, taskId } from "@taskvine/core/model";
import type { AssignOutput, Call, CallInput, Deploy } from "@taskvine/core/protocol";

const ECHO = fileURLToPath(new URL("./echo-library.js", import.meta.url));
/** Where the numbers of instances begin. */
const INSTANCES = 0x8000_0000;

let instances = 0;
let calls = 0;

/** An instance of the echo library. */
export function aDeploy(env: Readonly<Record<string, string>> = {}, parts: Partial<Deploy> = {}): Deploy {
  return {
    type: "deploy",
    task: taskId(INSTANCES + ++instances),
    attempt: attempt(1),
    library: "echo",
    command: `exec "$VINE_NODE" "${ECHO}"`,
    inputs: [],
    env,
    allocation: { cores: 1, memory: 500e6, disk: 100e6, gpus: 0, gpuIds: [] },
    slots: 1,
    startWithinMs: 60_000,
    ...parts,
  };
}

export function aCall(
  instance: TaskId,
  name: string,
  args: readonly unknown[] = [],
  parts: Partial<Call> = {},
): Call {
  return {
    type: "call",
    task: taskId(1_000_000 + ++calls),
    attempt: attempt(1),
    instance,
    function: name,
    args: Buffer.from(JSON.stringify([args, {}])),
    encoding: "json",
    inputs: [],
    outputs: [],
    keep: false,
    ...parts,
  };
}

/** A cache entry that is used so. */
export function aCallInput(name: string, use?: CallInput["use"]): CallInput {
  return { name, ...(use === undefined ? {} : { use }), from: { cacheName: cacheName(name) } };
}

/** Where the value of a call goes. */
export function aValueOutput(name: string): AssignOutput {
  const common = { when: "success", lifetime: "workflow", watch: false } as const;
  return { file: fileId(7), cacheName: cacheName(name), name: "", ...common };
}
