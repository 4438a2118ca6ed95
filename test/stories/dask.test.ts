import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { javascriptLibrary } from "@taskvine/core";
import { DaskExecutor } from "@taskvine/executor-dask";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

const folder = mkdtempSync(join(tmpdir(), "vine-dask-"));
const module = join(folder, "functions.mjs");
writeFileSync(
  module,
  `export const inc = (x) => x + 1;
   export const add = (a, b) => a + b;
   export const total = (list) => list.flat(Infinity).reduce((sum, x) => sum + x, 0);
   export const block = (n) => new Float64Array(20_000).fill(n);
   export const join = (a, b) => a.map((x, i) => x + b[i]);
   export const first = (a) => a[0];
   export const fail = (x) => { throw new Error("no " + x); };
   export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));`,
);
after(() => rmSync(folder, { recursive: true }));

type Functions = Record<
  "inc" | "add" | "total" | "block" | "join" | "first" | "fail" | "rest",
  () => unknown
>;
const {
  inc,
  add,
  total,
  block,
  join: joined,
  first,
  fail,
  rest,
} = (await import(pathToFileURL(module).href)) as Functions;

const library = (): ReturnType<typeof javascriptLibrary> => javascriptLibrary("graphs", { module });

describe("a graph in the manner of Dask", () => {
  it("is computed by functions of a JavaScript module", async () => {
    await using c = await cluster({ workers: 2 });
    await using executor = new DaskExecutor(c.manager, { library: library() });
    expect(await executor.get({ x: 1, y: [inc, "x"], z: [add, "y", 10] }, "z")).to.equal(12);
  });

  it("gives values in the shape of the keys, tasks within tasks and lists of keys included", async () => {
    await using c = await cluster({ workers: 1 });
    await using executor = new DaskExecutor(c.manager, { library: library() });
    const graph = { a: 1, b: "a", c: [inc, [inc, "b"]], d: [total, ["a", "c", [1, "c"]]], e: ["c", 5] };
    expect(await executor.get(graph, ["d", ["c", "a"], "e", "c"])).to.deep.equal([8, [3, 1], [3, 5], 3]);
  });

  it("leaves large values with the workers, and makes them again where a worker is lost", async () => {
    await using c = await cluster({ workers: 2 });
    await using executor = new DaskExecutor(c.manager, { library: library() });
    const graph: Record<string, unknown> = {};
    let layer = Array.from({ length: 16 }, (_, i) => `block-${i}`);
    layer.forEach((key, i) => {
      graph[key] = [block, i];
    });
    for (let level = 0; layer.length > 1; level++)
      layer = layer.flatMap((key, i) => {
        if (i % 2 === 1) return [];
        graph[`join-${level}-${i}`] = [joined, key, layer[i + 1]];
        return [`join-${level}-${i}`];
      });
    graph["end"] = [first, layer[0]];
    let done = 0;
    const end = executor.get(graph, "end", { onDone: (keys) => (done += keys.length) });
    await eventually("half of it is done", () => done > 12);
    await c.workers[0]?.kill();
    await c.addWorker();
    expect(await end).to.equal((15 * 16) / 2);
  });

  it("fails with what a function threw, or is given up, and the next one runs", async () => {
    await using c = await cluster({ workers: 1 });
    await using executor = new DaskExecutor(c.manager, { library: library() });
    const failed = await executor.get({ a: [fail, 7], b: [inc, "a"] }, "b").catch((error: unknown) => error);
    expect(failed).to.include({ code: "FUNCTION_RAISED" });
    expect(String(failed)).to.include("no 7");
    const controller = new AbortController();
    const givenUp = executor.get({ a: [rest, 600_000] }, "a", { signal: controller.signal });
    controller.abort();
    expect(await givenUp.catch((error: unknown) => error)).to.include({ code: "CANCELLED" });
    expect(await executor.get({ a: [inc, 1] }, "a")).to.equal(2);
  });

  it("is refused where a key is missing, or needs itself", async () => {
    await using c = await cluster({ workers: 0 });
    await using executor = new DaskExecutor(c.manager, { library: library() });
    expect(await executor.get({ a: 1 }, "b").catch((error: unknown) => error)).to.include({
      code: "BAD_ARGUMENT",
    });
    const circle = executor.get({ a: [inc, "b"], b: [inc, "a"] }, "a");
    expect(await circle.catch((error: unknown) => error)).to.include({ code: "DEPENDENCY_CYCLE" });
  });
});
