import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, lstatSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { closeDataThreads } from "../threads/pool.js";
import { makeReadOnly } from "./make-read-only.js";
import { removeTree } from "./remove-tree.js";

const NOBODY = 65534;
const modeOf = (path: string): number => lstatSync(path).mode & 0o7777;

describe("making a tree read-only", () => {
  const path = useTempDir();
  after(closeDataThreads);

  it("takes all write permissions, keeps executable bits, strips setuid, and leaves what links lead to alone", async () => {
    makeTree(path("outside"), { canary: "c" });
    makeTree(path("t"), { "d/file": "x", "d/run": { run: "y" }, out: { link: "../outside/canary" } });
    chmodSync(path("t/d/run"), 0o6755);
    await makeReadOnly(path("t"));
    expect(modeOf(path("t"))).to.equal(0o555);
    expect(modeOf(path("t/d"))).to.equal(0o555);
    expect(modeOf(path("t/d/file"))).to.equal(0o444);
    expect(modeOf(path("t/d/run"))).to.equal(0o555);
    expect(modeOf(path("outside/canary"))).to.equal(0o644);
  });
});

describe("removing a tree", () => {
  const path = useTempDir();

  it("does not follow links, and is content when nothing is there", async () => {
    makeTree(path("outside"), { canary: "c" });
    makeTree(path("t"), { link: { link: "../outside" }, file: { link: "../outside/canary" } });
    await removeTree(path("t"));
    await removeTree(path("t"));
    expect(existsSync(path("t"))).to.equal(false);
    expect(readFileSync(path("outside/canary"), "utf8")).to.equal("c");
  });

  it("removes read-only and unreadable directories for a user who is not root", async function () {
    if (process.getuid?.() !== 0) this.skip();
    makeTree(path("t"), { "a/b/c": "x", "locked/d": "y" });
    for (const [name, mode] of [
      ["t/a/b", 0o555],
      ["t/a", 0o555],
      ["t/locked", 0],
      ["t", 0o555],
    ] as const) {
      chmodSync(path(name), mode);
    }
    for (const name of ["", "t", "t/a", "t/a/b", "t/a/b/c", "t/locked", "t/locked/d"])
      chownSync(path(name), NOBODY, NOBODY);
    const program = `import(${JSON.stringify(new URL("./remove-tree.js", import.meta.url).href)}).then((m) => m.removeTree(process.argv[1]))`;
    execFileSync(process.execPath, ["-e", program, path("t")], { uid: NOBODY, gid: NOBODY, cwd: "/" });
    expect(existsSync(path("t"))).to.equal(false);
  });
});
