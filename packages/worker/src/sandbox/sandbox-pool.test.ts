import { chmod, mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { removeTree } from "./remove-tree.js";
import { type Sandbox, SandboxPool } from "./sandbox-pool.js";

const NO_LINKS: ReadonlySet<string> = new Set();

describe("sandboxes", () => {
  let directory: string;
  let pool: SandboxPool;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "vine-pool-"));
    pool = await SandboxPool.open(join(directory, "sandboxes"));
  });
  afterEach(async () => {
    await pool.close();
    await removeTree(directory);
  });

  /** Takes a sandbox, lets a "task" use it, and takes the next. */
  async function nextAfter(use: (sandbox: Sandbox) => Promise<unknown>): Promise<[Sandbox, Sandbox]> {
    const first = await pool.take();
    await use(first);
    await pool.give(first, NO_LINKS);
    const second = await pool.take();
    expect(await readdir(second.slot)).to.have.members(["box", "tmp"]);
    expect([...(await readdir(second.box)), ...(await readdir(second.tmp))]).to.deep.equal([]);
    return [first, second];
  }

  it("an empty one is used again", async () => {
    const [first, second] = await nextAfter(async () => undefined);
    expect(second.slot).to.equal(first.slot);
  });

  it("one with files is emptied and used again", async () => {
    const [first, second] = await nextAfter(async ({ slot, box, tmp }) => {
      await Promise.all([slot, box, tmp].map((place) => writeFile(join(place, "file"), "x")));
      await mkdir(join(box, "deep/er"), { recursive: true });
      await chmod(join(box, "deep"), 0o555);
      await symlink("/", join(box, "link"));
    });
    expect(second.slot).to.equal(first.slot);
  });

  it("one with very many files is thrown away", async () => {
    const [first, second] = await nextAfter(async ({ box }) => {
      for (let index = 0; index < 100; index += 1) await writeFile(join(box, `${index}`), "");
    });
    expect(second.slot).to.not.equal(first.slot);
  });

  for (const [how, use] of Object.entries({
    "whose directory was replaced": async ({ box, slot }: Sandbox) => {
      await rename(box, join(slot, "old"));
      await mkdir(box);
    },
    "whose directory is now a link": async ({ box }: Sandbox) => {
      await rm(box, { recursive: true });
      await symlink("/tmp", box);
    },
    "whose mode was changed": async ({ box }: Sandbox) => await chmod(box, 0o777),
    "that is gone": async ({ slot }: Sandbox) => await rm(slot, { recursive: true }),
  })) {
    it(`one ${how} is not used again`, async () => {
      const [first, second] = await nextAfter(use);
      expect(second.slot).to.not.equal(first.slot);
    });
  }

  it("a file is not missed where the times of its directory were set back", async () => {
    const first = await pool.take();
    await pool.give(first, NO_LINKS);
    await sleep(60); // the clock of the file system must move on, or the pool looks closely anyway
    await nextAfter(async ({ box }) => {
      await writeFile(join(box, "hidden"), "x");
      await utimes(box, 0, 0);
    });
  });

  it("what is thrown away does not stay", async () => {
    await nextAfter(async ({ box }) => {
      await mkdir(join(box, "a/b"), { recursive: true });
      await writeFile(join(box, "a/b/c"), "x");
      await chmod(join(box, "a/b"), 0o555);
    });
    await pool.close();
    expect(await readdir(join(directory, "sandboxes", "trash"))).to.deep.equal([]);
  });
});
