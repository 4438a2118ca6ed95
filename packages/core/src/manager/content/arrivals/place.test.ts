import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { discard, putInPlace } from "./place.js";

describe("putting what arrived in its place", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vine-place-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("gives the user a file that can be written to, over what was there", async () => {
    const arrived = join(folder, "arrived");
    await writeFile(arrived, "new");
    await chmod(arrived, 0o555);
    await writeFile(join(folder, "out"), "old");
    await putInPlace(arrived, join(folder, "out"), "file");
    const { mode } = await stat(join(folder, "out"));
    expect(await readFile(join(folder, "out"), "utf8")).to.equal("new");
    expect(mode & 0o700).to.equal(0o700);
  });

  it("exchanges a whole folder for another", async () => {
    const [arrived, out] = [join(folder, "arrived"), join(folder, "out")];
    for (const [path, text] of [
      [arrived, "new"],
      [out, "old"],
    ] as const) {
      await mkdir(path);
      await writeFile(join(path, text), text);
      await chmod(join(path, text), 0o444);
    }
    await chmod(arrived, 0o555);
    await putInPlace(arrived, out, "tree");
    expect(await readFile(join(out, "new"), "utf8")).to.equal("new");
    await writeFile(join(out, "new"), "changed");
    expect(await stat(join(out, "old")).catch(() => "gone")).to.equal("gone");
  });

  it("removes read-only trees, and does not mind that nothing is there", async () => {
    const tree = join(folder, "tree");
    await mkdir(join(tree, "inner"), { recursive: true });
    await writeFile(join(tree, "inner", "file"), "");
    await chmod(join(tree, "inner"), 0o555);
    await discard(tree);
    await discard(tree);
    expect(await stat(tree).catch(() => "gone")).to.equal("gone");
  });
});
