import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { Task, VineError } from "@taskvine/core";
import { expect } from "chai";
import { Canary } from "../support/canary.js";
import { cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

const REACHING_OUT = ["..", "../x", "a/../../x", "a/..", "/etc/passwd", "/"];
const NO_NAMES = [
  "",
  ".",
  "./a",
  "a//b",
  "a/",
  "nul\0",
  "line\nbreak",
  "\u001b[31m",
  "\ud800",
  "x".repeat(256),
  "a/".repeat(200),
];
/** Odd, but names all the same. */
const ODD = [
  "-rf",
  "a b",
  "$(touch canary)",
  "`touch canary`",
  "a;b",
  "'",
  '"',
  "*",
  "~",
  "\\",
  "é",
  "日本",
  "..a",
  "a..",
  "%2e%2e",
  "deep/er/name",
];

/** What no terminal should be sent. */
const TERMINAL_CODES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe("a name in a sandbox", function () {
  this.timeout(60_000);

  it("that is no place below the sandbox is refused at the line that says it", async () => {
    await using c = await cluster({ workers: 0 });
    const file = c.manager.declareBuffer("x");
    const temp = c.manager.declareTemp();
    for (const name of [...REACHING_OUT, ...NO_NAMES]) {
      const sayings = [
        () => new Task("true").input(file, name),
        () => new Task("true").inputBuffer("x", name),
        () => new Task("true").output(temp, name),
        () => c.manager.declareMiniTask(new Task("true"), name),
      ];
      for (const saying of sayings) {
        expect(saying, JSON.stringify(name.slice(0, 20)))
          .to.throw(VineError)
          .with.property("code", "BAD_NAME");
      }
    }
    expect(c.manager.empty()).to.equal(true);
  });

  it("that is taken, or lies within another, is refused at the line that says it", async () => {
    await using c = await cluster({ workers: 0 });
    const temp = c.manager.declareTemp();
    for (const [first, second] of [
      ["a", "a"],
      ["a", "a/b"],
      ["a/b", "a"],
      ["a/b/c", "a/b"],
    ] as const) {
      const task = new Task("true").inputBuffer("x", first);
      expect(() => task.inputBuffer("y", second))
        .to.throw(VineError)
        .with.property("code", "DUPLICATE_NAME");
      expect(() => task.output(temp, second))
        .to.throw(VineError)
        .with.property("code", "DUPLICATE_NAME");
    }
  });

  it("that is odd is taken as it stands, for inputs and for outputs", async () => {
    await using c = await cluster();
    const task = new Task("find . -type f -exec cat {} + | sort; for n in a b; do :; done");
    const copies = new Task("cp -R in/. .");
    ODD.forEach((name, at) => task.inputBuffer(`${at}\n`, name));
    ODD.forEach((name, at) =>
      copies.inputBuffer(`${at}\n`, `in/${name}`).output(c.manager.declareTemp(), name),
    );
    const counted = await c.manager.submit(task).done;
    expect(
      counted
        .check()
        .output.trim()
        .split("\n")
        .map(Number)
        .sort((a, b) => a - b),
    ).to.deep.equal(ODD.map((_, at) => at));
    const { outputs } = (await c.manager.submit(copies).done).check();
    const texts = await Promise.all(ODD.map(async (name) => outputs.get(name)?.text()));
    expect(texts).to.deep.equal(ODD.map((_, at) => `${at}\n`));
    expect(await readdir(c.folder)).not.to.include("canary");
  });
});

describe("an output", function () {
  this.timeout(60_000);

  it("that is a link to a file outside is not an output, and what it points at is untouched", async () => {
    await using c = await cluster();
    const canary = await Canary.in(c);
    const ways = {
      "a link": `ln -s ${canary.path} out`,
      "a link to a link": `ln -s ${canary.path} l; ln -s l out`,
      "a hard link": `ln ${canary.path} out && rm out && ln -s ${canary.path} out`,
      "a folder that is a link": `ln -s ${c.folder} out`,
      "a sandbox that is a link": `cd ..; d=$OLDPWD; rm -rf "$d"; ln -s ${c.folder} "$d"; cp ${canary.path} ${c.path("out")}`,
    };
    for (const [way, command] of Object.entries(ways)) {
      const result = await c.manager.submit(new Task(command).output(c.manager.declareTemp(), "out")).done;
      expect([result.state, result.error?.code], way).to.deep.equal(["failed", "OUTPUT_MISSING"]);
      await canary.expectAlive();
    }
    expect((await c.manager.submit(new Task("echo next")).done).check().output).to.equal("next\n");
  });

  it("that is a tree with a link to outside brings neither the link's target nor a way to it", async () => {
    await using c = await cluster();
    const canary = await Canary.in(c);
    const home = c.manager.declareFile(c.path("home"));
    const result = await c.manager.submit(
      new Task(`mkdir out; echo x > out/good; ln -s ${canary.path} out/bad; ln out/good out/twice`).output(
        home,
        "out",
      ),
    ).done;
    if (result.state === "done") expect(await readdir(c.path("home"))).not.to.include("bad");
    else expect(result.error?.code).to.equal("OUTPUT_MISSING");
    await canary.expectAlive();
  });

  it("that was declared where a link lies replaces the link, not what it points at", async () => {
    await using c = await cluster();
    const canary = await Canary.in(c);
    await mkdir(c.path("folder"));
    await symlink(canary.path, c.path("folder", "home"));
    const home = c.manager.declareFile(c.path("folder", "home"));
    (await c.manager.submit(new Task("echo made > out").output(home, "out")).done).check();
    expect(await readFile(c.path("folder", "home"), "utf8")).to.equal("made\n");
    await canary.expectAlive();
  });
});

describe("a text that would command a terminal", function () {
  this.timeout(60_000);

  it("is shown, not sent, in the logs of manager and worker", async () => {
    const evil = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e";
    await using c = await cluster({ workers: 0, flags: ["--log-level", "debug"] });
    const worker = await c.addWorker();
    const data = c.manager.declareBuffer("x");
    const task = new Task(`printf '%s' '${evil}' >&2; : '${evil}'; exit 3`)
      .input(data, "x")
      .env("EVIL", evil)
      .tag(evil)
      .category(evil);
    const result = await c.manager.submit(task).done;
    expect(result.tag).to.equal(evil);
    const missing = await c.manager.submit(
      new Task(`: ${evil}`).input(c.manager.declareFile(c.path(evil)), "in"),
    ).done;
    expect(missing.error?.code).to.equal("INPUT_MISSING");
    await eventually("the worker says that it ended", () =>
      worker.lines.some(({ type }) => type === "task-ended"),
    );
    await c.manager.close();
    const log = await readFile(`${c.manager.runDirectory}/log.jsonl`, "utf8");
    expect(log).to.contain("task-finished").and.not.to.match(TERMINAL_CODES);
    await worker.exited;
    expect(worker.complaints).to.contain("started").and.not.to.match(TERMINAL_CODES);
  });
});

describe("a command", function () {
  this.timeout(60_000);

  it("that is not found ends with 127 as the shell says, and with a hint", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(new Task("no-such-program --version")).done;
    expect([result.state, result.code, result.exitCode]).to.deep.equal(["done", "success", 127]);
    expect(() => result.check())
      .to.throw(VineError)
      .with.property("code", "COMMAND_NOT_FOUND");
    expect(() => result.check()).to.throw(/no-such-program/);
  });

  it("that ends with 127 of its own accord is not called unknown", async () => {
    await using c = await cluster();
    const result = await c.manager.submit(new Task("echo sorry >&2; exit 127")).done;
    expect(result.exitCode).to.equal(127);
    expect(() => result.check())
      .to.throw(VineError)
      .with.property("code", "COMMAND_FAILED");
  });
});
