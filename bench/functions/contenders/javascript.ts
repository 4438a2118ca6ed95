// TaskVine from JavaScript: the manager in this process, one worker of four cores.
import { fileURLToPath } from "node:url";
import { FunctionCall, javascriptLibrary, type LibraryHandle, type Manager } from "@taskvine/core";
import { BenchCluster } from "../../support/cluster.js";
import { contend, type JavaScriptContender } from "./contest.js";

const SLOTS = 4;
const MODULE = fileURLToPath(new URL("functions.mjs", import.meta.url));

class Ours implements JavaScriptContender {
  readonly #cluster: BenchCluster;
  readonly #manager: Manager;
  readonly #library: LibraryHandle;

  constructor(cluster: BenchCluster) {
    this.#cluster = cluster;
    this.#manager = cluster.manager;
    const library = javascriptLibrary("bench", { module: MODULE, slots: SLOTS });
    this.#library = this.#manager.declareLibrary(library.cores(SLOTS));
  }

  increment(number: number): Promise<number> {
    return this.#manager.call(this.#library, "increment", number);
  }

  increments(count: number): Promise<number[]> {
    const calls = Array.from(
      { length: count },
      (_, at) => new FunctionCall(this.#library, "increment", [at]),
    );
    return this.#numbers(calls);
  }

  async chains(count: number, steps: number): Promise<number[]> {
    const calls: FunctionCall[] = [];
    const ends = Array.from({ length: count }, () => {
      let end = new FunctionCall(this.#library, "increment", [0]);
      for (let step = 1; step < steps; step += 1) {
        calls.push(end);
        end = new FunctionCall(this.#library, "increment", [end]);
      }
      return end;
    });
    this.#manager.submitAll(calls);
    return this.#numbers(ends);
  }

  async lengths(count: number): Promise<number[]> {
    const values = Array.from({ length: count }, (_, at) => {
      return new FunctionCall(this.#library, "megabyte", [at]).keepInCluster();
    });
    const lengths = values.map((value) => new FunctionCall(this.#library, "length", [value]));
    this.#manager.submitAll(values);
    const numbers = await this.#numbers(lengths);
    for (const { value } of values) this.#manager.undeclare(value);
    return numbers;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#cluster[Symbol.asyncDispose]();
  }

  async #numbers(calls: readonly FunctionCall[]): Promise<number[]> {
    const handles = this.#manager.submitAll(calls);
    return (await Promise.all(handles.map(async ({ done }) => (await done).value))) as number[];
  }
}

const flags = ["--cores", String(SLOTS), "--memory", "4GB"];
await contend(new Ours(await BenchCluster.start({ workers: 1, flags })));
