import { expect } from "chai";
import type { Lifetime } from "../../files/file.js";
import { cacheName } from "../../model/ids.js";
import { contentOf } from "./content.js";
import { type Copy, Disk } from "./disk.js";

describe("Disk", () => {
  const copy = (name: string, size: number, lifetime: Lifetime = "forever"): Copy => ({
    cacheName: cacheName(name),
    content: contentOf(name),
    size,
    kind: "file",
    lifetime,
  });

  it("makes room with forever files before worker files, the least recently used first, never with others", () => {
    const disk = new Disk(100);
    disk.add(copy("workflow", 20, "workflow"));
    disk.add(copy("worker", 20, "worker"));
    disk.add(copy("old", 20));
    disk.add(copy("new", 20));
    disk.get(cacheName("old"));
    expect(disk.makeRoom(50)).to.deep.equal(["new", "old"]);
    expect(disk.makeRoom(81)).to.equal(undefined);
    expect(disk.has(cacheName("worker"))).to.equal(true);
    expect(disk.makeRoom(80)).to.deep.equal(["worker"]);
  });

  it("what is in use neither makes room nor goes when dropped, until nothing uses it", () => {
    const disk = new Disk(100);
    disk.add(copy("a", 100));
    disk.pin(cacheName("a"));
    expect(disk.makeRoom(10)).to.equal(undefined);
    disk.drop(cacheName("a"));
    expect(disk.has(cacheName("a"))).to.equal(true);
    disk.unpin(cacheName("a"));
    expect(disk.has(cacheName("a"))).to.equal(false);
    expect(disk.free).to.equal(100);
  });

  it("what is reserved or taken by others is not free", () => {
    const disk = new Disk(100);
    disk.reserve(30);
    disk.occupied = 60;
    expect(disk.makeRoom(11)).to.equal(undefined);
    disk.unreserve(30);
    expect(disk.makeRoom(11)).to.deep.equal([]);
  });
});
