// Many workers in one process that hold their links and lifelines, and do nothing else.
import { openLifeline } from "@taskvine/core/data";
import { decodeManagerBatch, encodeWorkerBatch, type Introduce, type Setup } from "@taskvine/core/protocol";
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
          if (message.type === "setup") isSetUp({ ...message, ticketKey: new Uint8Array() });
        }
      },
      onEnd: () => undefined,
    },
  });
  link.send(encodeWorkerBatch([introduction(name)]));
  const { lifeline, workerName } = await setup;
  if (lifeline === undefined) throw new Error("the manager offers no lifeline");
  await openLifeline({ peer: { ...lifeline, receiver: workerName }, signal: new AbortController().signal });
}

process.on("disconnect", () => process.exit(0));
await Promise.all(Array.from({ length: Number(count) }, (_, index) => join(`idle${index}`)));
process.send?.(Number(count));
