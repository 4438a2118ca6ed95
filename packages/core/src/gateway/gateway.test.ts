import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { removeTree } from "../data/index.js";
import { Manager } from "../manager/manager.js";
import { dial, type LinkEnd, readConnectionFile } from "../transport/index.js";
import type { ClientMessage } from "./client-message.js";
import { encodeClientBatch } from "./codec/client-codec.js";
import { decodeGatewayBatch } from "./codec/gateway-codec.js";
import { clientMessages } from "./codec/messages.test.kit.js";
import { Gateway } from "./gateway.js";
import type { GatewayMessage } from "./gateway-message.js";

const SEED = Number(process.env["SEED"] ?? 20_261_122);
const MESSAGES = 3_000;

/** Numbers that meet, and nothing that would touch files of this machine. */
function tame(message: ClientMessage): ClientMessage | undefined {
  const few = (number: number): number => 1 + (number % 7);
  const list = (numbers: readonly number[]): number[] => numbers.map(few);
  const named = <T extends { readonly file: number }>(mounts: readonly T[]): T[] =>
    mounts.map((mount) => ({ ...mount, file: few(mount.file) }));
  switch (message.type) {
    case "bye":
      return undefined;
    case "declare":
      return message.origin.type === "path"
        ? undefined
        : { ...message, file: few(message.file), unlinkWhenDone: false };
    case "library":
      return { ...message, library: few(message.library), inputs: named(message.inputs) };
    case "remove-library":
      return { ...message, library: few(message.library) };
    case "submit":
      return {
        ...message,
        task: few(message.task),
        inputs: named(message.inputs),
        outputs: named(message.outputs),
      };
    case "calls":
      return { ...message, firstTask: few(message.firstTask), library: few(message.library) };
    case "prune":
    case "undeclare":
      return { ...message, files: list(message.files) };
    case "fetch":
      return { ...message, file: few(message.file), path: "" };
    default:
      return message;
  }
}

describe("a gateway", () => {
  let folder = "";
  let manager: Manager;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vine-gateway-"));
    const places = { runDirectory: join(folder, "runs"), cacheDirectory: folder };
    manager = await Manager.start({ ...places, handleSignals: false });
    new Gateway(manager);
  });

  afterEach(async () => {
    await manager.close();
    await removeTree(folder);
  });

  it(`that is told ${MESSAGES} things at random goes on, and forgets their sender (SEED=${SEED})`, async function () {
    this.timeout(60_000);
    const faults: string[] = [];
    manager.events.on("note", (level, message) => level === "error" && faults.push(message));
    const drawn = fc
      .sample(clientMessages, { numRuns: MESSAGES, seed: SEED })
      .flatMap((message) => tame(message) ?? []);
    const { link, heard, ended } = await connect(manager);
    for (let at = 0; at < drawn.length; at += 20) link.send(encodeClientBatch(drawn.slice(at, at + 20)));
    link.send(encodeClientBatch([{ type: "query", request: 999_999, what: "stats", task: 0, file: 0 }]));
    const isLast = (said: GatewayMessage): boolean => "request" in said && said.request === 999_999;
    await until(() => heard.some(isLast));
    expect(heard.find(isLast)?.type).to.equal("answer");
    for (const type of ["finished", "refusal", "failed"])
      expect(heard.map((said) => said.type)).to.include(type);
    expect(heard.flatMap((said) => ("trouble" in said ? [said.trouble.code] : []))).to.not.include(
      "INTERNAL",
    );
    link.send(encodeClientBatch([{ type: "bye" }]));
    expect((await ended).error.code).to.equal("CLIENT_LEFT");
    const { tasks } = manager.stats();
    expect([tasks.waiting, tasks.ready, tasks.running]).to.deep.equal([0, 0, 0]);
    expect(faults).to.deep.equal([]);
  });

  it("takes no more requests at a time than it can bound", async () => {
    const { link, heard } = await connect(manager);
    link.send(
      encodeClientBatch([
        {
          type: "declare",
          file: 1,
          origin: { type: "temp" },
          peerTransfer: true,
          unlinkWhenDone: false,
          executable: false,
          label: "",
        },
      ]),
    );
    const never = { outputs: [{ file: 1, name: "out", when: "success", watch: false }] } as const;
    const rest = {
      inputs: [],
      env: {},
      resources: {},
      features: [],
      tag: "",
      category: "",
      priority: 0,
      policy: "",
    };
    link.send(encodeClientBatch([{ type: "submit", task: 1, command: "true", ...never, ...rest }]));
    const fetches = Array.from({ length: 1_001 }, (_, at): ClientMessage => {
      return { type: "fetch", request: at + 1, file: 1, task: 0, path: "" };
    });
    link.send(encodeClientBatch(fetches));
    await until(() => heard.some(({ type }) => type === "failed"));
    const failed = heard.flatMap((said) =>
      said.type === "failed" ? [[said.request, said.trouble.code]] : [],
    );
    expect(failed).to.deep.equal([[1_001, "TOO_LARGE"]]);
  });
});

async function connect(manager: Manager): Promise<{
  readonly link: Awaited<ReturnType<typeof dial>>["link"];
  readonly heard: GatewayMessage[];
  readonly ended: Promise<LinkEnd>;
}> {
  const file = await readConnectionFile(manager.connectionFile);
  const heard: GatewayMessage[] = [];
  let onEnd!: (end: LinkEnd) => void;
  const ended = new Promise<LinkEnd>((resolve) => {
    onEnd = resolve;
  });
  const { link } = await dial({
    address: file.addresses[0] ?? "",
    role: "client",
    software: "test",
    keys: { serverKey: file.serverKey, ...file.client },
    connectTimeoutMs: 30_000,
    handlers: { onBatch: (batch) => heard.push(...decodeGatewayBatch(batch)), onEnd },
  });
  return { link, heard, ended };
}

async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 10));
}
