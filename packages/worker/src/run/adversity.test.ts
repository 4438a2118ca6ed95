import { execFileSync, spawnSync } from "node:child_process";
import { appendFile, chmod, copyFile, mkdir, mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { removeTree } from "../sandbox/remove-tree.js";
import { eventually, output, RunnerFixture, text } from "./runner-fixture.test.js";

const isRoot = process.getuid?.() === 0;

describe("a runner in adversity", () => {
  it("a full disk is told as not started, or as a text that was cut, and is survived", async function () {
    const disk = await mkdtemp(join(tmpdir(), "vine-small-disk-"));
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m,nr_inodes=200", "none", disk]).status !== 0) {
      await removeTree(disk);
      this.skip(); // takes a superuser who may mount
    }
    try {
      await using f = await RunnerFixture.make({ root: join(disk, "sandboxes") });
      const large = await f.run("head -c 8000000 /dev/zero");
      expect(large).to.include({ code: "success", exitCode: 0 });
      expect(large.stdout).to.include({ size: 8_000_000, truncated: true });
      large.dispose();
      const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}`, "x"]));
      const tree = await f.cachedTree("many", files);
      const refused = await f.run("true", { mounts: [tree] });
      expect(refused).to.include({ code: "unknown", error: "DISK_FULL", notStarted: true });
      refused.dispose();
      await eventually("there is room again", async () => (await f.run("true")).code === "success");
    } finally {
      execFileSync("umount", [disk]);
      await removeTree(disk);
    }
  });

  it("where mode bits do not bind, a task gets copies, which it may change", async function () {
    if (!isRoot) this.skip();
    const path = process.env["PATH"];
    const bin = await mkdtemp(join(tmpdir(), "vine-bin-"));
    await copyFile("/usr/bin/mkfifo", join(bin, "mkfifo"));
    await chmod(join(bin, "mkfifo"), 0o755);
    process.env["PATH"] = bin; // no setpriv there
    const f = await RunnerFixture.make({ env: { PATH: path } }).finally(() => (process.env["PATH"] = path));
    try {
      const file = await f.cached("file", "as it was");
      const tree = await f.cachedTree("tree", { a: "as it was" });
      const mounts = [file, tree];
      for (const round of [1, 2]) {
        const end = await f.run("echo more >> file; echo more >> tree/a; cat file tree/a", { mounts });
        expect(text(end.stdout.tail), String(round)).to.equal("as it wasmore\nas it wasmore\n");
        expect(end.measured.disk).to.equal(0);
        expect(end.damagedInputs).to.deep.equal([]);
        end.dispose();
      }
      expect(await readFile(file.path, "utf8")).to.equal("as it was");
      expect(await readFile(join(tree.path, "a"), "utf8")).to.equal("as it was");
    } finally {
      await f[Symbol.asyncDispose]();
      await removeTree(bin);
    }
  });

  it("a hundred tasks at a time all come to their ends, with their own outputs", async () => {
    await using f = await RunnerFixture.make();
    const ends = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        f.run(`echo ${index} > out; cat out`, { outputs: [output("out")] }),
      ),
    );
    expect(ends.map((end) => text(end.stdout.tail))).to.deep.equal(ends.map((_, index) => `${index}\n`));
    for (const end of ends) end.dispose();
  });

  it("sandboxes are used again, and nothing of one task is seen by the next", async () => {
    await using f = await RunnerFixture.make();
    const places = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const end = await f.run("pwd; ls -A . $TMPDIR; touch a; mkdir b; touch $TMPDIR/c; chmod 555 b");
      const [place, ...seen] = text(end.stdout.tail).trim().split("\n");
      expect(seen.filter((line) => /^[abc]$/.test(line))).to.deep.equal([]);
      places.add(place ?? "");
      end.dispose();
      if (round % 5 === 4) await f.run("sleep 0.6"); // long enough for a sweep
    }
    expect(places.size).to.be.lessThan(20);
  });

  it("what is left of an earlier worker is removed at the start", async () => {
    const directory = await mkdtemp(join(tmpdir(), "vine-left-over-"));
    await mkdir(join(directory, "1", "box"), { recursive: true });
    await appendFile(join(directory, "1", "box", "old"), "x");
    await chmod(join(directory, "1", "box"), 0o555);
    await using f = await RunnerFixture.make({ root: directory });
    expect(text((await f.run("ls")).stdout.tail)).to.equal("");
    await f.runner.close();
    expect(await stat(directory).catch(() => "gone")).to.equal("gone");
  });
});
