import { Gateway } from "@taskvine/core/gateway";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { WireClient } from "../support/wire-client.js";

const MODULE = `
import { readFileSync } from "node:fs";
export const plus = (a, b) => a + b;
export const who = () => "first";
export const fail = (text) => { throw new TypeError(text); };
export const blob = (bytes) => "x".repeat(bytes);
export const size = (path) => readFileSync(path).length;
export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;
const CONFIGURATION = JSON.stringify({ module: "./functions.mjs", slots: 2 });
const LABELS = {
  tag: "",
  category: "",
  priority: 0,
  tags: [],
  keep: false,
  inputs: [],
  kinds: [],
  others: [],
} as const;

async function office(workers: number): Promise<Cluster> {
  const c = await cluster({ workers, cores: 2 });
  new Gateway(c.manager);
  return c;
}

function args(...values: readonly unknown[]): Uint8Array {
  return Buffer.from(JSON.stringify([values, {}]));
}

/** Library 1 of this client. */
function declareFunctions(client: WireClient, code = MODULE): void {
  client.declare(1, { type: "buffer", bytes: Buffer.from(CONFIGURATION) });
  client.declare(2, { type: "buffer", bytes: Buffer.from(code) });
  client.say({
    type: "library",
    library: 1,
    name: "functions",
    command: 'exec "$VINE_NODE" "$VINE_JAVASCRIPT_HOST" library.json',
    inputs: [
      { file: 1, name: "library.json" },
      { file: 2, name: "functions.mjs" },
    ],
    env: {},
    resources: {},
    features: [],
    slots: 2,
    functions: [],
  });
}

function calls(client: WireClient, fn: string, firstTask: number, list: readonly Uint8Array[]): void {
  const what = { library: 1, function: fn, functionFile: 0, encoding: "json" } as const;
  client.say({ type: "calls", ...what, firstTask, args: list, valueFiles: [], ...LABELS });
}

/** Calls of `plus` whose values go to these files: pairs of a file and arguments. */
function callsInto(client: WireClient, firstTask: number, pairs: readonly [number, Uint8Array][]): void {
  const what = { library: 1, function: "plus", functionFile: 0, encoding: "json" } as const;
  const valueFiles = pairs.map(([file]) => file);
  client.say({
    type: "calls",
    ...what,
    firstTask,
    args: pairs.map(([, bytes]) => bytes),
    valueFiles,
    ...LABELS,
  });
}

function call(
  fn: string,
  values: readonly unknown[],
  keep = false,
): {
  readonly call: { library: number; function: string; args: Uint8Array; encoding: "json"; keep: boolean };
} {
  return { call: { library: 1, function: fn, args: args(...values), encoding: "json", keep } };
}

/** Values of calls that returned, by task; without those that stayed in the cluster. */
function returned(client: WireClient): Map<number, unknown> {
  const pairs = client
    .all("returned")
    .filter(({ kept }) => !kept)
    .flatMap(({ tasks, values }) =>
      tasks.map(
        (task, at) => [task, JSON.parse(Buffer.from(values[at] ?? []).toString())] as [number, unknown],
      ),
    );
  return new Map(pairs);
}

function returnedSingly(client: WireClient): Map<number, unknown> {
  const done = client.all("finished").filter(({ state }) => state === "done");
  return new Map(done.map(({ task, value }) => [task, JSON.parse(Buffer.from(value ?? []).toString())]));
}

function valueOf(client: WireClient, task: number): Promise<unknown> {
  return eventually(`call ${task} returns`, () => {
    const values = returned(client);
    return values.has(task) ? { value: values.get(task) } : undefined;
  }).then(({ value }) => value);
}

describe("calls of a program at the gateway", () => {
  it("10,000 of them, queued before the first worker comes, return what they should, in few messages", async () => {
    await using c = await office(0);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    for (let from = 1; from <= 10_000; from += 1_000)
      calls(
        client,
        "plus",
        from,
        Array.from({ length: 1_000 }, (_, at) => args(from + at, 1)),
      );
    await c.addWorker();
    // Those that were had back from a slow instance and ran elsewhere are told of singly.
    const values = await eventually("all calls return", () => {
      const values = new Map([...returned(client), ...returnedSingly(client)]);
      return values.size === 10_000 && values;
    });
    for (const [task, value] of values) expect(value).to.equal(task + 1);
    expect(client.all("returned").length + client.all("finished").length).to.be.below(2_000);
  });

  it("that fail say why, with the remote stack; the rest go on", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    calls(client, "fail", 1, [args("too bad")]);
    calls(client, "nothing", 2, [args()]);
    calls(client, "plus", 3, [args(1, 2)]);
    const [raised, unknown] = [await client.finished(1), await client.finished(2)];
    expect([raised.state, raised.code, raised.trouble?.code]).to.deep.equal([
      "failed",
      "exception",
      "FUNCTION_RAISED",
    ]);
    expect(raised.failure?.message).to.contain("too bad");
    expect(raised.failure?.traceback).to.contain("functions.mjs");
    expect([unknown.state, unknown.code]).to.deep.equal(["failed", "missing-library"]);
    expect(await valueOf(client, 3)).to.equal(3);
  });

  it("with large values get them with the news, and very large ones when they ask, once", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    calls(client, "blob", 1, [args(1_000_000), args(12_000_000)]);
    const [large, huge] = [await client.finished(1), await client.finished(2)];
    expect(large.value?.length).to.equal(1_000_002);
    expect([huge.state, huge.value]).to.deep.equal(["done", undefined]);
    client.say({ type: "fetch", request: 1, task: 2, file: 0, path: "" });
    await client.next("content", ({ last }) => last);
    const bytes = client.all("content").reduce((sum, { data }) => sum + data.length, 0);
    expect(bytes).to.equal(12_000_002);
    client.say({ type: "fetch", request: 2, task: 2, file: 0, path: "" });
    expect((await client.next("failed")).trouble.code).to.equal("VALUE_LOST");
  });

  it("pass values to each other in the cluster", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    client.declare(10, { type: "temp" });
    const value = { file: 10, name: "", when: "success", watch: false, use: "value" } as const;
    client.submit(1, { ...call("plus", [1, 2], true), outputs: [value] });
    client.submit(2, {
      ...call("plus", [{ $vine: "a" }, 10]),
      inputs: [{ file: 10, name: "a", use: "value" }],
    });
    expect(await valueOf(client, 2)).to.equal(13);
    client.say({ type: "fetch", request: 1, file: 10, task: 0, path: "" });
    expect(Buffer.from((await client.next("content")).data).toString()).to.equal("3");
    expect(client.all("returned").flatMap(({ kept, tasks }) => (kept ? tasks : []))).to.deep.equal([1]);
  });

  it("whose values have files go together, tell how they ran, and can be named by others", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    callsInto(client, 1, [
      [11, args(1, 2)],
      [12, args(3, 4)],
    ]);
    client.submit(3, {
      ...call("plus", [{ $vine: "a" }, { $vine: "b" }]),
      inputs: [
        { file: 11, name: "a", use: "value" },
        { file: 12, name: "b", use: "value" },
      ],
    });
    expect(await valueOf(client, 3)).to.equal(10);
    const [together] = client.all("returned");
    expect(together?.ran?.attempt).to.include({ attempt: 1, ended: "success" });
    expect(together?.ran?.wallMs.length).to.equal(together?.tasks.length);
    callsInto(client, 4, [
      [11, args(5, 6)],
      [14, args(7, 8)],
    ]);
    expect((await client.finished(4)).trouble?.message).to.contain("the number 11 belongs to another file");
    expect(await valueOf(client, 5)).to.equal(15);
  });

  it("of several kinds share a message, and name each other's values, and files", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    client.declare(10, { type: "buffer", bytes: Buffer.from("abc") });
    const kind = { library: 1, functionFile: 0, encoding: "json", ...LABELS } as const;
    client.say({
      type: "calls",
      ...kind,
      function: "plus",
      firstTask: 1,
      args: [
        args(1, 2),
        args({ $vine: "vine.arg.0" }, { $vine: "vine.arg.0" }),
        args({ $vine: "vine.arg.1" }),
      ],
      valueFiles: [11, 12, 13],
      inputs: [
        [],
        [{ file: 11, use: "value" }],
        [
          { file: 12, use: "value" },
          { file: 10, use: "path" },
        ],
      ],
      kinds: [0, 0, 1],
      others: [{ ...kind, function: "size" }],
    });
    expect([await valueOf(client, 2), await valueOf(client, 3)]).to.deep.equal([6, 3]);
    const unknown = { inputs: [[{ file: 99, use: "value" }]], args: [args(1, 2)], valueFiles: [14] } as const;
    client.say({ type: "calls", ...kind, function: "plus", firstTask: 4, ...unknown });
    expect((await client.finished(4)).trouble).to.include({ code: "UNKNOWN_FILE" });
  });

  it("do not meet those of another program, whose library has the same name", async () => {
    await using c = await office(1);
    await using one = await WireClient.connect(c.manager.connectionFile);
    await using other = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(one);
    declareFunctions(other, 'export const who = () => "second";');
    for (const client of [one, other]) calls(client, "who", 1, [args()]);
    expect([await valueOf(one, 1), await valueOf(other, 1)]).to.deep.equal(["first", "second"]);
    one.say({ type: "query", request: 1, what: "libraries", task: 0, file: 0 });
    const listed = JSON.parse((await one.next("answer")).json) as { library: number; name: string }[];
    expect(listed.map(({ library, name }) => [library, name])).to.deep.equal([[1, "functions"]]);
  });

  it("that share a message have tags of their own, by which they are cancelled", async () => {
    await using c = await office(0);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    const what = { library: 1, function: "plus", functionFile: 0, encoding: "json", ...LABELS } as const;
    const list = [args(1, 2), args(3, 4), args(5, 6)];
    client.say({ type: "calls", ...what, firstTask: 1, args: list, valueFiles: [], tags: ["a", "b", "a"] });
    client.say({ type: "cancel", which: { tag: "a" } });
    await Promise.all([1, 3].map((task) => client.finished(task)));
    expect(client.all("finished").map(({ task }) => task)).to.have.members([1, 3]);
  });

  it("are cancelled while they wait and while they run", async () => {
    await using c = await office(1);
    await using client = await WireClient.connect(c.manager.connectionFile);
    declareFunctions(client);
    calls(
      client,
      "rest",
      1,
      Array.from({ length: 6 }, () => args(600_000)),
    );
    await eventually("two run", () => c.manager.stats().libraries.some(({ busy }) => busy >= 2));
    client.say({ type: "cancel", which: { tasks: [1, 6] } });
    const ended = [await client.finished(1), await client.finished(6)];
    expect(ended.map(({ state, trouble }) => [state, trouble?.code])).to.deep.equal([
      ["cancelled", "CANCELLED"],
      ["cancelled", "CANCELLED"],
    ]);
    client.say({ type: "cancel", which: "all" });
    calls(client, "plus", 7, [args(20, 22)]);
    expect(await valueOf(client, 7)).to.equal(42);
  });
});
