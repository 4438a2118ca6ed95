import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Task, type VineFile } from "@taskvine/core";
import { type HostileEntry, tarOf } from "@taskvine/core/testing";
import { expect } from "chai";
import { Canary } from "../support/canary.js";
import { type Cluster, cluster } from "../support/cluster.js";

const MB = 1_000_000;
const EVIL = "evil\n";

/** Archives that reach for the canary, by what they try. */
function unsafeArchives(canary: string): Readonly<Record<string, readonly HostileEntry[]>> {
  const up = "../".repeat(12);
  return {
    "a name with ..": [{ name: `${up}${canary.slice(1)}`, content: EVIL }],
    "a name with .. inside": [{ name: `a/${up}${canary.slice(1)}`, content: EVIL }],
    "an absolute name": [{ name: canary, content: EVIL }],
    "a link to outside": [{ name: "l", type: "symlink", target: canary }],
    "a file written through a link": [
      { name: "l", type: "symlink", target: canary },
      { name: "l", content: EVIL },
    ],
    "a file written into a linked folder": [
      { name: "d", type: "symlink", target: join(canary, "..") },
      { name: "d/canary", content: EVIL },
    ],
    "a hard link to outside": [{ name: "h", type: "link", target: canary }],
    "a link that leads outside through another": [
      { name: "here", type: "symlink", target: "." },
      { name: "l", type: "symlink", target: "here/../.." },
    ],
    "a device": [{ name: "null", type: "character-device" }],
    "a block device": [{ name: "disk", type: "block-device" }],
    "a named pipe": [{ name: "pipe", type: "fifo" }],
  };
}

/** A task that has this archive unpacked. */
function unpacking(c: Cluster, archive: Uint8Array, format: "tar" | "tar.gz"): Task {
  const tree: VineFile = c.manager.declareUntar(c.manager.declareBuffer(archive), { format });
  return new Task("ls -R d").input(tree, "d");
}

/** Names in the cache of the first worker, also of what is half made. */
async function cached(c: Cluster): Promise<string[]> {
  const workdir = c.workers[0]?.workdir ?? "";
  const folders = await readdir(workdir, { withFileTypes: true });
  const names = folders
    .filter((entry) => entry.isDirectory())
    .map((entry) => readdir(join(workdir, entry.name)));
  return (await Promise.all(names)).flat();
}

describe("an archive", function () {
  this.timeout(60_000);

  it("that reaches out of its folder fails its task with ARCHIVE_UNSAFE, and changes nothing there", async () => {
    await using c = await cluster();
    const canary = await Canary.in(c);
    const attacks = Object.entries(unsafeArchives(canary.path));
    const archives = await Promise.all(
      attacks.map(([, entries]) => tarOf([{ name: "good", content: "x" }, ...entries])),
    );
    const handles = c.manager.submitAll(archives.map((archive) => unpacking(c, archive, "tar")));
    const results = await Promise.all(handles.map(({ done }) => done));
    const seen = results.map(({ state, code, error }, at) => [attacks[at]?.[0], state, code, error?.code]);
    expect(seen).to.deep.equal(attacks.map(([what]) => [what, "failed", "input-missing", "ARCHIVE_UNSAFE"]));
    await canary.expectAlive();
    const honest = await tarOf([{ name: "good", content: "x" }]);
    expect((await c.manager.submit(unpacking(c, honest, "tar")).done).check().output).to.equal("d:\ngood\n");
    expect(c.manager.workers().length).to.equal(1);
  });

  it("that holds a link within it is unpacked as it is", async () => {
    await using c = await cluster();
    const archive = await tarOf([
      { name: "a/", type: "directory" },
      { name: "a/file", content: "content\n" },
      { name: "link", type: "symlink", target: "a/file" },
      { name: "run", content: "#!/bin/sh\necho ran\n", mode: 0o4755 },
    ]);
    const tree = c.manager.declareUntar(c.manager.declareBuffer(archive), { format: "tar" });
    const task = new Task("cat d/link; d/run; ls -l d/run | cut -c1-10").input(tree, "d");
    expect((await c.manager.submit(task).done).check().output).to.equal("content\nran\n-r-xr-xr-x\n");
  });

  it("that is a bomb fails its task with ARCHIVE_BOMB, and leaves nothing of it", async () => {
    await using c = await cluster();
    const zeros = "\0".repeat(10 * MB);
    const files = Array.from({ length: 15 }, (_, at) => ({ name: `zeros-${at}`, content: zeros }));
    const bomb = gzipSync(await tarOf(files));
    expect(bomb.length).to.be.below(MB);
    const result = await c.manager.submit(unpacking(c, bomb, "tar.gz")).done;
    expect([result.code, result.error?.code]).to.deep.equal(["input-missing", "ARCHIVE_BOMB"]);
    expect((await cached(c)).filter((name) => name.includes("zeros"))).to.deep.equal([]);
    expect((await c.manager.submit(new Task("echo next")).done).check().output).to.equal("next\n");
  });

  it("that is damaged, cut off or no archive at all fails its task with ARCHIVE_DAMAGED", async () => {
    await using c = await cluster();
    const whole = gzipSync(await tarOf([{ name: "x", content: "x".repeat(100_000) }]));
    const bent = Buffer.from(whole);
    bent.fill(0x55, Math.floor(whole.length / 2));
    const damaged = [whole.subarray(0, whole.length / 2), bent, Buffer.from("not an archive")];
    const handles = c.manager.submitAll(damaged.map((archive) => unpacking(c, archive, "tar.gz")));
    const results = await Promise.all(handles.map(({ done }) => done));
    expect(results.map(({ error }) => error?.code)).to.deep.equal(damaged.map(() => "ARCHIVE_DAMAGED"));
  });

  it("that was refused at one worker is not tried at all of them", async () => {
    await using c = await cluster({ workers: 2 });
    const bad = await tarOf([{ name: "../x", content: EVIL }]);
    const result = await c.manager.submit(unpacking(c, bad, "tar")).done;
    expect(result.error?.code).to.equal("ARCHIVE_UNSAFE");
    const refusals = c.workers.flatMap(({ lines }) => lines.filter(({ type }) => type === "file-failed"));
    expect(refusals.length).to.equal(1);
    expect(existsSync(c.path("x"))).to.equal(false);
  });
});
