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
import { LARGE_ENTRIES, TreeClones } from "./tree-clones.js";

describe("trees in sandboxes", () => {
  let directory: string;
  let tree: string;
  let clones: TreeClones;
  let trash: Trash;
  let damaged: string[];
  let count: number;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "vine-trees-"));
    tree = join(directory, "cached");
    count = 0;
    damaged = [];
    await mkdir(join(tree, "sub/deep"), { recursive: true });
    for (const name of ["a", "sub/b", "sub/deep/c"]) await writeFile(join(tree, name), name, { mode: 0o444 });
    trash = await Trash.open(join(directory, "trash"));
    clones = await open();
  });
  afterEach(async () => {
    await clones.close();
    await trash.settled();
    await removeTree(directory);
  });

  const open = (): Promise<TreeClones> =>
    TreeClones.open({
      directory: join(directory, "clones"),
      placing: "link",
      trash,
      onDamaged: (path) => damaged.push(path),
    });

  /** Mounts the tree, lets a "task" use it, and unmounts it; returns the inode of the mounted directory. */
  async function use(task: (at: string) => Promise<unknown> = async () => undefined): Promise<number> {
    const at = join(directory, `mount-${(count += 1)}`);
    const clone = await clones.mount(tree, at, true);
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

  it("a large tree that was changed through a link is found out later", async () => {
    for (let index = 0; index <= LARGE_ENTRIES; index += 1) {
      await writeFile(join(tree, "sub", `many-${index}`), "", { mode: 0o444 });
    }
    const clock = sinon.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const clone = await clones.mount(tree, join(directory, "mounted"), true);
      await chmod(join(directory, "mounted", "a"), 0o644);
      await appendFile(join(directory, "mounted", "a"), "more");
      await clones.unmount(clone);
      await clock.tickAsync(5_000);
    } finally {
      clock.restore();
    }
    while (damaged.length === 0) await sleep(5);
    expect(damaged).to.deep.equal([tree]);
  });
});
