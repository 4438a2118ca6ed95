import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { javascriptLibrary } from "@taskvine/core";
import { type ExecutorPlugin, loadExecutor } from "@taskvine/core/executor";
import { FunctionExecutor, executor as functionExecutor } from "@taskvine/core/function-executor";
import { executorConformance, type TestCluster } from "@taskvine/core/testing";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { ManagerProcess } from "../support/manager-process.js";
import { WireClient } from "../support/wire-client.js";

const WORD_COUNT = fileURLToPath(new URL("../../../examples/executor-plugin/index.mjs", import.meta.url));
const { executor: wordCount } = (await import(WORD_COUNT)) as { executor: ExecutorPlugin };
const TEXTS = ["the quick fox", "the lazy dog", "a dog"];

const folder = mkdtempSync(join(tmpdir(), "vine-executor-"));
const module = join(folder, "functions.mjs");
writeFileSync(
  module,
  `export const square = (x) => x * x;
   export const fail = (x) => { throw new Error("no " + x); };
   export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));`,
);
after(() => rmSync(folder, { recursive: true }));

async function start(): Promise<TestCluster> {
  const c = await cluster({ workers: 1, cores: 2 });
  return { manager: c.manager, end: () => c[Symbol.asyncDispose]() };
}

executorConformance({
  plugin: functionExecutor,
  options: { javascript: { module, slots: 2 } },
  wrongOptions: { fortran: {} },
  start,
  request: { function: "square", over: [[2], [3], [4]] },
  check: ({ body }) => expect(body).to.deep.equal({ count: 3 }),
  wrong: { function: 7 },
  endless: { function: "rest", args: [600_000] },
});

executorConformance({
  plugin: wordCount,
  wrongOptions: { most: "all" },
  start,
  request: { texts: TEXTS, most: 2 },
  check: ({ body }) =>
    expect(body).to.deep.equal({
      words: [
        ["dog", 2],
        ["the", 2],
      ],
    }),
  wrong: { texts: "the" },
  endless: { texts: Array.from({ length: 3_000 }, (_, at) => `text ${at}`) },
});

describe("the executor of functions", () => {
  it("gives values as promises, in the order of a list, and errors as what they are", async () => {
    await using c = await cluster({ workers: 1, cores: 2 });
    await using executor = FunctionExecutor.start(c.manager, javascriptLibrary("f", { module, slots: 2 }));
    expect(await Promise.all([1, 2, 3].map((x) => executor.submit("square", x)))).to.deep.equal([1, 4, 9]);
    const numbers = Array.from({ length: 1_000 }, (_, at) => [at] as const);
    const squares: unknown[] = [];
    const few = { chunkSize: 7, inFlight: 50 };
    for await (const value of executor.map("square", numbers, few)) squares.push(value);
    expect(squares).to.deep.equal(numbers.map(([x]) => x * x));
    const thrown = await executor.submit("fail", 1).catch((error: unknown) => error);
    expect(thrown).to.include({ code: "FUNCTION_RAISED" }).and.have.property("message").that.contains("no 1");
    const call = executor.submit("rest", 600_000);
    call.cancel();
    expect(await call.catch((error: unknown) => error)).to.include({ code: "CANCELLED" });
  });

  it("whose map nobody goes on with cancels what is left of it", async () => {
    await using c = await cluster({ workers: 1, cores: 1 });
    await using executor = FunctionExecutor.start(c.manager, javascriptLibrary("f", { module }));
    for await (const value of executor.map("rest", [[0], ...Array.from({ length: 9 }, () => [600_000])], {
      chunkSize: 1,
    })) {
      expect(value).to.equal(undefined);
      break;
    }
    expect(await executor.submit("square", 3)).to.equal(9);
    expect(c.manager.stats().tasks.cancelled).to.equal(9);
  });

  it("is in nobody's way: the application's results and libraries are its own", async () => {
    await using c = await cluster({ workers: 1, cores: 2 });
    c.manager.declareLibrary(javascriptLibrary("f", { module }));
    await using executor = FunctionExecutor.start(c.manager, javascriptLibrary("f", { module }));
    await executor.submit("square", 1);
    expect(c.manager.empty()).to.equal(true);
    expect(await c.manager.wait("1ms")).to.equal(undefined);
  });
});

describe("vine manager with executors", () => {
  it("does what programs ask of them, with their files, and tells how far it is", async () => {
    await using manager = await ManagerProcess.start([
      "--executor",
      WORD_COUNT,
      "--executor-options",
      '{"most": 1}',
    ]);
    await manager.addWorker();
    await using client = await WireClient.connect(manager.connectionFile);
    expect((await client.next("ready")).executors).to.deep.equal(["word-count"]);
    client.declare(1, { type: "buffer", bytes: Buffer.from("to be or not to be") });
    client.say({
      type: "execute",
      request: 1,
      executor: "",
      requestJson: JSON.stringify({ texts: ["be it"] }),
      attachments: [],
      files: [1],
    });
    const answer = await client.next("answer");
    expect(JSON.parse(answer.json)).to.deep.equal({ words: [["be", 3]] });
    const progress = client.all("progress").map(({ json }) => JSON.parse(json) as unknown);
    expect(progress).to.deep.equal([
      { counted: 1, of: 2 },
      { counted: 2, of: 2 },
    ]);
  });

  it("tells the program what is wrong with a request, and stops one that is given up", async () => {
    await using manager = await ManagerProcess.start(["--executor", WORD_COUNT]);
    await using client = await WireClient.connect(manager.connectionFile);
    const ask = { type: "execute", executor: "word-count", attachments: [], files: [] } as const;
    client.say({ ...ask, request: 1, requestJson: "{" }, { ...ask, request: 2, requestJson: "{}" });
    client.say({ ...ask, request: 3, executor: "other", requestJson: "{}" });
    client.say(
      { ...ask, request: 4, requestJson: JSON.stringify({ texts: ["a"] }) },
      { type: "abandon", request: 4 },
    );
    for (const [request, code] of [
      [1, "BAD_ARGUMENT"],
      [2, "BAD_ARGUMENT"],
      [3, "EXECUTOR_NOT_FOUND"],
    ] as const)
      expect((await client.next("failed", (said) => said.request === request)).trouble.code).to.equal(code);
    client.say({ type: "query", request: 5, what: "stats", task: 0, file: 0 });
    const { tasks } = JSON.parse((await client.next("answer")).json) as { tasks: Record<string, number> };
    expect(tasks["waiting"]).to.equal(0);
  });

  it("does not start without one that it cannot load, and says why", async () => {
    const bad = join(folder, "bad.mjs");
    writeFileSync(bad, "export const executor = { name: 'bad', api: 99, create() {} };");
    const cases = [
      ["no-such-package", /EXECUTOR_NOT_FOUND/],
      [module, /does not export an executor.*BAD_EXECUTOR/s],
      [bad, /version 99.*BAD_EXECUTOR/s],
    ] as const;
    await using c = await cluster({ workers: 0 });
    for (const [place, sentence] of cases) {
      const error = await loadExecutor(place, c.manager).catch((thrown: unknown) => thrown);
      expect(`${String(error)} [${(error as { code?: string }).code ?? ""}]`, place).to.match(sentence);
    }
    const refused = await ManagerProcess.start(["--executor", "no-such-package"]).catch((error: unknown) =>
      String(error),
    );
    expect(refused).to.match(/ended with 1: .*no-such-package cannot be loaded.*\[EXECUTOR_NOT_FOUND\]/s);
  });
});
