import { writeFile } from "node:fs/promises";
import { FunctionCall, javascriptLibrary, type LibraryHandle, pythonLibrary } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

const python = needs({ commands: ["python3"], debian: ["python3"] });

const PYTHON = `
import os, time
def same(value): return value
def stop_hard(code): os._exit(code)
def wait(seconds): time.sleep(seconds); return "waited"
def grow():
    held = []
    while True:
        held.append(bytearray(1 << 20))
        time.sleep(0.0005)
`;
const JAVASCRIPT = `
import { setTimeout as sleep } from "node:timers/promises";
export const same = (value) => value;
export function stop_hard(code) { process.exit(code); }
export async function wait(seconds) { await sleep(seconds * 1000); return "waited"; }
`;
const MODES = ["direct", "fork", "threads"] as const;

async function declare(c: Cluster, mode: (typeof MODES)[number] | "javascript"): Promise<LibraryHandle> {
  const module = c.path(mode === "javascript" ? "ends.mjs" : "ends.py");
  await writeFile(module, mode === "javascript" ? JAVASCRIPT : PYTHON);
  if (mode === "javascript") return c.manager.declareLibrary(javascriptLibrary("ends", { module, slots: 2 }));
  const names = ["same", "stop_hard", "wait", "grow"];
  const functions = Object.fromEntries(names.map((name) => [name, `ends:${name}`]));
  return c.manager.declareLibrary(
    pythonLibrary("ends", { functions, mode, slots: 2, files: { "ends.py": module } }),
  );
}

describe("calls that end otherwise than by returning", function () {
  this.timeout(180_000);

  for (const mode of ["direct", "fork", "javascript"] as const) {
    python.it(`${mode}: a call that ends its process fails alone, with its exit code`, async () => {
      await using c = await cluster();
      const library = await declare(c, mode);
      const around = Array.from({ length: 20 }, (_, n) => c.manager.call(library, "same", n));
      const dead = c.manager.submit(new FunctionCall(library, "stop_hard", [7]));
      const after = Array.from({ length: 20 }, (_, n) => c.manager.call(library, "same", n));
      const result = await dead.done;
      expect(result).to.include({ code: "library-exit", exitCode: 7 });
      expect((await Promise.all([...around, ...after])).length).to.equal(40);
      expect(library.status()).to.include({ instances: 1 });
    });
  }

  for (const mode of [...MODES, "javascript"] as const) {
    python.it(`${mode}: a cancelled call and one past its time leave the others alone`, async () => {
      await using c = await cluster();
      const library = await declare(c, mode);
      const other = c.manager.submit(new FunctionCall(library, "wait", [2]));
      const late = c.manager.submit(new FunctionCall(library, "wait", [100]).maxWallTime("100ms"));
      expect((await late.done).code).to.equal("max-wall-time");
      const cancelled = c.manager.submit(new FunctionCall(library, "wait", [100]));
      await eventually("it runs", () => cancelled.state === "running");
      cancelled.cancel();
      expect((await cancelled.done).code).to.equal("cancelled");
      expect(await (await other.done).check().value).to.equal("waited");
      expect(await c.manager.call(library, "same", 1)).to.equal(1);
    });
  }

  it("javascript: a call that leaks ends at the heap of its library, or at its own, and the others go on", async () => {
    await using c = await cluster();
    const source = `
      export const same = (value) => value;
      export const grow = () => { const held = []; for (;;) held.push(new Array(1000).fill(0.5)); };
    `;
    const library = c.manager.declareLibrary(javascriptLibrary("leaky", { source, slots: 2, heap: "64 MB" }));
    const leaking = [new FunctionCall(library, "grow"), new FunctionCall(library, "grow").memory("100 MB")];
    const around = Array.from({ length: 20 }, (_, n) => c.manager.call(library, "same", n));
    for (const { done } of c.manager.submitAll(leaking)) {
      const result = await done;
      expect(result).to.have.nested.property("error.code", "RESOURCE_EXHAUSTED");
      expect(result.attempts.at(-1)?.outcome?.exhausted).to.deep.equal(["memory"]);
    }
    expect(await Promise.all(around)).to.have.length(20);
    expect(await c.manager.call(library, "same", 1)).to.equal(1);
    expect(library.status()).to.include({ instances: 1, failedStarts: 0 });
  });

  python.it("fork: a call that grows past its memory ends, and tells how much it used", async () => {
    await using c = await cluster();
    const library = await declare(c, "fork");
    const other = c.manager.submit(new FunctionCall(library, "wait", [1]));
    const result = await c.manager.submit(new FunctionCall(library, "grow").memory("60 MB")).done;
    expect(result.code).to.equal("resource-exhaustion");
    expect(result.attempts.at(-1)?.outcome?.exhausted).to.deep.equal(["memory"]);
    expect(result.measured?.memory).to.be.greaterThan(50e6);
    expect(await (await other.done).check().value).to.equal("waited");
  });
});
