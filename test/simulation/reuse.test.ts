import { Simulator, type WorkerPlan, WorkloadBuilder } from "@taskvine/core/testing";
import { expect } from "chai";

const MB = 1_000_000;

describe("Simulation: the same workflow again", () => {
  const builder = new WorkloadBuilder();
  const sources = [1, 2, 3].map((i) =>
    builder.file({ origin: { type: "local" }, label: `source-${i}` }, { size: 20 * MB }),
  );
  const parts = sources.flatMap((source) => {
    return [1, 2, 3, 4].map((i) => {
      const part = builder.file({ lifetime: "forever" });
      builder.task([source], [part], { spec: { command: `part ${i} of the source` } });
      return part;
    });
  });
  const total = builder.file({ origin: { type: "local" }, label: "total" });
  builder.task(parts, [total]);
  // The workers are there before the tasks are.
  builder.submitInBatches([{ afterMs: 100, tasks: [...builder.tasks.keys()] }]);
  const workload = builder.build();

  const plans: WorkerPlan[] = [1, 2, 3].map((i) => ({
    name: `worker-${i}`,
    hostId: `host-${i}`,
    resources: { cores: 2, memory: 8_000 * MB, disk: 8_000 * MB, gpus: 0 },
    features: [],
    rate: 100_000,
  }));

  it("tasks whose outputs are kept forever need not run again on workers that still hold them", () => {
    const first = new Simulator({ seed: 1, workload, workers: plans, runNonce: "monday" });
    expect(first.run().counts.of("assign")).to.equal(13);
    const again = first.fleet.workers.map((worker) => {
      return { ...worker.plan, holds: worker.disk.copies.filter((copy) => copy.lifetime === "forever") };
    });
    const second = new Simulator({ seed: 2, workload, workers: again, runNonce: "tuesday" }).run();
    expect(second.counts.of("assign")).to.equal(1);
    expect(second.counts.of("finished-done")).to.equal(13);
  });
});
