import { writeFile } from "node:fs/promises";
import { javascriptLibrary, pythonLibrary } from "@taskvine/core";
import {
  EXECUTOR_API,
  type ExecutorHost,
  type LinkedCall,
  type LinkedEnd,
  startExecutor,
} from "@taskvine/core/executor";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { javascriptFunctions } from "../support/functions.js";

const python = needs({ commands: ["python3"], debian: ["python3"] });

/** Arguments by position, in JSON. */
function args(...positional: readonly unknown[]): Pick<LinkedCall, "args" | "encoding"> {
  return { args: Buffer.from(JSON.stringify([positional, {}])), encoding: "json" };
}

/** What an executor that asks for nothing has of the manager. */
async function hostOf({ manager }: Cluster): Promise<ExecutorHost> {
  return new Promise((resolve, reject) => {
    const create = (host: ExecutorHost) => {
      resolve(host);
      return {
        // biome-ignore lint/correctness/useYield: it has no progress to tell
        async *execute() {
          return { body: null };
        },
        close: () => Promise.resolve(),
      };
    };
    startExecutor({ name: "idle", api: EXECUTOR_API, create }, manager).catch(reject);
  });
}

/** The ends of calls, in their order. */
async function endsOf(host: ExecutorHost, ...calls: LinkedCall[]): Promise<LinkedEnd[]> {
  const ends: LinkedEnd[] = [];
  let left = calls.length;
  return new Promise((resolve) => {
    host.callEach(calls, (index, end) => {
      ends[index] = end;
      left -= 1;
      if (left === 0) resolve(ends);
    });
  });
}

describe("linked calls", function () {
  this.timeout(120_000);

  it("keep to their own time limits", async () => {
    await using c = await cluster({ workers: 1, cores: 1 });
    const host = await hostOf(c);
    const library = host.declareLibrary(await javascriptFunctions(c));
    const [late, well] = await endsOf(
      host,
      { library, function: "spin", ...args(), wallTimeMs: 100 },
      { library, function: "add", ...args(2, 3), wallTimeMs: 60_000 },
    );
    expect(late).to.include({ type: "failed" }).and.have.nested.property("error.code", "WALL_TIME");
    expect(Buffer.from((well as { value: Uint8Array }).value).toString()).to.equal("5");
  });

  python.it("keep to their own memory limits, in processes of their own", async () => {
    await using c = await cluster({ workers: 1, cores: 1 });
    const host = await hostOf(c);
    const module = c.path("story.py");
    await writeFile(
      module,
      "import time\ndef grow(mb):\n  kept = bytearray(mb * 1000000)\n  time.sleep(mb)\n",
    );
    const functions = { grow: "story:grow" };
    const files = { "story.py": module };
    const library = host.declareLibrary(pythonLibrary("py", { functions, mode: "fork", files }).cores(1));
    const [large, small] = await endsOf(
      host,
      { library, function: "grow", ...args(300), memory: 100e6, retries: 0 },
      { library, function: "grow", ...args(1), memory: 100e6 },
    );
    expect(large).to.have.nested.property("error.code", "RESOURCE_EXHAUSTED");
    expect(small).to.include({ type: "returned" });
  });

  it("that return something large without a file bring it, and need not run for what is there already", async () => {
    await using c = await cluster({ workers: 1, cores: 1 });
    const host = await hostOf(c);
    const source = "export const repeat = (text, times) => text.repeat(times);";
    const library = host.declareLibrary(javascriptLibrary("texts", { source }).cores(1));
    const call = { library, function: "repeat", ...args("x", 100_000) };
    const [large] = await endsOf(host, call);
    const length = (large as { value: Uint8Array }).value.length;
    expect(length).to.be.greaterThan(65_536);
    const kept = (): LinkedCall => ({ ...call, value: host.declareTemp({ lifetime: "forever" }) });
    const [made] = await endsOf(host, kept());
    const [again] = await endsOf(host, kept());
    expect([made, again].map((end) => end?.type)).to.deep.equal(["returned", "returned"]);
    expect((again as { bytes: number }).bytes).to.equal((made as { bytes: number }).bytes);
    expect(again?.worker).to.equal("");
  });
});
