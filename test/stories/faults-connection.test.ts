import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Task } from "@taskvine/core";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { Relay } from "../support/relay.js";

describe("when the connection between a worker and its manager breaks, and both live", function () {
  this.timeout(60_000);

  it("tasks that run go on, and count", async () => {
    await using c = await cluster({ workers: 0 });
    await using relay = await Relay.to(c.manager.port);
    await c.addWorker([relay.address], { stays: true });
    const made = c.manager.declareTemp();
    const gate = c.path("gate");
    const command = `touch ${c.path("begun")}; while ! test -e ${gate}; do sleep 0.05; done; echo once >> out; cat out`;
    const task = c.manager.submit(new Task(command).output(made, "out").retries(1));
    await eventually("it runs", () => existsSync(c.path("begun")));
    for (const times of [1, 2]) {
      relay.cut();
      await eventually("the worker is back", () => {
        const [worker, ...others] = c.manager.workers();
        return others.length === 0 && worker?.id === times + 1 && task.state === "running";
      });
    }
    await writeFile(gate, "");
    const result = (await task.done).check();
    expect(result.output).to.equal("once\n");
    expect(result.attempts.map(({ attempt, ended }) => [attempt, ended])).to.deep.equal([[1, "success"]]);
    expect(String(await made.contents())).to.equal("once\n");
  });
});
