// A worker that only pretends: its library instances are ready at once, and its calls have ended before they began.
import { openLifeline } from "@taskvine/core/data";
import {
  type Call,
  decodeManagerBatch,
  encodeWorkerBatch,
  type Introduce,
  type ManagerMessage,
  type WorkerMessage,
} from "@taskvine/core/protocol";
import { dial, type Link, readConnectionFile } from "@taskvine/core/transport";

const [path = "", slots = "1"] = process.argv.slice(2);
const connection = await readConnectionFile(path);
const [address = ""] = connection.addresses;

const INTRODUCE: Introduce = {
  type: "introduce",
  name: "light",
  host: "light",
  hostId: "light",
  resources: { cores: Number(slots), memory: 1e9, disk: 1e9, gpus: 0, gpuIds: [] },
  features: [],
  holds: [],
  dataHosts: ["127.0.0.1"],
  dataPort: 1,
  dataFingerprint: new Uint8Array(32),
  cachePath: "",
  software: "bench",
  running: [],
};

const NOTHING = { tail: new Uint8Array(), size: 0, truncated: false };
const PHASES = { queuedMs: 0, stagedMs: 0, ranMs: 0.002, collectedMs: 0 };
const ANSWER = Buffer.from("1");

function endOf({ task, attempt, value }: Call): WorkerMessage {
  const report =
    value === undefined
      ? []
      : [{ file: value.file, cacheName: value.cacheName, kind: "file" as const, size: 1, bytes: ANSWER }];
  const outcome = {
    code: "success",
    stdout: NOTHING,
    stderr: NOTHING,
    outputs: report,
    call: { encoding: "json", value: value === undefined ? ANSWER : Buffer.alloc(0) },
    measured: { wallMs: 0.002, cpuMs: 0.002 },
    phases: PHASES,
  } as const;
  return { type: "ended", task, attempt, outcome };
}

function answersTo(message: ManagerMessage): readonly WorkerMessage[] {
  if (message.type === "call") return [endOf(message)];
  if (message.type !== "deploy") return [];
  const { task, attempt } = message;
  return [
    { type: "started", task, attempt },
    { type: "library-ready", task, attempt, slots: Number(slots) },
  ];
}

let isSetUp: (message: ManagerMessage) => void = () => undefined;
const setUp = new Promise<ManagerMessage>((resolve) => {
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
      const { messages } = decodeManagerBatch(batch);
      for (const message of messages) if (message.type === "setup") isSetUp(message);
      const answers = messages.flatMap(answersTo);
      if (answers.length > 0) link.send(encodeWorkerBatch(answers));
    },
    onEnd: () => undefined,
  },
});
link.send(encodeWorkerBatch([INTRODUCE]));
const setup = await setUp;
if (setup.type !== "setup" || setup.lifeline === undefined) throw new Error("the manager offers no lifeline");
const peer = { ...setup.lifeline, receiver: setup.workerName };
await openLifeline({ peer, signal: new AbortController().signal });
process.on("disconnect", () => process.exit(0));
process.send?.(1);
