import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FunctionCall, javascriptLibrary } from "@taskvine/core";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";

const SOURCE = `
  export const repeat = (text, times) => text.repeat(times);
  export const lengths = (texts) => texts.map((text) => text.length);
`;

describe("small values of calls", function () {
  this.timeout(180_000);

  it("beyond what the manager holds in memory lie in a file of the run, and are read from there", async () => {
    await using c = await cluster({ manager: { heldValueBytes: 1_000 } });
    const library = c.manager.declareLibrary(javascriptLibrary("texts", { source: SOURCE }).cores(1));
    const texts = Array.from({ length: 50 }, (_, n) => new FunctionCall(library, "repeat", ["x", 100 + n]));
    const total = new FunctionCall(library, "lengths", [texts]);
    const expected = texts.map((_, n) => 100 + n);
    expect(texts.map((text) => text.value).length).to.equal(50);
    const handles = c.manager.submitAll([...texts, total]);
    expect(await (await handles.at(-1)!.done).check().value).to.deep.equal(expected);
    const values = await Promise.all(
      handles.slice(0, -1).map(async ({ done }) => (await done).check().value),
    );
    expect(values.map((text) => (text as string).length)).to.deep.equal(expected);
    const staging = join(c.manager.runDirectory, "staging");
    expect(await readdir(staging)).to.include("values");
    expect((await stat(join(staging, "values"))).size).to.be.greaterThan(4_000);
  });
});
