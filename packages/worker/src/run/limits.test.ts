import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { StagedFolder } from "./contract.js";
import { RunnerFixture, text } from "./runner-fixture.test.js";

const MiB = 1024 * 1024;
const PLENTY = { cores: 2.5, memory: 2000 * MiB, disk: 1000 * MiB, gpus: 2, gpuIds: [1, 3] };

describe("what a task is given, and what it takes", () => {
  let f: RunnerFixture;
  before(
    async () =>
      (f = await RunnerFixture.make({ env: { VINE_CONNECTION_FILE: "/secret", KEPT: "k", DROPPED: "d" } })),
  );
  after(async () => await f[Symbol.asyncDispose]());

  it("a task is told its allocation and its place", async () => {
    const end = await f.run("env; echo PWD2=$(pwd -P)", { allocation: PLENTY });
    const env = variables(text(end.stdout.tail));
    expect(env).to.include({
      CORES: "2.5",
      MEMORY: "2000",
      DISK: "1000",
      GPUS: "2",
      CUDA_VISIBLE_DEVICES: "1,3",
    });
    for (const library of ["OMP", "OPENBLAS", "MKL", "NUMEXPR"])
      expect(env[`${library}_NUM_THREADS`]).to.equal("2");
    expect(env).to.include({ VECLIB_MAXIMUM_THREADS: "2", KEPT: "k" });
    expect(env["VINE_SANDBOX"]).to.equal(env["PWD2"]);
    expect(env["TMPDIR"])
      .to.equal(env["TEMP"])
      .and.to.equal(env["TMP"])
      .and.to.not.equal(env["VINE_SANDBOX"]);
    expect(env).to.not.have.property("VINE_CONNECTION_FILE");
  });

  it("a task without gpus sees none, and has at least one thread", async () => {
    const allocation = { ...PLENTY, cores: 0.25, gpus: 0, gpuIds: [] };
    const end = await f.run('echo "<$CUDA_VISIBLE_DEVICES>" $OMP_NUM_THREADS', { allocation });
    expect(text(end.stdout.tail)).to.equal("<> 1\n");
  });

  it("a task may set and unset variables, but not shed its mark", async () => {
    const env = { KEPT: null, DROPPED: "new", CORES: "9", VINE_TASK: "none" };
    const end = await f.run("echo $KEPT $DROPPED $CORES; test $VINE_TASK != none", { env });
    expect([text(end.stdout.tail), end.exitCode]).to.deep.equal(["new 9\n", 0]);
  });

  it("TMPDIR can be written and is the task's own", async () => {
    const first = await f.run("touch $TMPDIR/mine; ls $TMPDIR");
    expect(text(first.stdout.tail)).to.equal("mine\n");
    first.dispose();
    expect(text((await f.run("ls $TMPDIR")).stdout.tail)).to.equal("");
  });

  it("a task over its memory is ended, with all its processes counted", async () => {
    const hog = `${process.execPath} -e 'const b = Buffer.alloc(${150 * MiB}, 1); setTimeout(() => b, 9e5)'`;
    const allocation = { ...PLENTY, memory: 250 * MiB };
    const end = await f.run(`${hog} & ${hog} & wait`, { allocation });
    expect(end).to.include({ code: "resource-exhaustion", error: "RESOURCE_EXHAUSTED" });
    expect(end.exhausted).to.deep.equal(["memory"]);
    expect(end.measured.memory).to.be.greaterThan(250 * MiB);
    expect(end.measured.processes).to.be.at.least(3);
    expect(f.processes()).to.deep.equal([]);
  });

  it("a task over its disk is ended while it runs", async () => {
    const allocation = { ...PLENTY, disk: 4 * MiB };
    const end = await f.run(`head -c ${8 * MiB} /dev/zero > a; sleep 1000`, { allocation });
    expect(end).to.include({ code: "sandbox-exhaustion", error: "SANDBOX_EXHAUSTED" });
    expect(end.exhausted).to.deep.equal(["disk"]);
  });

  it("a task that was over its disk at its end is told so", async () => {
    const allocation = { ...PLENTY, disk: 4 * MiB };
    const end = await f.run(`head -c ${8 * MiB} /dev/zero > $TMPDIR/a`, { allocation });
    expect(end).to.include({ code: "sandbox-exhaustion", exitCode: 0 });
    expect(end.message).to.contain(String(4 * MiB));
  });

  it("what a process writes into the folders of its calls counts as its disk, as long as they are there", async () => {
    const allocation = { ...PLENTY, disk: 10 * MiB };
    const handle = f.begin("sleep 1000", { key: "library-1", allocation });
    await handle.started;
    const write = async (): Promise<StagedFolder> => {
      const folder = await f.runner.stage([], ["out"], "library-1");
      await writeFile(join(folder.path, "out"), Buffer.alloc(6 * MiB, 1));
      return folder;
    };
    (await write()).dispose();
    const folders = [await write(), await write()];
    const end = await handle.ended;
    expect(end).to.include({ code: "sandbox-exhaustion", error: "SANDBOX_EXHAUSTED" });
    expect(end.measured.disk).to.be.within(12 * MiB, 17 * MiB);
    for (const folder of folders) folder.dispose();
  });

  it("what a library's calls write as their values counts as its disk as far as the cache has no room for it", async () => {
    const folder = await mkdtemp(join(f.directory, "values-"));
    const write = `head -c ${3 * MiB} /dev/zero > here; head -c ${4 * MiB} /dev/zero > ${folder}/value-1; sleep`;
    const allocation = { ...PLENTY, disk: 4 * MiB };
    const roomy = { folder, roomInCache: () => 3 * MiB };
    const small = { folder, roomInCache: () => 2 * MiB };
    expect(await f.run(`${write} 1.5`, { alsoFills: roomy, allocation })).to.include({ code: "success" });
    const end = await f.run(`${write} 1000`, { alsoFills: small, allocation });
    expect(end).to.include({ code: "sandbox-exhaustion", error: "SANDBOX_EXHAUSTED" });
    expect(end.message).to.match(/^what it and its calls wrote grew to \d+ bytes, 4194304 were allocated/);
  });

  it("inputs do not count as disk of the task", async () => {
    const data = await f.cached("large", "x".repeat(8 * MiB));
    const tree = await f.cachedTree("large-tree", { a: "x".repeat(8 * MiB) });
    const end = await f.run("echo small > out", {
      mounts: [data, tree],
      allocation: { ...PLENTY, disk: 4 * MiB },
    });
    expect(end).to.include({ code: "success" });
    expect(end.measured.disk).to.be.within(1, 64 * 1024);
  });

  it("processor time, memory and processes are measured", async () => {
    const script = `const b = Buffer.alloc(${60 * MiB}, 1); while (process.cpuUsage().user < 6e5) b.fill(1);`;
    const busy = `${process.execPath} -e '${script}'`;
    const { measured } = await f.run(`${busy} & ${busy}; wait`);
    expect(measured.wallMs).to.be.greaterThan(500);
    expect(measured.cpuMs).to.be.within(600, 2 * measured.wallMs + 500);
    expect(measured.memory).to.be.within(120 * MiB, 400 * MiB);
    expect(measured.processes).to.be.within(2, 4);
  });

  it("the processor time of a task that ran alone is right to a hundredth of a second, however short", async () => {
    const { measured } = await f.run("i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done");
    expect(measured.cpuMs).to.be.within(10, measured.wallMs + 20);
  });
});

function variables(printed: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of printed.split("\n")) {
    const [name = "", ...value] = line.split("=");
    found[name] = value.join("=");
  }
  return found;
}
