import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const MODULE = fileURLToPath(new URL("remove-tree.js", import.meta.url));
const NOBODY = 65_534;
const FOLDERS = 60;
const DEEP = "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p".split("/");

describe("the removal of a tree", function () {
  this.timeout(30_000);

  it("takes read-only folders along with many others, also for a user who may not do everything", async () => {
    const me = process.getuid?.() ?? 0;
    const owner = me === 0 ? NOBODY : me;
    const top = await mkdtemp(join(tmpdir(), "remove-"));
    const tree = join(top, "tree");
    try {
      for (let at = 0; at < FOLDERS; at++) {
        // The first is refused at once, the others are deep: they are still being removed then.
        const folders = at === 0 ? ["locked"] : [`folder-${at}`, ...DEEP];
        let folder = tree;
        for (const name of folders) {
          folder = join(folder, name);
          await mkdir(folder, { recursive: true });
          await chown(folder, owner, -1);
        }
        await writeFile(join(folder, "file"), "x");
        if (at === 0) await chmod(folder, 0o555);
      }
      for (const path of [tree, top]) await chown(path, owner, -1);
      const program = `import { removeTree } from ${JSON.stringify(MODULE)}; await removeTree(${JSON.stringify(tree)});`;
      const child = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
        uid: owner,
        encoding: "utf8",
      });
      expect(child.stderr).to.equal("");
      expect(await readdir(top)).to.deep.equal([]);
    } finally {
      await rm(top, { recursive: true, force: true });
    }
  });
});
