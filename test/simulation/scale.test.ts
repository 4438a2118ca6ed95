import type { FileId } from "@taskvine/core/model";
import { Simulator, type WorkerPlan, type Workload, WorkloadBuilder } from "@taskvine/core/testing";
import { expect } from "chai";

const MB = 1_000_000;
const WORKERS = 1_000;
const TASKS = 100_000;

/** Most tasks read one of ten shared files; one in twenty-five merges what nine of them made. */
function mapAndMerge(): Workload {
  const builder = new WorkloadBuilder();
  const shared: FileId[] = [];
  for (let i = 0; i < 10; i++) {
    shared.push(builder.file({ origin: { type: "local" }, label: `shared-${i}` }, { size: 50 * MB }));
  }
  let mapped: FileId[] = [];
  while (builder.tasks.size < TASKS) {
    const number = builder.tasks.size;
    const merges = number % 25 === 24;
    const output = builder.file();
    const inputs = merges ? mapped.slice(-9) : [shared[number % shared.length] as FileId];
    mapped = merges ? [] : [...mapped, output];
    const behaviour = { runMs: 500 + (number % 1_000) };
    builder.task(inputs, [output], { spec: { resources: { cores: 1 } }, behaviour });
  }
  return builder.build();
}

describe("Simulation: a thousand workers, a hundred thousand tasks", () => {
  it("ends rightly and in bounded time while workers die all the time", function () {
    this.timeout(600_000);
    const workers = Array.from(
      { length: WORKERS },
      (_, i): WorkerPlan => ({
        name: `worker-${i}`,
        hostId: `host-${i}`,
        resources: { cores: 4, memory: 16_000 * MB, disk: 100_000 * MB, gpus: 0 },
        features: [],
        rate: 1_000_000,
      }),
    );
    const faults = { untilMs: 30_000, everyMs: { crash: 300 } };
    const { counts, makespanMs } = new Simulator({
      seed: 1,
      workload: mapAndMerge(),
      workers,
      faults,
      check: "at-end",
    }).run();
    expect(counts.of("finished-done")).to.equal(TASKS);
    expect(counts.of("crash")).to.be.at.least(40);
    expect(makespanMs).to.be.below(300_000);
  });
});
