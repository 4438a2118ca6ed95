// A bare pool of four threads: the floor, without a network, a scheduler or files.
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { contend, type JavaScriptContender } from "./contest.js";

const THREADS = 4;
const filename = fileURLToPath(new URL("functions.mjs", import.meta.url));

class Pool implements JavaScriptContender {
  readonly #pool = new Piscina({ filename, minThreads: THREADS, maxThreads: THREADS });

  increment(number: number): Promise<number> {
    return this.#pool.run(number, { name: "increment" }) as Promise<number>;
  }

  increments(count: number): Promise<number[]> {
    return Promise.all(Array.from({ length: count }, (_, at) => this.increment(at)));
  }

  chains(count: number, steps: number): Promise<number[]> {
    const chain = async (): Promise<number> => {
      let end = 0;
      for (let step = 0; step < steps; step += 1) end = await this.increment(end);
      return end;
    };
    return Promise.all(Array.from({ length: count }, chain));
  }

  lengths(count: number): Promise<number[]> {
    const lengthOf = async (_: unknown, at: number): Promise<number> => {
      const data: unknown = await this.#pool.run(at, { name: "megabyte" });
      return (await this.#pool.run(data, { name: "length" })) as number;
    };
    return Promise.all(Array.from({ length: count }, lengthOf));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

await contend(new Pool());
