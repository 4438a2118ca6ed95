import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Event } from "../../../coordinator/event.js";
import { VineError } from "../../../model/errors.js";
import { attempt, cacheName, fileId, taskId } from "../../../model/ids.js";
import {
  decodeManagerBatch,
  encodeWorkerBatch,
  type Introduce,
  type ManagerMessage,
  type WorkerMessage,
} from "../../../protocol/index.js";
import { type Link, type LinkEnd, type LinkHandlers, memoryLinks } from "../../../transport/index.js";
import { defer } from "../../collect/deferred.js";
import { startClock } from "../clock.js";
import { Workers } from "./workers.js";

const INTRODUCE: Introduce = {
  type: "introduce",
  name: "w",
  host: "h",
  hostId: "machine:user",
  resources: { cores: 4, memory: 8e9, disk: 1e11, gpus: 0, gpuIds: [] },
  features: [],
  holds: [],
  dataHosts: ["127.0.0.1"],
  dataPort: 4_000,
  dataFingerprint: new Uint8Array(32),
  cachePath: "/cache",
  software: "0.1.0",
  running: [],
};

const NO_SOURCE = {
  url: "http://localhost:1/lifeline",
  ticket: new Uint8Array(56),
  fingerprint: new Uint8Array(),
  localPath: "",
};

interface Scene {
  readonly workers: Workers;
  readonly events: Event[];
  readonly refusals: VineError[];
  readonly heard: ManagerMessage[];
  /** News of attempts that was passed on. */
  readonly told: string[];
  /** What the manager told it first. */
  readonly ticketKey: Promise<Uint8Array>;
  readonly end: Promise<LinkEnd>;
  readonly link: Link;
  say(...messages: WorkerMessage[]): void;
  sayBytes(bytes: Uint8Array): void;
  /** One more worker's end. */
  dialAgain(): Promise<Link>;
  /** Resolves when the manager's end has posted an event of this type. */
  happened(type: Event["type"]): Promise<Event>;
  close(): Promise<void>;
}

/** One worker's end of a link to the workers of a manager. */
async function aScene(): Promise<Scene> {
  const links = memoryLinks();
  const events: Event[] = [];
  const refusals: VineError[] = [];
  const heard: ManagerMessage[] = [];
  const told: string[] = [];
  const waiting: { type: Event["type"]; give(event: Event): void }[] = [];
  const ended = defer<LinkEnd>();
  const key = defer<Uint8Array>();
  const nothing = (): void => undefined;
  const workers = new Workers({
    clock: startClock(),
    post: (event) => {
      events.push(event);
      for (const { type, give } of waiting) if (type === event.type) give(event);
    },
    lifeline: () => NO_SOURCE,
    onJoined: nothing,
    onLost: nothing,
    isGivenTo: (_worker, of) => of.task === taskId(1) && of.attempt === attempt(2),
    onStarted: (task) => told.push(`${task} started`),
    onWatched: ({ task }) => told.push(`${task} wrote`),
    onValue: (file, bytes) => told.push(`file ${file} is ${Buffer.from(bytes).toString()}`),
    onInstance: nothing,
    onRefused: (error) => refusals.push(error),
  });
  const welcome = { managerName: "m", managerInstance: "i", software: "s" };
  const server = await links.listen({ welcome, insecure: true, onLink: (link) => workers.accept(link) });
  const dial = async (handlers: LinkHandlers): Promise<Link> => {
    const address = `memory://manager:${server.port}`;
    return (await links.dial({ address, role: "worker", software: "s", connectTimeoutMs: 30_000, handlers }))
      .link;
  };
  const link = await dial({
    onBatch: (batch) => {
      const { messages } = decodeManagerBatch(batch);
      heard.push(...messages);
      for (const message of messages) if (message.type === "setup") key.resolve(message.ticketKey);
    },
    onEnd: (end) => ended.resolve(end),
  });
  return {
    workers,
    events,
    refusals,
    heard,
    told,
    link,
    dialAgain: () => dial({ onBatch: nothing, onEnd: nothing }),
    ticketKey: key.promise,
    end: ended.promise,
    say: (...messages) => link.send(encodeWorkerBatch(messages)),
    sayBytes: (bytes) => link.send(bytes),
    happened: (type) => {
      const seen = events.find((event) => event.type === type);
      return seen === undefined ? new Promise((give) => waiting.push({ type, give })) : Promise.resolve(seen);
    },
    close: () => server.close(new VineError("MANAGER_CLOSED", "the test is over")),
  };
}

describe("the workers of a manager", () => {
  it("are set up when they introduce themselves, and their news become events", async () => {
    const scene = await aScene();
    const [task, first] = [taskId(1), attempt(1)];
    scene.say(INTRODUCE, { type: "started", task, attempt: first }, { type: "leaving", reason: "enough" });
    await scene.happened("worker-draining");
    expect(scene.events.map(({ type }) => type)).to.deep.equal([
      "worker-joined",
      "task-started",
      "worker-draining",
    ]);
    await scene.close();
    expect(scene.heard.map(({ type }) => type)).to.deep.equal(["setup"]);
    expect(scene.events.at(-1)?.type).to.equal("worker-lost");
    expect(scene.workers.size).to.equal(0);
  });

  it("that join are told to those who watch, as long as they do", async () => {
    const scene = await aScene();
    let joined = 0;
    const unwatch = scene.workers.watch(() => (joined += 1));
    scene.say(INTRODUCE);
    await scene.happened("worker-joined");
    expect([joined, scene.workers.size]).to.deep.equal([1, 1]);
    unwatch();
    const again = await scene.dialAgain();
    again.send(encodeWorkerBatch([INTRODUCE, { type: "leaving", reason: "enough" }]));
    await scene.happened("worker-draining");
    expect([joined, scene.workers.size]).to.deep.equal([1, 2]);
    await scene.close();
  });

  it("that tell of attempts which are not theirs, or are over, tell nobody", async () => {
    const scene = await aScene();
    const wrote = { type: "watched", file: fileId(1), offset: 0, data: Buffer.from("x") } as const;
    scene.say(INTRODUCE);
    for (const of of [
      { task: taskId(1), attempt: attempt(1) },
      { task: taskId(2), attempt: attempt(2) },
      { task: taskId(1), attempt: attempt(2) },
    ])
      scene.say({ type: "started", ...of }, { ...wrote, ...of });
    scene.say({ type: "leaving", reason: "enough" });
    await scene.happened("worker-draining");
    expect(scene.told).to.deep.equal(["1 started", "1 wrote"]);
    await scene.close();
  });

  it("bring values of the attempts that they were given, and no others", async () => {
    const scene = await aScene();
    const report = { file: fileId(7), cacheName: cacheName("v"), kind: "file", size: 2 } as const;
    const none = { tail: new Uint8Array(0), size: 0, truncated: false };
    const outcome = {
      code: "success",
      stdout: none,
      stderr: none,
      outputs: [{ ...report, bytes: Buffer.from("42") }],
      measured: { wallMs: 1 },
      phases: { queuedMs: 0, stagedMs: 0, ranMs: 1, collectedMs: 0 },
    } as const;
    scene.say(INTRODUCE);
    for (const number of [1, 2])
      scene.say({ type: "ended", task: taskId(1), attempt: attempt(number), outcome });
    scene.say({ type: "leaving", reason: "enough" });
    await scene.happened("worker-draining");
    expect(scene.told).to.deep.equal(["file 7 is 42"]);
    await scene.close();
  });

  it("that come back name the attempts which go on there", async () => {
    const scene = await aScene();
    const running = [{ task: taskId(9), attempt: attempt(2) }];
    scene.say({ ...INTRODUCE, running });
    expect(await scene.happened("worker-joined")).to.deep.include({ running });
    await scene.close();
  });

  it("that prove who they were are lost on their earlier connection first; who only claims it ends nothing", async () => {
    const scene = await aScene();
    scene.say(INTRODUCE);
    await scene.happened("worker-joined");
    const key = await scene.ticketKey;
    const [liar, back] = [await scene.dialAgain(), await scene.dialAgain()];
    liar.send(encodeWorkerBatch([{ ...INTRODUCE, resumes: new Uint8Array(32) }]));
    back.send(encodeWorkerBatch([{ ...INTRODUCE, resumes: createHash("sha256").update(key).digest() }]));
    expect((await scene.end).error.code).to.equal("WORKER_LOST");
    const types = scene.events.map((event) => event.type);
    expect(types).to.deep.equal(["worker-joined", "worker-joined", "worker-lost", "worker-joined"]);
    expect(scene.workers.size).to.equal(2);
    await scene.close();
  });

  it("that claim what cannot be are not let in", async () => {
    const scene = await aScene();
    scene.say({ ...INTRODUCE, resources: { ...INTRODUCE.resources, cores: 1e9 } });
    expect((await scene.end).error.code).to.equal("BAD_FRAME");
    expect(scene.events).to.deep.equal([]);
    expect(scene.refusals.map(({ code }) => code)).to.deep.equal(["BAD_FRAME"]);
    await scene.close();
  });

  it("that speak before they introduce themselves, or do so twice, are sent away", async () => {
    const early = await aScene();
    early.say({ type: "leaving", reason: "too soon" });
    expect((await early.end).error.message).to.contain("before it introduced itself");
    await early.close();
    const twice = await aScene();
    twice.say(INTRODUCE, INTRODUCE);
    expect((await twice.end).error.message).to.contain("twice");
    expect(twice.events.map(({ type }) => type)).to.deep.equal(["worker-joined", "worker-lost"]);
    await twice.close();
  });

  it("that send what is not our protocol are lost, and their end is told once", async () => {
    const scene = await aScene();
    scene.say(INTRODUCE);
    await scene.happened("worker-joined");
    scene.sayBytes(Uint8Array.of(255, 255, 255, 255, 255));
    expect((await scene.end).error.code).to.equal("BAD_FRAME");
    expect(scene.events.map(({ type }) => type)).to.deep.equal(["worker-joined", "worker-lost"]);
    await scene.close();
  });

  it("that lose their lifeline and say nothing for a second are lost", async () => {
    const scene = await aScene();
    scene.say(INTRODUCE);
    await scene.happened("worker-joined");
    scene.workers.onLifeline("worker-1", "open");
    const brokeMs = performance.now();
    scene.workers.onLifeline("worker-1", "closed");
    await scene.happened("worker-lost");
    expect(performance.now() - brokeMs).to.be.within(900, 2_500);
    await scene.close();
  });

  it("that open their lifeline again stay", async () => {
    const scene = await aScene();
    scene.say(INTRODUCE);
    await scene.happened("worker-joined");
    scene.workers.onLifeline("worker-1", "open");
    scene.workers.onLifeline("worker-1", "closed");
    scene.workers.onLifeline("worker-1", "open");
    scene.say({ type: "leaving", reason: "later" });
    await scene.happened("worker-draining");
    expect(scene.workers.size).to.equal(1);
    await scene.close();
  });
});
