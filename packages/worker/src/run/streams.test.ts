import { existsSync } from "node:fs";
import { readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { listPids, readStat, readStatusBytes } from "../launcher/processes/proc.js";
import { RunnerFixture, text } from "./runner-fixture.test.js";

const MiB = 1024 * 1024;

describe("what a command writes", () => {
  it("a short text is told inline and makes no file", async () => {
    await using f = await RunnerFixture.make();
    const end = await f.run("printf abc");
    expect(end.stdout).to.include({ size: 3, truncated: false });
    expect(end.stdout.path).to.equal(undefined);
    expect(existsSync(join(f.root, "1", "stdout"))).to.equal(false);
  });

  it("a text just as long as the tail makes no file, one byte more does", async () => {
    await using f = await RunnerFixture.make({ tailBytes: 1000 });
    const fits = await f.run("head -c 1000 /dev/zero | tr '\\0' a");
    expect(fits.stdout).to.include({ size: 1000, truncated: false });
    expect([fits.stdout.path, fits.stdout.tail.byteLength]).to.deep.equal([undefined, 1000]);
    const more = await f.run("echo -n b; head -c 1000 /dev/zero | tr '\\0' a");
    expect(more.stdout.size).to.equal(1001);
    expect(text(more.stdout.tail)).to.equal("a".repeat(1000));
    expect(await readFile(more.stdout.path!, "utf8")).to.equal(`b${"a".repeat(1000)}`);
  });

  it("a long text is in a file that can be moved, its end inline", async () => {
    await using f = await RunnerFixture.make();
    const end = await f.run("seq 1 200000; echo failed >&2");
    const lines = Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join("");
    const moved = join(f.directory, "moved");
    await rename(end.stdout.path!, moved);
    end.dispose();
    expect(await readFile(moved, "utf8")).to.equal(lines);
    expect(end.stdout).to.include({ size: lines.length, truncated: false });
    expect(text(end.stdout.tail)).to.equal(lines.slice(-64 * 1024));
    expect(text(end.stderr.tail)).to.equal("failed\n");
  });

  it("a text written byte by byte is complete", async () => {
    await using f = await RunnerFixture.make({ tailBytes: 100 });
    const end = await f.run(
      "for i in 0 1 2 3 4 5 6 7 8 9; do for j in 0 1 2 3 4 5 6 7 8 9; do printf $i; printf $j; done; done",
    );
    const whole = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, "0")).join("");
    expect(await readFile(end.stdout.path!, "utf8")).to.equal(whole);
    expect(text(end.stdout.tail)).to.equal(whole.slice(-100));
  });

  it("a text past its bound is cut in the file, and counted to its end", async () => {
    await using f = await RunnerFixture.make({ streamBytes: 2 * MiB });
    const end = await f.run(`head -c ${5 * MiB} /dev/zero; printf end`);
    expect(end.stdout).to.include({ size: 5 * MiB + 3, truncated: true });
    expect((await stat(end.stdout.path!)).size).to.equal(2 * MiB);
    expect(text(end.stdout.tail).endsWith("end")).to.equal(true);
  });

  it("a command may open its streams by their names", async () => {
    await using f = await RunnerFixture.make();
    const end = await f.run("echo out > /dev/stdout; echo err > /dev/stderr; echo both | tee /dev/stderr");
    expect([text(end.stdout.tail), text(end.stderr.tail)]).to.deep.equal(["out\nboth\n", "err\nboth\n"]);
  });

  it("a short command that writes more than a pipe can hold is not held up", async () => {
    await using f = await RunnerFixture.make();
    const end = await f.run("head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2");
    expect([end.stdout.size, end.stderr.size]).to.deep.equal([300_000, 200_000]);
    expect(end.measured.wallMs).to.be.lessThan(1_000);
  });

  it("1 GiB of output needs neither memory nor patience", async () => {
    await using f = await RunnerFixture.make({ streamBytes: 64 * MiB });
    const [launcher] = listPids().filter(
      (pid) => readStat(pid)?.ppid === process.pid && readStat(pid)?.session === pid,
    );
    const before = readStatusBytes(launcher!, "VmHWM")!;
    const end = await f.run(`head -c ${1024 * MiB} /dev/zero`);
    expect(end).to.include({ code: "success", exitCode: 0 });
    expect(end.stdout).to.include({ size: 1024 * MiB, truncated: true });
    expect(readStatusBytes(launcher!, "VmHWM")! - before).to.be.lessThan(80 * MiB);
  }).timeout(60_000);
});
