import { appendFileSync } from "node:fs";
import {
  appendFile,
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import sinon from "sinon";
import { removeTree } from "../remove-tree.js";
import { Trash } from "../trash.js";
import { TreeClones } from "./tree-clones.js";

describe("trees in sandboxes", () => {
  let directory: string;
  let tree: string;
  let clones: TreeClones;
  let trash: Trash;
  let count: number;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "vine-trees-"));
    tree = join(directory, "cached");
    count = 0;
    await mkdir(join(tree, "sub/deep"), { recursive: true });
    for (const name of ["a", "sub/b", "sub/deep/c"]) await writeFile(join(tree, name), name, { mode: 0o444 });
    trash = await Trash.open(join(directory, "trash"));
    clones = await open();
  });
  afterEach(async () => {
    clones.close();
    await trash.settled();
    await removeTree(directory);
  });

  const open = (): Promise<TreeClones> =>
    TreeClones.open({
      directory: join(directory, "clones"),
      placing: "link",
      trash,
    });

  /** Mounts the tree, lets a "task" use it, and unmounts it; returns the inode of the mounted directory. */
  async function use(task: (at: string) => Promise<unknown> = async () => undefined): Promise<number> {
    const at = join(directory, `mount-${(count += 1)}`);
    const clone = await clones.mount(tree, at, { alone: true, copy: false });
    const { ino } = await lstat(at);
    expect((await readdir(at, { recursive: true })).sort()).to.deep.equal([
      "a",
      "sub",
      "sub/b",
      "sub/deep",
      "sub/deep/c",
    ]);
    expect(await readFile(join(at, "sub/deep/c"), "utf8")).to.equal("sub/deep/c");
    await task(at);
    await clones.unmount(clone);
    return ino;
  }

  it("a clone in which nothing was changed serves the next task", async () => {
    const inodes = [await use(), await use(async (at) => await readFile(join(at, "a"))), await use()];
    expect(new Set(inodes).size).to.equal(1);
  });

  for (const [how, task] of Object.entries({
    "was added to": async (at: string) => await writeFile(join(at, "sub/deep/new"), ""),
    "was added to at its top": async (at: string) => await writeFile(join(at, "new"), ""),
    "lost a file": async (at: string) => await rm(join(at, "sub/b")),
    "had a file replaced": async (at: string) => {
      await rm(join(at, "sub/b"));
      await writeFile(join(at, "sub/b"), "sub/b");
    },
    "had its mode changed": async (at: string) => await chmod(join(at, "sub"), 0o700),
    "got a link to elsewhere": async (at: string) => await link(join(at, "a"), join(at, "sub/also-a")),
  })) {
    it(`a clone that ${how} serves nobody else, when young and when old`, async () => {
      const first = await use(task);
      const second = await use();
      await sleep(60); // the clock of the file system moves on: now directories are told by their stamps
      const third = await use(task);
      expect([second, third]).to.deep.equal([second, second]).and.to.not.include(first);
      expect(await use()).to.not.equal(third);
    });
  }

  it("tasks at the same time have clones of their own", async () => {
    let inner = 0;
    const outer = await use(async () => (inner = await use()));
    expect(inner).to.not.equal(outer);
  });

  it("a tree that was dropped and came again is read anew", async () => {
    await use();
    await rm(join(tree, "a"));
    await writeFile(join(tree, "a"), "a", { mode: 0o444 });
    const other = await lstat(join(tree, "a"));
    await use(async (at) => expect((await lstat(join(at, "a"))).ino).to.equal(other.ino));
  });

  it("a clone whose tree was dropped is removed", async () => {
    const clock = sinon.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      await use();
      expect(await readdir(join(directory, "clones"))).to.have.length(1);
      await rm(tree, { recursive: true });
      await clock.tickAsync(5_000);
    } finally {
      clock.restore();
    }
    while ((await readdir(join(directory, "clones"))).length > 0) await sleep(5);
  });

  it("a tree that was changed through a link is found out by all who had it", async () => {
    const mounts = ["one", "other"].map((name) => join(directory, name)) as [string, string];
    const both = await Promise.all(mounts.map((at) => clones.mount(tree, at, { alone: true, copy: false })));
    expect(await both[0]?.source.change()).to.equal("none");
    await chmod(join(mounts[0], "a"), 0o644);
    expect(await both[1]?.source.change()).to.equal("loosened");
    await appendFile(join(mounts[0], "a"), "more");
    expect(await Promise.all(both.map(({ source }) => source.change()))).to.deep.equal([
      "damaged",
      "damaged",
    ]);
  });

  it("those who ask while a tree is looked at share the next look, which sees what happened meanwhile", async () => {
    const at = join(directory, "mounted");
    const { source } = await clones.mount(tree, at, { alone: true, copy: false });
    await chmod(join(at, "a"), 0o644);
    const first = source.change();
    await Promise.resolve();
    const later = [source.change(), source.change()];
    expect(later[0]).to.equal(later[1]);
    appendFileSync(join(at, "a"), "more");
    expect(await first).to.equal("loosened");
    expect(await later[0]).to.equal("damaged");
  });

  it("a copy of a tree shares no file with it, and has the modes that the tree had", async () => {
    const loose = join(directory, "loose");
    await clones.mount(tree, loose, { alone: true, copy: false });
    await chmod(join(loose, "a"), 0o644);
    const copy = join(directory, "copy");
    const clone = await clones.mount(tree, copy, { alone: true, copy: true });
    expect(clone.isLinked).to.equal(false);
    const [ours, theirs] = await Promise.all([lstat(join(copy, "a")), lstat(join(tree, "a"))]);
    expect(ours.ino).to.not.equal(theirs.ino);
    expect(ours.mode & 0o777).to.equal(0o444);
  });
});
