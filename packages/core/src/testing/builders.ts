import type { FileSpec } from "../files/file.js";
import type { LibrarySpec } from "../libraries/library.js";
import { type FileId, fileId, libraryId, taskId, workerId } from "../model/ids.js";
import type { Allocation } from "../model/resources.js";
import type { AttemptOutcome, StreamOutcome } from "../tasks/result.js";
import type { CallSpec, InputMount, OutputMount, TaskSpec } from "../tasks/task.js";
import type { WorkerSpec } from "../workers/worker.js";

const GB = 1_000_000_000;

type WithPlainId<Spec> = Partial<Omit<Spec, "id">> & { readonly id?: number };

/** A temp of the workflow, number 1, that peers may share; say what is different. */
export function aFile(different: WithPlainId<FileSpec> = {}): FileSpec {
  const id = different.id ?? 1;
  return {
    origin: { type: "temp" },
    lifetime: "workflow",
    peerTransfer: true,
    executable: false,
    label: `file-${id}`,
    ...different,
    id: fileId(id),
  };
}

/** A command without inputs, outputs or wishes, number 1; say what is different. */
export function aTask(different: WithPlainId<TaskSpec> = {}): TaskSpec {
  const id = different.id ?? 1;
  return {
    command: `task ${id}`,
    inputs: [],
    outputs: [],
    env: {},
    resources: {},
    features: [],
    tag: "",
    category: "default",
    priority: 0,
    retries: 10,
    ...different,
    id: taskId(id),
  };
}

/** A library of one core and four slots that offers any function, number 1; say what is different. */
export function aLibrary(different: WithPlainId<LibrarySpec> = {}): LibrarySpec {
  const id = different.id ?? 1;
  return {
    name: `library-${id}`,
    command: `library ${id}`,
    inputs: [],
    env: {},
    resources: { cores: 1 },
    features: [],
    slots: 4,
    functions: [],
    startTries: 3,
    startWithinMs: 60_000,
    ...different,
    id: libraryId(id),
  };
}

/** A call of function `f` of library 1 without arguments, number 1; say what is different. */
export function aCall(
  different: WithPlainId<Omit<TaskSpec, "call">> & { readonly call?: Partial<CallSpec> } = {},
): TaskSpec {
  const { call, ...others } = different;
  const spec: CallSpec = {
    library: libraryId(1),
    function: "f",
    args: new Uint8Array(0),
    encoding: "json",
    keep: false,
    ...call,
  };
  return { ...aTask({ command: "", ...others }), call: spec };
}

/** Four cores, 16 GB of memory, 100 GB of disk, no gpu, nothing in its cache, number 1; say what is different. */
export function aWorker(different: WithPlainId<WorkerSpec> = {}): WorkerSpec {
  const id = different.id ?? 1;
  return {
    name: `worker-${id}`,
    host: `host-${id}`,
    hostId: `host-${id}`,
    resources: { cores: 4, memory: 16 * GB, disk: 100 * GB, gpus: 0 },
    features: [],
    holds: [],
    ...different,
    id: workerId(id),
  };
}

/** One core and its share of a worker of four; say what is different. */
export function anAllocation(different: Partial<Allocation> = {}): Allocation {
  return { cores: 1, memory: 4 * GB, disk: 25 * GB, gpus: 0, gpuIds: [], ...different };
}

/** A command that ended by itself with exit code 0 and said nothing; say what is different. */
export function anOutcome(different: Partial<AttemptOutcome> = {}): AttemptOutcome {
  return {
    code: "success",
    exitCode: 0,
    stdout: SILENCE,
    stderr: SILENCE,
    outputs: [],
    measured: { wallMs: 1 },
    phases: { queuedMs: 0, stagedMs: 0, ranMs: 1, collectedMs: 0 },
    ...different,
  };
}

/** Mounts the file in a sandbox; under `f<number>` where no name is given. */
export function anInput(file: FileId, name = `f${file}`): InputMount {
  return { file, name };
}

/** An output that a successful command leaves; under `f<number>` unless told otherwise. */
export function anOutput(file: FileId, different: Partial<Omit<OutputMount, "file">> = {}): OutputMount {
  return { file, name: `f${file}`, when: "success", watch: false, ...different };
}

const SILENCE: StreamOutcome = { tail: new Uint8Array(0), size: 0, truncated: false };
