import { attempt, cacheName, fileId, type Lifetime, taskId, transferId } from "@taskvine/core/model";
import type { Assign, AssignInput, AssignOutput, Fetch } from "@taskvine/core/protocol";

let tasks = 0;
let transfers = 0;

/** A small task with dull defaults. */
export function anAssign(command: string, parts: Partial<Assign> = {}): Assign {
  return {
    type: "assign",
    task: taskId(++tasks),
    attempt: attempt(1),
    command,
    inputs: [],
    outputs: [],
    env: {},
    allocation: { cores: 1, memory: 100e6, disk: 100e6, gpus: 0, gpuIds: [] },
    ...parts,
  };
}

export function anInput(name: string, sandboxName = name): AssignInput {
  return { cacheName: cacheName(name), name: sandboxName };
}

export function anOutput(name: string, parts: Partial<AssignOutput> = {}): AssignOutput {
  return {
    file: fileId(1),
    cacheName: cacheName(`temp-${name}`),
    name,
    when: "success",
    lifetime: "workflow",
    watch: false,
    ...parts,
  };
}

/** A fetch of bytes that come along. */
export function anInlineFetch(name: string, text: string, lifetime: Lifetime = "workflow"): Fetch {
  return {
    type: "fetch",
    transfer: transferId(++transfers),
    cacheName: cacheName(name),
    lifetime,
    kind: "file",
    executable: false,
    source: { type: "inline", bytes: Buffer.from(text) },
  };
}

export function aTransferId(): ReturnType<typeof transferId> {
  return transferId(++transfers);
}
