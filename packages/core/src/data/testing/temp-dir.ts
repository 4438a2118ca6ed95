import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTree } from "../tree/remove-tree.js";

/** A directory for each test of the enclosing `describe`; removed after it. Returns how to name a path in it. */
export function useTempDir(): (name?: string) => string {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "vine-data-"));
  });
  afterEach(() => removeTree(directory));
  return (name = "") => join(directory, name);
}
