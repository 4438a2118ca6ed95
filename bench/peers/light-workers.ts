// Many workers in one process that hold their links and lifelines, and only pretend to run tasks.
import { openLifeline } from "@taskvine/core/data";
import {
  type Assign,
  decodeManagerBatch,
  encodeWorkerBatch,
  type Introduce,
  type Setup,
  type WorkerMessage,
} from "@taskvine/core/protocol";
import { dial, type Link, readConnectionFile } from "@taskvine/core/transport";

const [path = "", count = "0"] = process.argv.slice(2);
const connection = await readConnectionFile(path);
const [address = ""] = connection.addresses;

function introduction(name: string): Introduce {
  return {
    type: "introduce",
    name,
    host: name,
    hostId: name,
    resources: { cores: 1, memory: 1e9, disk: 1e9, gpus: 0, gpuIds: [] },
    features: [],
    holds: [],
    dataHosts: ["127.0.0.1"],
    dataPort: 1,
    dataFingerprint: new Uint8Array(32),
    cachePath: "",
    software: "bench",
    running: [],
  };
}

/** The end of a task that wrote nothing and left nothing. */
function endOf({ task, attempt }: Assign): WorkerMessage {
  const nothing = { tail: new Uint8Array(), size: 0, truncated: false };
  const phases = { queuedMs: 0, stagedMs: 0, ranMs: 1, collectedMs: 0 };
  const streams = { stdout: nothing, stderr: nothing };
  const outcome = {
    code: "success",
    exitCode: 0,
    ...streams,
    outputs: [],
    measured: { wallMs: 1 },
    phases,
  } as const;
  return { type: "ended", task, attempt, outcome };
}

/** One after another, a millisecond each. */
class Pretender {
  readonly #tasks: Assign[] = [];
  readonly #send: (message: WorkerMessage) => void;

  constructor(send: (message: WorkerMessage) => void) {
    this.#send = send;
  }

  take(task: Assign): void {
    this.#tasks.push(task);
    if (this.#tasks.length === 1) this.#begin(task);
  }

  #begin(task: Assign): void {
    this.#send({ type: "started", task: task.task, attempt: task.attempt });
    setTimeout(() => {
      this.#send(endOf(task));
      this.#tasks.shift();
      const [next] = this.#tasks;
      if (next !== undefined) this.#begin(next);
    }, 1);
  }
}

/** Resolves when the manager has set it up and it holds its lifeline. */
async function join(name: string): Promise<void> {
  let isSetUp: (setup: Setup) => void = () => undefined;
  const setup = new Promise<Setup>((resolve) => {
    isSetUp = resolve;
  });
  const { link }: { readonly link: Link } = await dial({
    address,
    role: "worker",
    software: "bench",
    keys: { serverKey: connection.serverKey, ...connection.worker },
    connectTimeoutMs: 60_000,
    handlers: {
      onBatch: (batch) => {
        for (const message of decodeManagerBatch(batch).messages) {
          if (message.type === "assign") pretender.take(message);
          if (message.type === "setup") isSetUp({ ...message, ticketKey: new Uint8Array() });
        }
      },
      onEnd: () => undefined,
    },
  });
  const pretender = new Pretender((message) => link.send(encodeWorkerBatch([message])));
  link.send(encodeWorkerBatch([introduction(name)]));
  const { lifeline, workerName } = await setup;
  if (lifeline === undefined) throw new Error("the manager offers no lifeline");
  await openLifeline({ peer: { ...lifeline, receiver: workerName }, signal: new AbortController().signal });
}

process.on("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(count) }, (_, index) => join(`idle${index}`)));
process.send?.(Number(count));
