import { expect } from "chai";
import type { FileId } from "../../model/ids.js";
import { Random } from "../random.js";
import { generateWorkload, type WorkloadWishes } from "./generate.js";
import type { Workload } from "./workload.js";

describe("generateWorkload", () => {
  const wishes: WorkloadWishes = {
    tasks: 60,
    ownFailures: 0.1,
    deadlines: 0.2,
    unusableSources: 0.1,
    retries: 5,
    startMs: 0,
  };
  const workloads = Array.from({ length: 100 }, (_, seed) => generateWorkload(new Random(seed), wishes));

  it("submits every task once, and makers not later than those who take what they make", () => {
    for (const { tasks, batches } of workloads) {
      const submitted = batches.flatMap((batch) => batch.tasks);
      expect(submitted.toSorted((a, b) => a - b)).to.deep.equal([...tasks.keys()]);
      const when = new Map(batches.flatMap((batch, i) => batch.tasks.map((task) => [task, i] as const)));
      const maker = new Map(
        [...tasks.values()].flatMap(({ spec }) => spec.outputs.map(({ file }) => [file, spec.id] as const)),
      );
      const mounts = [...tasks.values()].flatMap(({ spec }) =>
        spec.inputs.map(({ file }) => ({ file, taker: spec.id })),
      );
      for (const { file, taker } of mounts) {
        const from = maker.get(file);
        if (from !== undefined) expect(when.get(from)).to.be.at.most(when.get(taker) ?? -1);
      }
    }
  });

  it("a file that is for one task only has no more than one consumer", () => {
    for (const { files, tasks } of workloads) {
      const consumers = new Map<FileId, number>();
      for (const { spec } of tasks.values()) {
        for (const { file } of spec.inputs) consumers.set(file, (consumers.get(file) ?? 0) + 1);
      }
      for (const [file, count] of consumers) {
        if (files.get(file)?.spec.lifetime === "task") expect(count).to.equal(1);
      }
    }
  });

  it("has every kind of source, lifetime and failure somewhere", () => {
    const seen = (of: (workload: Workload) => Iterable<string>): string[] =>
      [...new Set(workloads.flatMap((workload) => [...of(workload)]))].sort();
    expect(seen(({ files }) => [...files.values()].map(({ spec }) => spec.origin.type))).to.deep.equal([
      "buffer",
      "local",
      "mini-task",
      "temp",
      "unpack",
      "url",
    ]);
    expect(seen(({ files }) => [...files.values()].map(({ spec }) => spec.lifetime))).to.have.length(4);
    expect(
      seen(({ tasks }) => [...tasks.values()].map(({ behaviour }) => behaviour.signal ?? "none")),
    ).to.have.length(2);
    expect(
      seen(({ tasks }) => [...tasks.values()].map(({ behaviour }) => String(behaviour.exitCode))),
    ).to.have.length(2);
  });
});
