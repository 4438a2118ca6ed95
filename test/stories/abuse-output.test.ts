import { stat } from "node:fs/promises";
import { LIMITS, Task } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { cluster } from "../support/cluster.js";
import { familyMemory, MostMemory } from "../support/memory.js";

const MB = 1_000_000;
const GIB = 1024 ** 3;
const linux = needs({ linux: true });

describe("a task that writes a gibibyte to its standard output", function () {
  this.timeout(300_000);

  linux.it("has all of it in a file, and neither worker nor manager holds it in memory", async () => {
    await using c = await cluster();
    (await c.manager.submit(new Task("echo first")).done).check();
    const worker = new MostMemory(() => familyMemory(c.workers[0]?.pid ?? 0));
    const manager = new MostMemory(() => Promise.resolve(process.memoryUsage().rss));
    const before = [await worker.begin(), await manager.begin()] as const;
    const result = (
      await c.manager.submit(new Task(`head -c ${GIB} /dev/zero; echo done >&2`).disk("3GB")).done
    ).check();
    const grown = [(await worker.end()) - before[0], (await manager.end()) - before[1]];
    expect(result.stdoutSize).to.equal(GIB);
    expect((await stat(result.stdoutFile ?? "")).size).to.equal(GIB);
    expect(result.stdout.length).to.be.at.most(LIMITS.inlineBytes);
    expect(result.stderr).to.equal("done\n");
    for (const bytes of grown) expect(bytes).to.be.below(300 * MB);
  });
});
