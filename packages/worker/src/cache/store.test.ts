import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeReadOnly } from "@taskvine/core/data";
import { cacheName } from "@taskvine/core/model";
import { expect } from "chai";
import type { Stored } from "../machine/tables/entry.js";
import { CacheStore } from "./store.js";

const forever = (name: string, size: number, kind: Stored["kind"] = "file"): Stored => ({
  cacheName: cacheName(name),
  lifetime: "forever",
  kind,
  size,
});

describe("the cache on disk", () => {
  let directory: string;

  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), "vine-store-test-")), "workdir");
  });

  afterEach(() => {
    rmSync(join(directory, ".."), { recursive: true, force: true });
  });

  async function put(store: CacheStore, entry: Stored, text = "x".repeat(entry.size)): Promise<void> {
    const path = store.incomingPath("new");
    if (entry.kind === "file") writeFileSync(path, text);
    else {
      mkdirSync(join(path, "sub"), { recursive: true });
      writeFileSync(join(path, "sub", "file"), text);
    }
    await makeReadOnly(path);
    store.adopt(entry.cacheName, path);
    store.remember(entry);
  }

  it("offers files and trees kept forever to the next worker on the directory, and nothing else", async () => {
    const first = await CacheStore.open(directory);
    await put(first.store, forever("f", 5));
    await put(first.store, forever("t", 7, "tree"));
    await put(first.store, { ...forever("w", 3), lifetime: "workflow" });
    await first.store.close("lasting");
    const second = await CacheStore.open(directory);
    expect(second.held).to.deep.equal([forever("f", 5), forever("t", 7, "tree")]);
    expect(readFileSync(join(second.store.pathOf(cacheName("t")), "sub", "file"), "utf8")).to.equal(
      "xxxxxxx",
    );
    expect(existsSync(second.store.pathOf(cacheName("w")))).to.equal(false);
    await second.store.close("nothing");
  });

  it("survives an end without close: what was put into the cache is there, what was on its way is not", async () => {
    const code = `
      const { CacheStore } = await import(${JSON.stringify(new URL("./store.js", import.meta.url).href)});
      const { writeFileSync, chmodSync } = await import("node:fs");
      const { store } = await CacheStore.open(process.argv[1]);
      const path = store.incomingPath("new");
      writeFileSync(path, "12345"); chmodSync(path, 0o444);
      store.adopt("f", path);
      store.remember({ cacheName: "f", lifetime: "forever", kind: "file", size: 5 });
      writeFileSync(store.incomingPath("half"), "123");
      writeFileSync(store.pathOf("unknown"), "123");
      await store.written();
      console.log("ready");
      setInterval(() => {}, 1000);`;
    const child = await startedNode(code, directory);
    child.kill("SIGKILL");
    await once(child, "exit");
    const { store, held } = await CacheStore.open(directory);
    expect(held).to.deep.equal([forever("f", 5)]);
    expect(readdirSync(store.places.cache)).to.deep.equal(["f"]);
    expect(readdirSync(store.places.incoming)).to.deep.equal([]);
    await store.close("nothing");
  });

  it("does not offer what is not what it was: another size, another kind, gone, or a torn line", async () => {
    const first = await CacheStore.open(directory);
    for (const name of ["ok", "grown", "kind", "gone"]) await put(first.store, forever(name, 4));
    await first.store.close("lasting");
    const cache = join(directory, "cache");
    chmodSync(join(cache, "grown"), 0o600);
    writeFileSync(join(cache, "grown"), "12345");
    rmSync(join(cache, "kind"), { force: true });
    mkdirSync(join(cache, "kind"));
    rmSync(join(cache, "gone"), { force: true });
    appendFileSync(
      join(directory, "entries.jsonl"),
      '{"name":"../../etc","kind":"file","size":1}\n[1]\nnull\n{"name":"to',
    );
    const { store, held } = await CacheStore.open(directory);
    expect(held).to.deep.equal([forever("ok", 4)]);
    await store.close("nothing");
  });

  it("forgets what was removed, also without close", async () => {
    const { store } = await CacheStore.open(directory);
    await put(store, forever("f", 5));
    store.remove(cacheName("f"));
    expect(existsSync(store.pathOf(cacheName("f")))).to.equal(false);
    await store.close("everything");
    const again = await CacheStore.open(directory);
    expect(again.held).to.deep.equal([]);
    await again.store.close("nothing");
  });

  it("offers what was used last, last: it is the last to be evicted", async () => {
    const { store } = await CacheStore.open(directory);
    for (const name of ["a", "b", "c"]) await put(store, forever(name, 1));
    store.remember(forever("a", 1));
    await store.close("lasting");
    const again = await CacheStore.open(directory);
    expect(again.held.map((entry) => entry.cacheName)).to.deep.equal(["b", "c", "a"]);
    await again.store.close("nothing");
  });

  it("leaves no directory when nothing lasts and it was ours", async () => {
    const { store } = await CacheStore.open(directory);
    await put(store, { ...forever("w", 3), lifetime: "workflow" });
    await store.close("lasting", true);
    expect(existsSync(directory)).to.equal(false);
  });

  it("never leaves its directory, whatever a name says", async () => {
    const { store } = await CacheStore.open(directory);
    for (const name of ["../x", "/etc/passwd", "a/b", "..", ".", "", "a\0b", "-rf", "x".repeat(300)]) {
      expect(() => store.pathOf(cacheName(name)), name)
        .to.throw()
        .with.property("code", "BAD_NAME");
    }
    await store.close("nothing");
  });

  it("belongs to one worker at a time", async () => {
    const { store } = await CacheStore.open(directory);
    const error = await CacheStore.open(directory).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "WORKDIR_IN_USE");
    await store.close("everything");
    const again = await CacheStore.open(directory);
    await again.store.close("nothing");
  });

  it("is free again after kill -9 of the worker that had it, also when its pid was given to another", async () => {
    const code = `
      const { CacheStore } = await import(${JSON.stringify(new URL("./store.js", import.meta.url).href)});
      await CacheStore.open(process.argv[1]);
      console.log("ready");
      setInterval(() => {}, 1000);`;
    const child = await startedNode(code, directory);
    const busy = await CacheStore.open(directory).catch((thrown: unknown) => thrown);
    expect(busy).to.have.property("code", "WORKDIR_IN_USE");
    expect(String(busy)).to.contain(String(child.pid));
    child.kill("SIGKILL");
    await once(child, "exit");
    const lock = JSON.parse(readFileSync(join(directory, "lock"), "utf8")) as { pid: number };
    writeFileSync(join(directory, "lock"), JSON.stringify({ ...lock, pid: process.pid }));
    const { store } = await CacheStore.open(directory);
    await store.close("nothing", true);
    expect(existsSync(directory)).to.equal(false);
  });

  it("goes to exactly one of many that find a dead worker's lock at once", async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(
      join(directory, "lock"),
      JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "x", nonce: "dead" }),
    );
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => CacheStore.open(directory)));
    const winners = all.filter((one) => one.status === "fulfilled");
    expect(winners).to.have.length(1);
    await winners[0]?.value.store.close("nothing");
  });
});

/** A Node process that said "ready". */
async function startedNode(code: string, ...args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}
