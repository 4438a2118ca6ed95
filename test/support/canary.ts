import { lstat, readFile, writeFile } from "node:fs/promises";
import { expect } from "chai";
import type { Cluster } from "./cluster.js";

const SONG = "the canary sings\n";

/** A file outside of everything that tasks are given, which nothing may change. */
export class Canary {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async in(c: Cluster): Promise<Canary> {
    const canary = new Canary(c.path("canary"));
    await writeFile(canary.path, SONG, { mode: 0o644 });
    return canary;
  }

  async expectAlive(): Promise<void> {
    expect(await readFile(this.path, "utf8")).to.equal(SONG);
    const { mode, nlink } = await lstat(this.path);
    expect([mode & 0o7777, nlink]).to.deep.equal([0o644, 1]);
  }
}
