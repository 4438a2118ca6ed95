import { FunctionCall, javascriptLibrary } from "@taskvine/core";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

const SOURCE = "export const repeat = (text, times) => text.repeat(times);";
const BYTES = 20_000_000;

describe("large values of calls without files", function () {
  this.timeout(180_000);

  it("come to the manager, and are made again where a worker dies with them", async () => {
    await using c = await cluster({ workers: 2 });
    const library = c.manager.declareLibrary(javascriptLibrary("texts", { source: SOURCE }).cores(1));
    const calls = Array.from({ length: 12 }, () => new FunctionCall(library, "repeat", ["x", BYTES]));
    const handles = c.manager.submitAll(calls);
    // Some values are on their way from it then.
    await handles[2]!.done;
    await c.workers[0]!.kill("SIGKILL");
    await eventually("it is missed", () => c.manager.workers().length === 1);
    const lengths = await Promise.all(
      handles.map(async ({ done }) => ((await (await done).check().value) as string).length),
    );
    expect(lengths).to.deep.equal(calls.map(() => BYTES));
  });
});
