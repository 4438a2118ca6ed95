// A graph in the manner of Dask, with functions of a JavaScript module: a matrix times itself, in blocks. An array that begins
// with a function is a task, and may hold tasks; a text that is a key stands for that key's value. Blocks stay with the workers.
import { fileURLToPath } from "node:url";
import { javascriptLibrary, Manager } from "@taskvine/core";
import { DaskExecutor } from "@taskvine/executor-dask";
import { startWorker } from "@taskvine/worker";
import { add, block, entry, multiply, SIDE, sum, total } from "./matrices/blocks.js";

const BLOCKS = [0, 1, 2, 3] as const;
const MODULE = fileURLToPath(new URL("matrices/blocks.js", import.meta.url));

await using m = await Manager.start();
const worker = await startWorker({
  manager: { type: "file", path: m.connectionFile },
  resources: { cores: 2 },
});
await using graphs = new DaskExecutor(m, { library: javascriptLibrary("blocks", { module: MODULE }) });

const graph: Record<string, unknown> = {};
const totals: unknown[] = [];
for (const row of BLOCKS)
  for (const column of BLOCKS) {
    graph[`a-${row}-${column}`] = [block, row, column];
    const products = BLOCKS.map((k) => [multiply, `a-${row}-${k}`, `a-${k}-${column}`]);
    graph[`product-${row}-${column}`] = [add, ...products];
    totals.push([total, `product-${row}-${column}`]);
  }
graph["total"] = [sum, ...totals];

let done = 0;
const got = await graphs.get(graph, "total", { onDone: (keys) => (done += keys.length) });
console.log(`${done} tasks: the entries of the product add up to ${String(got)}`);

// The same without the product: the sum of a column times that of the row with its number.
const numbers = Array.from({ length: BLOCKS.length * SIDE }, (_, at) => at);
const sumOf = (entryAt: (at: number) => number): number => sum(...numbers.map(entryAt));
const expected = sumOf((k) => sumOf((row) => entry(row, k)) * sumOf((column) => entry(k, column)));
console.log(got === expected ? "as they should" : `and should to ${expected}`);
await worker.stop("all is multiplied");
