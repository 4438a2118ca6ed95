import { FunctionCall, javascriptLibrary, type LibraryHandle, type Manager } from "@taskvine/core";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";

const SOURCE = `
export const add = (a, b) => a + b;
export const refuse = () => { throw new Error("enough"); };
export const grow = (text) => text + "x".repeat(100_000);
export const length = (text) => text.length;
`;
const STEPS = 200;

describe("chains of calls", () => {
  const provide = (manager: Manager): LibraryHandle =>
    manager.declareLibrary(
      javascriptLibrary("steps", { source: SOURCE, slots: 2 }).encoding("json").cores(1),
    );

  /** So many additions of 1, the first to `start`. */
  function chain(library: LibraryHandle, start: number | FunctionCall, steps: number): FunctionCall[] {
    const calls: FunctionCall[] = [];
    for (let step = 0; step < steps; step += 1)
      calls.push(new FunctionCall(library, "add", [calls.at(-1) ?? start, 1]));
    return calls;
  }

  it("that are known beforehand come to their ends, beside each other", async () => {
    await using c = await cluster({ workers: 2 });
    const library = provide(c.manager);
    const chains = [0, 1000, 2000].map((start) => chain(library, start, STEPS));
    c.manager.submitAll(chains.flatMap((calls) => calls.slice(0, -1)));
    const ends = c.manager.submitAll(chains.map((calls) => calls.at(-1) as FunctionCall));
    const values = await Promise.all(ends.map(async ({ done }) => (await done).value));
    expect(values).to.deep.equal([STEPS, 1000 + STEPS, 2000 + STEPS]);
  });

  it("end where a step raises: those behind it fail for want of its value", async () => {
    await using c = await cluster();
    const library = provide(c.manager);
    const before = chain(library, 0, STEPS);
    const refuse = new FunctionCall(library, "refuse", [before.at(-1)]);
    const behind = chain(library, refuse, 20);
    const results = await Promise.all(
      c.manager.submitAll([...before, refuse, ...behind]).map(({ done }) => done),
    );
    const codes = results.map(({ code }) => code);
    expect(codes.slice(0, STEPS).every((code) => code === "success")).to.equal(true);
    expect(codes[STEPS]).to.equal("exception");
    expect(codes.slice(STEPS + 1).every((code) => code === "input-missing")).to.equal(true);
  });

  it("go on where a value becomes too large to travel, and where a step is cancelled others are not touched", async () => {
    await using c = await cluster();
    const library = provide(c.manager);
    const warm = chain(library, 0, STEPS);
    await Promise.all(c.manager.submitAll(warm).map(({ done }) => done));
    const text = new FunctionCall(library, "grow", ["a"]);
    const longer = new FunctionCall(library, "grow", [text]);
    const length = new FunctionCall(library, "length", [longer]);
    const counted = chain(library, length, 20);
    const cancelled = chain(library, 0, STEPS);
    const [, ...handles] = c.manager.submitAll([text, longer, length, ...counted, ...cancelled]);
    handles.at(-50)?.cancel();
    expect(await (await handles[21]?.done)?.value).to.equal(200_001 + 20);
    const last = await handles.at(-1)?.done;
    expect(last?.code).to.be.oneOf(["input-missing", "success"]);
  });
});
