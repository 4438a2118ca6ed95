import { VineError } from "@taskvine/core/model";
import { expect } from "chai";
import { eventually, output, RunnerFixture, text } from "./runner-fixture.test.js";

describe("how a command ends", () => {
  let f: RunnerFixture;
  before(async () => (f = await RunnerFixture.make()));
  after(async () => await f[Symbol.asyncDispose]());

  it("an exit code is told as it is", async () => {
    const end = await f.run("echo out; echo err >&2; exit 3");
    expect(end).to.include({ code: "success", exitCode: 3 });
    expect(end.signal).to.equal(undefined);
    expect([text(end.stdout.tail), text(end.stderr.tail)]).to.deep.equal(["out\n", "err\n"]);
    expect(end.measured.wallMs).to.be.greaterThan(0);
    end.dispose();
  });

  it("a command that is ended by a signal has a signal and no exit code", async () => {
    const end = await f.run("kill -SEGV $$");
    expect(end).to.include({ code: "signal", signal: "SIGSEGV" });
    expect(end.exitCode).to.equal(undefined);
  });

  it("a signal is seen through the shell that became the command", async () => {
    const handle = f.begin("exec sleep 1000");
    await handle.started;
    await eventually("it sleeps", () => f.processes().length === 1);
    process.kill(f.processes()[0]!, "SIGKILL");
    expect(await handle.ended).to.include({ code: "signal", signal: "SIGKILL" });
  });

  it("a shell that reports its child's signal has the exit code that it chose", async () => {
    const end = await f.run("sh -c 'kill -9 $$'; exit $?");
    expect(end).to.include({ code: "success", exitCode: 137 });
    expect(end.signal).to.equal(undefined);
  });

  it("a command that is not there is a success with exit code 127, and a hint", async () => {
    const end = await f.run("no-such-command-anywhere");
    expect(end).to.include({ code: "success", exitCode: 127, error: "COMMAND_NOT_FOUND" });
    expect(end.message).to.contain("no-such-command-anywhere").and.to.contain("install it at the workers");
  });

  it("an exit code 127 of the command's own has no hint", async () => {
    const end = await f.run("echo broken >&2; exit 127");
    expect(end).to.include({ code: "success", exitCode: 127 });
    expect(end.message).to.equal(undefined);
  });

  it("a command longer than what a process may be given as an argument runs", async () => {
    const end = await f.run(`: ${"x".repeat(500_000)}\necho done`);
    expect(text(end.stdout.tail)).to.equal("done\n");
  });

  it("what the operating system refuses to start is told as not started", async () => {
    const end = await f.run("true", { env: { TOO_LONG: "x".repeat(200_000) } });
    expect(end).to.include({ code: "unknown", error: "SPAWN_FAILED", notStarted: true });
    expect(end.message).to.contain("E2BIG");
    end.dispose();
    expect(await f.run("true")).to.include({ code: "success", exitCode: 0 });
  });

  it("an input that is not there is told as not started", async () => {
    const end = await f.run("true", {
      mounts: [{ name: "in", path: `${f.directory}/nowhere`, kind: "file" }],
    });
    expect(end).to.include({ code: "input-missing", error: "INPUT_MISSING", notStarted: true });
  });

  it("a command has no standard input", async () => {
    expect(text((await f.run("wc -c")).stdout.tail).trim()).to.equal("0");
  });

  it("kill gives the end its code, and a command that ignores SIGTERM dies all the same", async () => {
    const handle = f.begin("trap '' TERM; echo ready > ready; while :; do sleep 1; done", {
      outputs: [output("ready", "always", true)],
    });
    await eventually("it ignores SIGTERM", () => f.watched.some(({ name }) => name === "ready"));
    const begun = performance.now();
    handle.kill("cancelled", "nobody wants it", 100);
    const end = await handle.ended;
    expect(end).to.include({ code: "cancelled", message: "nobody wants it", signal: "SIGKILL" });
    expect(performance.now() - begun).to.be.within(90, 2_000);
    expect(f.processes()).to.deep.equal([]);
  });

  it("a command may tidy up when it is asked to end", async () => {
    const handle = f.begin(
      "trap 'echo tidy; exit 5' TERM; echo ready > ready; while :; do sleep 0.05; done",
      {
        outputs: [output("ready", "always", true)],
      },
    );
    const { length } = f.watched;
    await eventually("its trap is set", () => f.watched.length > length);
    handle.kill("cancelled", "nobody wants it", 5_000);
    const end = await handle.ended;
    expect(end).to.include({ code: "cancelled", exitCode: 5 });
    expect(text(end.stdout.tail)).to.equal("tidy\n");
  });

  it("what is killed before it was started never runs", async () => {
    const handle = f.begin("touch ran", { outputs: [output("ran", "always")] });
    handle.kill("cancelled", "changed my mind");
    const end = await handle.ended;
    expect(end).to.include({ code: "cancelled", message: "changed my mind" });
    expect(end.outputs).to.deep.equal([]);
    await handle.started;
  });

  it("a run past its wall time is ended, stopped or not", async () => {
    const ends = await Promise.all([
      f.run("sleep 1000", { wallTimeMs: 150 }),
      f.run("kill -STOP $$", { wallTimeMs: 150 }),
    ]);
    for (const end of ends) expect(end).to.include({ code: "max-wall-time", error: "WALL_TIME" });
    expect(ends[0].measured.wallMs).to.be.within(140, 3_000);
  });

  it("a run past its end-by time is ended", async () => {
    expect(await f.run("sleep 1000", { endWithinMs: 100 })).to.include({
      code: "max-end-time",
      error: "END_TIME",
    });
    expect(await f.run("sleep 1000", { endWithinMs: -5 })).to.include({ code: "max-end-time" });
  });

  it("names that reach out of a sandbox, and keys in use, are refused", async () => {
    for (const name of ["../x", "/x", "a/../x", "", "a//b", "x\0"]) {
      expect(() => f.begin("true", { outputs: [output(name)] }), name)
        .to.throw(VineError)
        .with.property("code", "BAD_NAME");
    }
    const handle = f.begin("sleep 0.1", { key: "twice" });
    expect(() => f.begin("true", { key: "twice" }))
      .to.throw("twice")
      .with.property("code", "BAD_ARGUMENT");
    await handle.ended;
  });
});
