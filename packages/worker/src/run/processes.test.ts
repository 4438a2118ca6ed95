import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { listPids, readStat } from "../launcher/processes/proc.js";
import { removeTree } from "../sandbox/remove-tree.js";
import {
  eventually,
  FIXTURE_MARK,
  markedProcesses,
  output,
  RunnerFixture,
  text,
} from "./runner-fixture.test.js";

/** Takes off all that says of which task it is. */
const HIDDEN = `env -i ${FIXTURE_MARK}=$${FIXTURE_MARK} setsid`;

/** Ways to leave a process behind. */
const ESCAPES = {
  "in the background": "sleep 1000 & echo on",
  "in a session of its own": "setsid sleep 1000 & echo on",
  "forked twice, in a session of its own": "(setsid sh -c 'sleep 1000 & sleep 1000' &) ; echo on",
  "deaf to signals": "(trap '' TERM HUP INT; setsid sh -c 'while :; do sleep 1; done' &) ; echo on",
  "in a process group of its own": "set -m; sleep 1000 & echo on",
  "without our variables": `env -i ${FIXTURE_MARK}=$${FIXTURE_MARK} setsid sleep 1000 & echo on`,
  "without our variables and elsewhere": `set -m; cd /; env -i ${FIXTURE_MARK}=$${FIXTURE_MARK} sleep 1000 & echo on`,
  "without our variables, elsewhere and in a session of its own": `cd /; ${HIDDEN} sleep 1000 & echo on`,
};

describe("the processes of tasks", () => {
  for (const [how, command] of Object.entries(ESCAPES)) {
    it(`a process left ${how} is ended when the command has ended`, async () => {
      await using f = await RunnerFixture.make();
      const end = await f.run(`${command}; sleep 0.1`);
      expect(end).to.include({ code: "success", exitCode: 0 });
      expect(text(end.stdout.tail)).to.equal("on\n");
      await eventually("nothing is left", () => f.processes().length === 0, 2_000);
    });
  }

  it("a storm of processes that leave their task is ended", async () => {
    await using f = await RunnerFixture.make();
    const spawner =
      "i=0; while :; do setsid sleep 1000 & setsid sh -c 'sleep 1000 & sleep 1000' & i=$((i+1)); done";
    const handle = f.begin(spawner);
    await eventually("there are many", () => f.processes().length > 150, 20_000);
    handle.kill("cancelled", "enough", 0);
    expect(await handle.ended).to.include({ code: "cancelled" });
    await eventually("nothing is left", () => f.processes().length === 0, 5_000);
  });

  it("a stream that is held open delays the end by less than about a second", async () => {
    await using f = await RunnerFixture.make();
    const begun = performance.now();
    const end = await f.run(
      `env -i ${FIXTURE_MARK}=$${FIXTURE_MARK} setsid sh -c 'cd /; sleep 1000' & sleep 0.1; echo done`,
    );
    expect(performance.now() - begun).to.be.lessThan(1_500);
    expect(text(end.stdout.tail)).to.equal("done\n");
  });

  it("a process that hides whose it is lives no longer than the tasks that ran when it was started", async () => {
    await using f = await RunnerFixture.make();
    const beside = f.begin("while ! test -e end; do sleep 0.1; done");
    await beside.started;
    await f.run(`cd /; ${HIDDEN} sleep 1000 & sleep 0.1`);
    await f.run("true"); // calls for a sweep
    expect(f.processes().filter(isAlone), "it may be of the other one").to.have.length(1);
    const later = f.begin("sleep 1000");
    await later.started;
    beside.kill("cancelled", "enough", 0);
    await beside.ended;
    await eventually("it is gone", () => f.processes().filter(isAlone).length === 0, 2_000);
    later.kill("cancelled", "enough", 0);
    expect(await later.ended).to.include({ code: "cancelled" });
  });

  it("a process that left its task is not touched while the task runs", async () => {
    await using f = await RunnerFixture.make();
    const running = f.begin("setsid sh -c 'sleep 1; echo late > late'& sleep 2; cat late");
    await running.started;
    await f.run("true"); // calls for a sweep
    expect(text((await running.ended).stdout.tail)).to.equal("late\n");
  });

  it("nothing writes into outputs any more when they are told", async () => {
    await using f = await RunnerFixture.make();
    const command = "setsid sh -c 'while :; do echo x; done > out' & while ! test -s out; do :; done";
    const end = await f.run(command, { outputs: [output("out")] });
    expect(end.outputs).to.have.length(1);
    expect(f.processes()).to.deep.equal([]);
  });

  it("closing ends what runs and leaves no sandbox", async () => {
    const f = await RunnerFixture.make();
    const handle = f.begin("setsid sleep 1000 & trap '' TERM; sleep 1000; sleep 1000");
    await handle.started;
    await eventually("all run", () => f.processes().length >= 3);
    await f.runner.close();
    expect(await handle.ended).to.include({ code: "cancelled" });
    await eventually("what was killed is gone", () => f.processes().length === 0);
    expect(existsSync(f.root)).to.equal(false);
    await f[Symbol.asyncDispose]();
  });

  it("a launcher that is killed is replaced; its tasks are ended and told as lost", async () => {
    await using f = await RunnerFixture.make();
    const handle = f.begin("setsid sleep 1000 & sleep 1000");
    await eventually("both run", () => f.processes().length >= 3);
    for (const pid of launchersOf(process.pid)) process.kill(pid, "SIGKILL");
    const end = await handle.ended;
    expect(end).to.include({ code: "unknown", error: "LAUNCHER_LOST" });
    expect(f.processes()).to.deep.equal([]);
    end.dispose();
    expect(await f.run("exit 4")).to.include({ code: "success", exitCode: 4 });
  });

  it("kill -9 of the process that holds the runner leaves no process and no sandbox", async () => {
    const directory = await mkdtemp(join(tmpdir(), "vine-holder-"));
    const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLDER], {
      env: {
        ...process.env,
        [FIXTURE_MARK]: directory,
        RUNNER: new URL("./runner.js", import.meta.url).href,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    expect(existsSync(join(directory, "sandboxes"))).to.equal(true);
    const launchers = launchersOf(holder.pid!);
    expect(launchers).to.have.length(1);
    await eventually("all tasks run", () => markedProcesses(directory).length >= 5);
    holder.kill("SIGKILL");
    await eventually("no task is left", () => markedProcesses(directory).length === 0, 2_500);
    await eventually("no sandbox is left", () => !existsSync(join(directory, "sandboxes")), 2_500);
    await eventually(
      "no launcher is left",
      () => launchers.every((pid) => readStat(pid) === undefined),
      2_500,
    );
    await removeTree(directory);
  });
});

/** Runs two tasks that leave processes behind, and says so when they have started. */
const HOLDER = `
const { createRunner } = await import(process.env.RUNNER);
const root = process.env.${FIXTURE_MARK} + "/sandboxes";
const runner = await createRunner({ root, events: { onWatched() {} } });
const allocation = { cores: 1, memory: 1e9, disk: 1e9, gpus: 0, gpuIds: [] };
const begin = (key, command) =>
  runner.run({ key, command, env: {}, mounts: [], outputs: [], allocation }).started;
await begin("1", "mkdir deep; chmod 555 deep; setsid sleep 1000 & trap '' TERM; sleep 1000; sleep 1000");
await begin("2", "sleep 1000");
process.stdout.write("started");
`;

/** It leads its session, and no launcher has started it. */
function isAlone(pid: number): boolean {
  const stat = readStat(pid);
  return stat?.session === pid && !launchersOf(process.pid).includes(stat.ppid);
}

function launchersOf(pid: number): number[] {
  return listPids().filter((child) => {
    const stat = readStat(child);
    return stat?.ppid === pid && stat.session === child;
  });
}
