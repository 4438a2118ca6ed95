import { expect } from "chai";
import { workerId } from "../model/ids.js";
import { NO_RESOURCES } from "../model/resources.js";
import { amountsFor, amountsForStaying, grownRequest } from "./allocate.js";
import { type Host, hasSlot, obstacle } from "./eligible.js";

const GB = 1e9;
const total = { cores: 8, memory: 16 * GB, disk: 100 * GB, gpus: 2 };
const host: Host = {
  total,
  free: { cores: 2, memory: 4 * GB, disk: 100 * GB, gpus: 0 },
  cachedBytes: 0,
  neededBytes: 0,
  features: new Set(["big"]),
  endsAtMs: 10_000,
  queuedCores: 0,
  id: workerId(1),
  names: new Set(),
  queueLimit: 8,
  resident: NO_RESOURCES,
};
const nothing = { request: {}, features: [], wallTimeMs: 0 };

describe("an allocation", () => {
  it("of a task that asks for nothing is one core and its part of the worker", () => {
    expect(amountsFor({}, total, 0)).to.deep.equal({ cores: 1, memory: 2 * GB, disk: 9.375 * GB, gpus: 0 });
  });

  it("of a task that names cores has the same part of memory and disk", () => {
    expect(amountsFor({ cores: 2 }, total, 0)).to.deep.equal({
      cores: 2,
      memory: 4 * GB,
      disk: 18.75 * GB,
      gpus: 0,
    });
  });

  it("follows the largest part that is named, in whole cores", () => {
    expect(amountsFor({ memory: 8 * GB, disk: 1 * GB }, total, 0)).to.include({ cores: 4, disk: 1 * GB });
    expect(amountsFor({ memory: 0.1 * GB }, total, 0)).to.include({ cores: 1 });
  });

  it("gives gpus only to those that name them, and one core to a task that names nothing else", () => {
    expect(amountsFor({ gpus: 1 }, total, 0)).to.include({ cores: 1, gpus: 1, memory: 8 * GB });
  });

  it("leaves the disk that the cache holds out of shares, but never gives nothing", () => {
    expect(amountsFor({}, total, 60 * GB).disk).to.equal(3.75 * GB);
    expect(amountsFor({}, total, 100 * GB).disk).to.be.greaterThan(1 * GB);
  });

  it("of what stays leaves half of the disk to the cache from the beginning", () => {
    expect(amountsForStaying({}, total, 0)).to.deep.equal({ ...amountsFor({}, total, 0), disk: 4.6875 * GB });
    expect(amountsForStaying({}, total, 90 * GB).disk).to.equal(amountsFor({}, total, 90 * GB).disk);
    expect(amountsForStaying({ disk: 60 * GB }, total, 0).disk).to.equal(60 * GB);
  });

  it("grows to twice what ran out, at most to the largest worker", () => {
    const given = amountsFor({ memory: 6 * GB }, total, 0);
    expect(grownRequest({ memory: 6 * GB }, given, ["memory"], total)).to.deep.equal({ memory: 12 * GB });
    const more = amountsFor({ memory: 12 * GB }, total, 0);
    expect(grownRequest({ memory: 12 * GB }, more, ["memory"], total)).to.deep.equal({ memory: 16 * GB });
    expect(
      grownRequest({ memory: 16 * GB }, amountsFor({ memory: 16 * GB }, total, 0), ["memory"], total),
    ).to.equal(undefined);
    expect(grownRequest({}, given, ["patience"], total)).to.equal(undefined);
  });

  it("grows to less than a whole disk, as inputs lie there too", () => {
    const given = amountsFor({ disk: 60 * GB }, total, 0);
    expect(grownRequest({ disk: 60 * GB }, given, ["disk"], total)).to.deep.equal({ disk: 93.75 * GB });
  });
});

describe("a worker", () => {
  it("has a slot now for what is free, and a next one for what fits it when it is empty", () => {
    expect(hasSlot({ ...nothing, request: { cores: 2 } }, host, "now", 0)).to.equal(true);
    expect(hasSlot({ ...nothing, request: { cores: 3 } }, host, "now", 0)).to.equal(false);
    expect(hasSlot({ ...nothing, request: { cores: 3 } }, host, "next", 0)).to.equal(true);
    expect(hasSlot({ ...nothing, request: { cores: 9 } }, host, "next", 0)).to.equal(false);
  });

  it("queues no task with gpus, and no more cores than its limit", () => {
    expect(hasSlot({ ...nothing, request: { gpus: 1 } }, host, "next", 0)).to.equal(false);
    expect(hasSlot(nothing, { ...host, queuedCores: 8 }, "next", 0)).to.equal(false);
  });

  it("takes no task whose features it lacks or that may outlast it", () => {
    expect(hasSlot({ ...nothing, features: ["gpu-a100"] }, host, "now", 0)).to.equal(false);
    expect(hasSlot({ ...nothing, wallTimeMs: 11_000 }, host, "now", 0)).to.equal(false);
    expect(obstacle({ ...nothing, features: ["gpu-a100"] }, host, 0)).to.equal('offers no "gpu-a100"');
    expect(obstacle({ ...nothing, request: { cores: 9 } }, host, 0)).to.equal(
      "has 8 cores of the 9 asked for",
    );
    expect(obstacle({ ...nothing, features: ["big"] }, host, 0)).to.equal(undefined);
  });
});
