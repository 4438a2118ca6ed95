import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { digestPath } from "../digest/digest-path.js";
import { makeTree, type TreePlan } from "../testing/make-tree.js";
import { useTempDir } from "../testing/temp-dir.js";
import { thrown } from "../testing/thrown.js";
import { closeDataThreads } from "../threads/pool.js";
import { extractTar } from "./extract-tar.js";
import { packTree } from "./pack-tree.js";
import { surveyTree } from "./survey.js";
import { TreeWriter } from "./tree-writer.js";

const PLAN: TreePlan = {
  "a/text": "hello",
  "a/b/run": { run: "#!/bin/sh\n" },
  "a/b/up": { link: "../text" },
  empty: null,
  "ünï çödé": "x",
  "a.b": "sorts between a and a/b only when names are joined",
  nothing: "",
};
const LIMITS = { entries: 1000, bytes: 1e9, ratio: 200 };

describe("the digest of a directory tree", () => {
  const path = useTempDir();
  after(closeDataThreads);
  const digestOf = async (name: string): Promise<string> => (await digestPath(path(name))).digest;

  it("does not depend on times, owners' permissions or the order in which it was made", async () => {
    makeTree(path("one"), PLAN);
    makeTree(path("two"), Object.fromEntries(Object.entries(PLAN).reverse()));
    utimesSync(path("two/a/text"), 1, 1);
    chmodSync(path("two/a/text"), 0o600);
    expect(await digestOf("two")).to.equal(await digestOf("one"));
  });

  it("differs for another name, content, executable bit, link target, or empty directory", async () => {
    const variants: TreePlan[] = [
      PLAN,
      { ...PLAN, "a/text": "hellp" },
      { ...PLAN, "a/text": { run: "hello" } },
      { ...PLAN, "a/b/up": { link: "../../a/text" } },
      { ...PLAN, "empty/too": null },
      { ...PLAN, "a/text2": "" },
    ];
    const digests = await Promise.all(
      variants.map((plan, at) => digestOf((makeTree(path(String(at)), plan), String(at)))),
    );
    expect(new Set(digests).size).to.equal(variants.length);
  });

  it("keeps links that stay inside, also when they lead through each other", async () => {
    makeTree(path("t"), {
      "d/e/f": "x",
      l1: { link: "d/e" },
      "d/l2": { link: "../l1/f" },
      dangling: { link: "nowhere" },
    });
    await digestOf("t");
  });

  for (const [how, plan] of Object.entries({
    "an absolute path": { "a/bad": { link: "/etc/passwd" } },
    "too many ..": { "a/bad": { link: "../../etc/passwd" } },
    "a loop of links that ends above": { "a/b/bad": { link: "../../here/.." }, here: { link: "." } },
    "a link through a deeper link": {
      "x/y": null,
      l: { link: "x/y" },
      "x/y/bad": { link: "../../l/../../.." },
    },
  } satisfies Record<string, TreePlan>)) {
    it(`is refused with BAD_NAME for a link that leaves the tree by ${how}`, async () => {
      makeTree(path("t"), plan);
      const error = await thrown(digestOf("t"));
      expect(error.code).to.equal("BAD_NAME");
      expect(error.message).to.contain("bad");
    });
  }

  it("follows a link at the path itself", async () => {
    makeTree(path(""), { "real/x": "x", alias: { link: "real" } });
    expect(await digestOf("alias")).to.equal(await digestOf("real"));
  });

  it("is refused for pipes and names that are not UTF-8, with INPUT_MISSING and BAD_NAME", async () => {
    mkdirSync(path("p"));
    execFileSync("mkfifo", [path("p/pipe")]);
    expect((await thrown(digestOf("p"))).code).to.equal("INPUT_MISSING");
    mkdirSync(path("n"));
    writeFileSync(Buffer.concat([Buffer.from(`${path("n")}/`), Buffer.from([0xff, 0xfe])]), "");
    expect((await thrown(digestOf("n"))).code).to.equal("BAD_NAME");
  });

  it("says INPUT_MISSING for what is not there", async () => {
    expect((await thrown(digestOf("nothing-here"))).code).to.equal("INPUT_MISSING");
  });
});

describe("a tree sent as tar", () => {
  const path = useTempDir();

  it("arrives equal and read-only, with its digest found on the way at both ends", async () => {
    makeTree(path("from"), {
      ...PLAN,
      big: new Uint8Array(3_000_000).fill(7),
      [`${"long/".repeat(40)}name`]: "deep",
    });
    linkSync(path("from/a/text"), path("from/a/second"));
    const packed = packTree(path("from"), surveyTree(path("from")), true);
    const writer = new TreeWriter(path("to"), LIMITS);
    await extractTar(packed.chunks, writer);
    const { digest, size } = writer.finish();
    expect(digest).to.equal(packed.digest());
    expect(await digestPath(path("to"))).to.deep.include({ digest, size });
    expect(await digestPath(path("from"))).to.deep.include({ digest, size });
    expect(lstatSync(path("to/a/text")).mode & 0o777).to.equal(0o444);
    expect(lstatSync(path("to/a/b/run")).mode & 0o777).to.equal(0o555);
    expect(lstatSync(path("to/a")).mode & 0o777).to.equal(0o555);
    expect(readFileSync(path("to/a/b/up"), "utf8")).to.equal("hello");
  });

  it("can be read by tar itself", async () => {
    makeTree(path("from"), PLAN);
    const chunks: Uint8Array[] = [];
    for await (const chunk of packTree(path("from"), surveyTree(path("from"))).chunks) chunks.push(chunk);
    writeFileSync(path("t.tar"), Buffer.concat(chunks));
    mkdirSync(path("to"));
    execFileSync("tar", ["xf", path("t.tar"), "-C", path("to")]);
    expect((await digestPath(path("to"))).digest).to.equal((await digestPath(path("from"))).digest);
  });

  it("breaks off with INPUT_CHANGED when a file becomes shorter on the way", async () => {
    makeTree(path("from"), { a: new Uint8Array(100_000), b: "x" });
    const survey = surveyTree(path("from"));
    writeFileSync(path("from/a"), "short");
    const writer = new TreeWriter(path("to"), LIMITS);
    const error = await thrown(extractTar(packTree(path("from"), survey).chunks, writer));
    writer.abandon();
    expect(error.code).to.equal("INPUT_CHANGED");
  });
});
