import { Buffer } from "node:buffer";
import { chmodSync, chownSync, linkSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { FetchRequest } from "../contract.js";
import { digestPath } from "../digest/digest-path.js";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { closeDataThreads } from "../threads/pool.js";
import { makeReadOnly } from "../tree/make-read-only.js";
import { linkLocal } from "./local-link.js";

describe("taking a file from another worker's cache on the same host", () => {
  const path = useTempDir();
  after(closeDataThreads);
  beforeEach(async () => {
    writeFileSync(path("held"), "content");
    await makeReadOnly(path("held"));
  });

  const request = (changes: Partial<FetchRequest> = {}): FetchRequest => ({
    source: { type: "inline", bytes: Buffer.alloc(0) },
    kind: "file",
    executable: false,
    into: path("into"),
    signal: new AbortController().signal,
    ...changes,
  });
  const link = (name: string, changes: Partial<FetchRequest> = {}): ReturnType<typeof linkLocal> =>
    linkLocal(request(changes), path(name), path("part"));
  const isLeftAlone = async (name: string, changes: Partial<FetchRequest> = {}): Promise<void> => {
    expect(await link(name, changes)).to.equal(undefined);
    expect(readdirSync(path())).to.not.contain("part");
  };

  it("links it when it is the right one, and finds its digest", async () => {
    const { digest } = await digestPath(path("held"));
    expect(await link("held", { size: 7, digest })).to.deep.equal({ size: 7, digest });
    expect(readFileSync(path("part"), "utf8")).to.equal("content");
    expect(lstatSync(path("part")).mode & 0o777).to.equal(0o444);
  });

  it("links it for several workers at the same time", async () => {
    writeFileSync(path("large"), Buffer.alloc(8_000_000));
    await makeReadOnly(path("large"));
    const taken = await Promise.all(
      [1, 2, 3, 4].map((n) => linkLocal(request(), path("large"), path(`part-${n}`))),
    );
    expect(taken.map((found) => found?.size)).to.deep.equal([8_000_000, 8_000_000, 8_000_000, 8_000_000]);
  });

  it("links a tree file by file", async () => {
    makeTree(path("tree"), { "a/b": "b", "a/run": { run: "x" }, l: { link: "a/b" }, e: null });
    await makeReadOnly(path("tree"));
    const { digest, size } = await digestPath(path("tree"));
    expect(await link("tree", { kind: "tree", digest })).to.deep.equal({ digest, size });
    expect(lstatSync(path("part/a")).mode & 0o777).to.equal(0o555);
  });

  it("leaves it when anything is doubtful: absent, writable, a link, another size, digest, kind or owner", async () => {
    makeTree(path(), { writable: "content", alias: { link: "held" }, "tree/writable": "x" });
    await isLeftAlone("absent");
    await isLeftAlone("writable");
    await isLeftAlone("alias");
    await isLeftAlone("tree", { kind: "tree" });
    await isLeftAlone("tree");
    await isLeftAlone("held", { kind: "tree" });
    await isLeftAlone("held", { size: 8 });
    await isLeftAlone("held", { digest: "0".repeat(64) });
    await isLeftAlone("held", { sizeLimit: 6 });
    chmodSync(path("tree"), 0o555);
    await isLeftAlone("tree", { kind: "tree" });
    if (process.getuid?.() === 0) {
      chownSync(path("held"), 65534, 65534);
      await isLeftAlone("held");
    }
  });

  it("leaves it when executable bits would have to be given to a file that others share", async () => {
    await isLeftAlone("held", { executable: true });
    linkSync(path("held"), path("other"));
    expect(lstatSync(path("other")).mode & 0o777).to.equal(0o444);
  });
});
