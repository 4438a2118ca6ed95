import { writeFile } from "node:fs/promises";
import { Task } from "@taskvine/core";
import { expect } from "chai";
import { needs } from "../needs/needs.js";
import { type Cluster, cluster } from "../support/cluster.js";
import { separateNetworks } from "../support/networks.js";

/** An address at which nobody can be reached. */
const DEAD = "255.255.255.255";
/** Runs a command as if on another machine: workers of one machine reach each other in any case. */
const elsewhere = ["unshare", "-r", "--uts", "sh", "-c", 'hostname elsewhere; exec "$@"', "sh"];

const named = needs({ linux: true, hostNames: true });
const root = needs({ root: true, linux: true, commands: ["ip", "nsenter", "unshare"], debian: ["iproute2"] });

/** A task that only this one of the workers with features "0", "1" … may run. */
function at(worker: number, command: string): Task {
  return new Task(command).feature(`at-${worker}`);
}

async function declareLarge(c: Cluster): Promise<ReturnType<Cluster["manager"]["declareFile"]>> {
  await writeFile(c.path("data"), "x".repeat(200_000));
  return c.manager.declareFile(c.path("data"));
}

describe("when a worker cannot be reached by the others", function () {
  this.timeout(90_000);

  named.it("what it has comes from the manager, where the manager has it too", async () => {
    await using c = await cluster({ workers: 0, flags: ["--no-local-links"] });
    await c.addWorker(["--feature", "at-0", "--data-host", DEAD], { through: elsewhere });
    await c.addWorker(["--feature", "at-1"]);
    const data = await declareLarge(c);
    for (const worker of [0, 1]) {
      const result = (await c.manager.submit(at(worker, "wc -c < in").input(data, "in")).done).check();
      expect(result.output.trim()).to.equal("200000");
    }
    const { fromManager, transferFailures, workersLost } = c.manager.stats();
    expect([fromManager.copies, transferFailures, workersLost]).to.deep.equal([2, 1, 0]);
  });

  named.it("and what it has is nowhere else, the task goes to it", async () => {
    await using c = await cluster({ workers: 0, flags: ["--no-local-links"] });
    await c.addWorker(["--data-host", DEAD], { through: elsewhere });
    const temp = c.manager.declareTemp();
    (await c.manager.submit(new Task("seq 1 1000 > out").output(temp, "out")).done).check();
    await c.addWorker();
    const results = await Promise.all(
      c.manager
        .submitAll([1, 2, 3].map(() => new Task("wc -l < in").input(temp, "in")))
        .map(({ done }) => done),
    );
    expect(results.map((result) => result.check().output.trim())).to.deep.equal(["1000", "1000", "1000"]);
  });

  root.it("but by the manager, the manager passes files on: temps, trees and all", async () => {
    await using separate = await separateNetworks(2);
    const manager = { host: "0.0.0.0", advertise: separate.managerAddress };
    await using c = await cluster({ workers: 0, manager, flags: ["--no-local-links"] });
    for (const [index, { through }] of separate.networks.entries()) {
      await c.addWorker(["--feature", `at-${index}`], { through });
    }
    expect(
      c.manager
        .workers()
        .map(({ host }) => host)
        .sort().length,
    ).to.equal(2);
    const [temp, tree] = [c.manager.declareTemp(), c.manager.declareTemp()];
    const data = await declareLarge(c);
    const make = at(0, "wc -c < in > out; mkdir -p t/deep; seq 1 100000 > t/deep/x; ln -s deep/x t/link");
    (await c.manager.submit(make.input(data, "in").output(temp, "out").output(tree, "t")).done).check();
    const use = at(1, "cat temp; wc -l < tree/link; wc -c < data")
      .input(temp, "temp")
      .input(tree, "tree")
      .input(data, "data");
    const result = (await c.manager.submit(use).done).check();
    expect(result.output.split(/\s+/).filter((word) => word !== "")).to.deep.equal([
      "200000",
      "100000",
      "200000",
    ]);
    const { transferFailures, recoveries, retrieved } = c.manager.stats();
    expect([transferFailures > 0, recoveries, retrieved.copies]).to.deep.equal([true, 0, 2]);
  });
});
