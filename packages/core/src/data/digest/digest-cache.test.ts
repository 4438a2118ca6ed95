import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { makeTree } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { thrown } from "../testing/thrown.js";
import { closeDataThreads } from "../threads/pool.js";
import { DigestCache } from "./digest-cache.js";
import { digestPath, type KnownDigests } from "./digest-path.js";
import { type HashedFile, hashFileSync } from "./hash-file.js";

const DIGEST = "a".repeat(64);
const hashed = (key: string, settled = true): HashedFile => ({ digest: DIGEST, size: 1, key, settled });

describe("the digest cache", () => {
  const path = useTempDir();
  after(closeDataThreads);

  it("remembers from run to run", async () => {
    const cache = await DigestCache.open(path("new/digests"));
    cache.set("/some path/with \n newline", hashed("1-2-3-4"));
    await cache.save();
    const again = await DigestCache.open(path("new/digests"));
    expect(again.get("/some path/with \n newline", "1-2-3-4")).to.equal(DIGEST);
    expect(readdirSync(path("new"))).to.deep.equal(["digests"]);
  });

  it("knows a file no more when its size, times or inode have changed", async () => {
    const cache = await DigestCache.open(path("digests"));
    cache.set("/a", hashed("1-2-3-4"));
    expect(cache.get("/a", "1-2-3-5")).to.equal(undefined);
    await cache.save();
  });

  it("does not keep a file that was changed a moment before it was read", async () => {
    writeFileSync(path("a"), "just now");
    expect(hashFileSync(path("a")).settled).to.equal(false);
    const cache = await DigestCache.open(path("digests"));
    await cache.digest(path("a"));
    expect(cache.size).to.equal(0);
  });

  it("forgets what was not met for longest beyond its bound", async () => {
    const cache = await DigestCache.open(path("digests"), 2);
    cache.set("/a", hashed("a"));
    cache.set("/b", hashed("b"));
    cache.get("/a", "a");
    cache.set("/c", hashed("c"));
    expect([cache.get("/a", "a"), cache.get("/b", "b"), cache.get("/c", "c")]).to.deep.equal([
      DIGEST,
      undefined,
      DIGEST,
    ]);
    await cache.save();
  });

  it("leaves out damaged lines, and survives any damage of its file", async () => {
    const cache = await DigestCache.open(path("digests"));
    cache.set("/a", hashed("a"));
    cache.set("/b", hashed("b"));
    await cache.save();
    const text = readFileSync(path("digests"), "utf8");
    writeFileSync(path("digests"), text.replace(DIGEST, "b".repeat(64)));
    const one = await DigestCache.open(path("digests"));
    expect([one.get("/a", "a"), one.get("/b", "b")]).to.deep.equal([undefined, DIGEST]);
    for (const broken of ["", "\0\0\0", text.slice(0, -20), text.replace("1", "2"), "{}", "x\n\n \n  \n"]) {
      writeFileSync(path("digests"), broken);
      expect((await DigestCache.open(path("digests"))).size).to.be.at.most(1);
    }
  });

  it("does not read the files of a tree that it remembers", async () => {
    makeTree(path("t"), { a: "a", b: "b", "c/d": "d".repeat(100_000) });
    const memory = new Map<string, HashedFile>();
    const known: KnownDigests = {
      get: (name, key) => (memory.get(name)?.key === key ? memory.get(name)?.digest : undefined),
      set: (name, file) => void memory.set(name, file),
    };
    const first = await digestPath(path("t"), { known });
    expect([...memory.keys()]).to.have.members([path("t/a"), path("t/b"), path("t/c/d")]);
    const remembered = [...memory.values()];
    memory.set(path("t/a"), { ...hashed(memory.get(path("t/a"))?.key ?? ""), digest: "f".repeat(64) });
    expect((await digestPath(path("t"), { known })).digest).to.not.equal(first.digest);
    utimesSync(path("t/a"), 5, 5);
    expect((await digestPath(path("t"), { known })).digest).to.equal(first.digest);
    expect(remembered).to.have.length(3);
  });

  it("hashes a large file in a thread to the same digest as a small one inline", async () => {
    writeFileSync(path("big"), Buffer.alloc(5_000_000, "x"));
    expect((await digestPath(path("big"))).digest).to.equal(hashFileSync(path("big")).digest);
    writeFileSync(path("small"), "abc");
    const { digest, kind, size } = await digestPath(path("small"));
    expect([digest.slice(0, 8), kind, size]).to.deep.equal(["ba7816bf", "file", 3]);
  });

  it("stops hashing when it is not wanted any more", async () => {
    writeFileSync(path("big"), Buffer.alloc(50_000_000));
    const controller = new AbortController();
    const work = digestPath(path("big"), { signal: controller.signal });
    controller.abort();
    expect(await work.catch((error: unknown) => (error as Error).name)).to.equal("AbortError");
  });

  it("refuses what is neither file nor folder", async () => {
    expect((await thrown(digestPath("/dev/null"))).code).to.equal("INPUT_MISSING");
  });
});
