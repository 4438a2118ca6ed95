import { fileURLToPath } from "node:url";
import { LIMITS } from "@taskvine/core/model";
import type { Deploy } from "@taskvine/core/protocol";
import { expect } from "chai";
import { readStat } from "../launcher/processes/proc.js";
import type { FakeManager } from "../testing/fake-manager.js";
import { Stage } from "../testing/with-worker.js";
import { aCall, aDeploy } from "./testing/orders.js";

const HOSTILE = fileURLToPath(new URL("./testing/hostile-library.js", import.meta.url));

describe("a library that breaks the protocol", () => {
  const stage = new Stage();
  let manager: FakeManager;
  let warned: (words: string) => void = () => undefined;
  let leftOut: (words: string) => void = () => undefined;
  let heardBytes = 0;
  let deployed: Deploy;

  before(async () => {
    manager = await stage.manager();
    const worker = await stage.worker(manager);
    worker.events.listen((one) => {
      if (one.type === "warning") warned(one.message);
      if (one.type !== "library-says") return;
      heardBytes += one.message.length;
      if (one.message.includes("left out")) leftOut(one.message);
    });
    await manager.next("introduce");
  });
  after(() => stage.end());
  afterEach(() => manager.send({ type: "kill", task: deployed.task, attempt: deployed.attempt }));

  function deploy(way: string, more: Readonly<Record<string, string>> = {}): Deploy {
    deployed = aDeploy({ HOSTILE: way, ...more }, { command: `exec "$VINE_NODE" "${HOSTILE}"` });
    manager.send(deployed);
    return deployed;
  }

  const warnings = {
    garbage: "a header that is not a JSON object",
    token: "the token is not the one of this library",
    protocol: "this worker speaks protocol 1, the library 99",
    early: "something before its hello",
  };
  for (const [way, words] of Object.entries(warnings)) {
    it(`is put out: ${words}`, async () => {
      const warning = new Promise<string>((resolve) => (warned = resolve));
      const { task } = deploy(way);
      expect(await warning).to.contain(words);
      const { outcome } = await manager.next("ended", (ended) => ended.task === task);
      expect(outcome).to.include({ code: "library-exit" });
      expect(outcome.message).to.contain(words);
    });
  }

  it("has no effect by answers that nobody asked for, nor by answering twice", async () => {
    const { task } = deploy("ids");
    const calls = [aCall(task, "f"), aCall(task, "f")];
    manager.send(...calls);
    for (const call of calls) {
      const { outcome } = await manager.next("ended", (ended) => ended.task === call.task);
      expect(Buffer.from(outcome.call?.value ?? []).toString()).to.equal('"right"');
    }
    expect(manager.messages.filter(({ type }) => type === "ended")).to.deep.equal([]);
  });

  it("is heard only so far, is told to be, and is answered for all the same", async () => {
    const told = new Promise<string>((resolve) => (leftOut = resolve));
    const { task, attempt } = deploy("log");
    const call = aCall(task, "f");
    manager.send(call);
    const { outcome } = await manager.next("ended", (ended) => ended.task === call.task);
    expect(outcome.code).to.equal("success");
    manager.send({ type: "kill", task, attempt });
    expect(await told).to.match(/^\d+ messages of it with \d+ bytes were left out/);
    expect(heardBytes).to.be.within(LIMITS.libraryLogBytes / 2, 1_000_000);
  });

  it("gets nobody's file into the cluster", async () => {
    const { task } = deploy("link");
    const call = aCall(task, "f");
    manager.send(call);
    const { outcome } = await manager.next("ended", (ended) => ended.task === call.task);
    expect(outcome.code).to.equal("output-missing");
    expect(outcome.message).to.contain("not a file of its own");
  });

  it("offers no more than the bounds allow", async () => {
    const { task } = deploy("bounds");
    const ready = await manager.next("library-ready", (one) => one.task === task);
    expect(ready.slots).to.equal(LIMITS.librarySlots);
    expect(ready.functions).to.have.length(LIMITS.libraryFunctions);
  });

  it("is ended itself where it names a process that is not its own", async () => {
    const { task } = deploy("pid", { HOSTILE_PID: String(process.ppid) });
    const born = readStat(process.ppid)?.startTicks;
    const call = aCall(task, "f", [], { wallTimeMs: 50 });
    manager.send(call);
    const { outcome } = await manager.next("ended", (ended) => ended.task === call.task);
    expect(outcome.code).to.equal("max-wall-time");
    const end = await manager.next("ended", (ended) => ended.task === task);
    expect(end.outcome.code).to.equal("library-exit");
    expect(readStat(process.ppid)?.startTicks).to.equal(born);
  });
});
