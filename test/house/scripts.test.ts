import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { ROOT } from "./snippets/markdown.js";
import { clearStage, makeStage } from "./snippets/play.js";

/** A script of ours: plain JavaScript, so its shape is told here. */
async function load<Shape>(path: string): Promise<Shape> {
  return (await import(pathToFileURL(join(ROOT, "scripts", path)).href)) as Shape;
}

interface GroupResult {
  readonly passed: number;
  readonly skipped: readonly string[];
  readonly failed: readonly { readonly title: string; readonly detail: string }[];
}

async function runTests(body: string): Promise<GroupResult> {
  const { runGroup } = await load<{
    runGroup(group: object, options: object): Promise<GroupResult>;
  }>("test/run-group.mjs");
  const stage = makeStage();
  const file = join(stage, "planted.test.js");
  writeFileSync(file, body);
  try {
    return await runGroup({ name: "planted", files: [file] }, { mocha: [] });
  } finally {
    clearStage(stage);
  }
}

describe("setting up", () => {
  it("refuses a Node that is too old in a sentence", async () => {
    const { requireNode } = await load<{ requireNode(version: string): void }>("house/node-version.mjs");
    expect(() => requireNode("v18.20.4")).to.throw(/needs Node.js 20.19 or newer, and this is 18.20.4/);
    expect(() => requireNode("v20.18.9")).to.throw(/needs Node.js/);
    for (const version of ["v20.19.0", "v22.0.0", "v24.1.0"]) requireNode(version);
  });

  it("says what a failed installation was about", async () => {
    const { explainNpm } = await load<{ explainNpm(text: string): string }>("house/install.mjs");
    expect(explainNpm("npm error code ENOTFOUND\nnpm error network request to https://x failed")).to.contain(
      "needs a network",
    );
    expect(explainNpm("npm error nospc ENOSPC: no space left on device")).to.contain("disk is full");
    expect(explainNpm("npm error Error: EACCES: permission denied")).to.contain("may not write");
  });

  it("needs no network once everything is there", async () => {
    const { isInstalled } = await load<{ isInstalled(): boolean }>("house/install.mjs");
    expect(isInstalled()).to.equal(true);
  });
});

describe("the runner behind npm test", function () {
  this.timeout(120_000);

  it("removes what interrupted runs have left, and nothing else", async () => {
    const { removeAbandoned } = await load<{ removeAbandoned(folder: string): Promise<string[]> }>(
      "test/abandoned.mjs",
    );
    const stage = makeStage();
    try {
      const { pid } = spawnSync("true");
      const dead = [`vt-${pid}-abcdef`, `vine-cluster-${pid}-abcdef`].map((name) => join(stage, name));
      const others = [
        `vt-${process.pid}-abcdef`,
        `vine-cluster-${pid}`,
        `mine-${pid}-abcdef`,
        "vine-cluster-abcdef",
      ];
      for (const path of [...dead, ...others.map((name) => join(stage, name))]) mkdirSync(path);
      expect(await removeAbandoned(stage)).to.have.members(dead);
      expect(readdirSync(stage))
        .to.include.members(others)
        .and.not.include.members(dead.map((path) => basename(path)));
    } finally {
      clearStage(stage);
    }
  });

  it("counts passed, failed and skipped tests", async () => {
    const result = await runTests(`
      it("holds", () => undefined);
      it("fails", () => { throw new Error("as planted"); });
      it.skip("is left out", () => undefined);
    `);
    expect(result.passed).to.equal(1);
    expect(result.skipped).to.deep.equal(["is left out"]);
    expect(result.failed.map((failure) => failure.title)).to.deep.equal(["fails"]);
    expect(result.failed[0]?.detail).to.contain("as planted");
  });

  it("fails a group that leaves a process, a file or a timer behind", async () => {
    const result = await runTests(`
      import { spawn } from "node:child_process";
      import { mkdtempSync } from "node:fs";
      import { tmpdir } from "node:os";
      it("leaks", () => {
        mkdtempSync(tmpdir() + "/forgotten-");
        spawn("sleep", ["600"], { detached: true, stdio: "ignore" }).unref();
        setInterval(() => undefined, 1000);
      });
    `);
    const said = result.failed.map(({ title, detail }) => `${title}: ${detail}`).join("\n");
    expect(said).to.contain("the process does not end: open: Timeout");
    expect(said).to.contain("forgotten-");
    if (process.platform === "linux") expect(said).to.contain("sleep 600");
  });

  it("says in which test a process died", async () => {
    const result = await runTests(`it("dies", () => process.exit(3));`);
    expect(result.failed.map(({ title, detail }) => `${title}, ${detail}`)).to.deep.equal([
      "ended in the middle (exit code 3), last: dies",
    ]);
  });
});

describe("the drawing of states", () => {
  it("starts where nothing leads to, ends where nothing leads on, and tells causes", async () => {
    const { drawMoves } = await load<{ drawMoves(table: object): string }>("docs/moves.mjs");
    expect(drawMoves({ begun: { over: "it is done" }, over: {} }).split("\n")).to.deep.equal([
      "```mermaid",
      "stateDiagram-v2",
      "  [*] --> begun",
      "  begun --> over",
      "  over --> [*]",
      "```",
      "",
      "| from | to | when |",
      "|---|---|---|",
      "| begun | over | it is done |",
    ]);
  });
});
