import { existsSync } from "node:fs";
import { lstat, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { contentOf, output, RunnerFixture } from "./runner-fixture.test.js";

describe("the outputs of a command", () => {
  let f: RunnerFixture;
  before(async () => (f = await RunnerFixture.make()));
  after(async () => await f[Symbol.asyncDispose]());

  const all = [output("s", "success"), output("f", "failure"), output("a", "always")];
  const names = (end: { outputs: readonly { name: string }[] }): string[] =>
    end.outputs.map(({ name }) => name).sort();

  it("each is taken on its condition", async () => {
    expect(names(await f.run("touch s f a", { outputs: all }))).to.deep.equal(["a", "s"]);
    expect(names(await f.run("touch s f a; exit 1", { outputs: all }))).to.deep.equal(["a", "f"]);
    expect(names(await f.run("touch s f a; kill -9 $$", { outputs: all }))).to.deep.equal(["a", "f"]);
    expect(names(await f.run("touch s f a; sleep 9", { outputs: all, wallTimeMs: 100 }))).to.deep.equal([
      "a",
      "f",
    ]);
  });

  it("one that was not made is named, with the last word of the command", async () => {
    const outputs = [output("here"), output("gone"), output("lost")];
    const end = await f.run("echo x > here; echo hint: no >&2", { outputs });
    expect(end).to.include({ code: "output-missing", exitCode: 0, error: "OUTPUT_MISSING" });
    expect(end.message).to.contain('"gone" was not made').and.to.contain("1 more").and.to.contain("hint: no");
    expect(names(end)).to.deep.equal(["here"]);
  });

  it("one that is missing does not hide why the command was ended", async () => {
    expect(await f.run("kill -9 $$", { outputs: all })).to.include({ code: "signal" });
    expect(await f.run("exit 7", { outputs: [output("s")] })).to.include({ code: "success", exitCode: 7 });
  });

  it("one that was not made because the command was not found says so", async () => {
    const end = await f.run("no-such-command > /dev/null", { outputs: [output("a", "always")] });
    expect(end).to.include({ code: "output-missing", error: "COMMAND_NOT_FOUND" });
  });

  it("a file can be moved away with a rename, and has its size", async () => {
    const end = await f.run("mkdir -p deep; printf 12345 > deep/file", { outputs: [output("deep/file")] });
    const [collected] = end.outputs;
    expect(collected).to.include({ kind: "file", size: 5 });
    const moved = join(f.directory, "moved-file");
    await rename(collected!.path, moved);
    end.dispose();
    expect(await readFile(moved, "utf8")).to.equal("12345");
  });

  it("the folder of an output is there before the command runs", async () => {
    expect(await contentOf(await f.run("echo x > a/b/c", { outputs: [output("a/b/c")] }), "a/b/c")).to.equal(
      "x\n",
    );
  });

  it("a directory is taken with all that is in it", async () => {
    const end = await f.run(
      "mkdir -p d/e; printf 123 > d/f; printf 45 > d/e/g; ln -s ../f d/e/l; chmod 500 d/e",
      {
        outputs: [output("d")],
      },
    );
    expect(end.outputs[0]).to.include({ kind: "tree", size: 5 });
    expect((await readdir(end.outputs[0]!.path, { recursive: true })).sort()).to.deep.equal([
      "e",
      "e/g",
      "e/l",
      "f",
    ]);
  });

  it("outputs within outputs are taken both", async () => {
    const end = await f.run("mkdir d; echo x > d/f", { outputs: [output("d"), output("d/f")] });
    expect(names(end)).to.deep.equal(["d", "d/f"]);
    const tree = end.outputs.find(({ kind }) => kind === "tree");
    await rename(tree!.path, join(f.directory, "moved-tree"));
    expect(await contentOf(end, "d/f")).to.equal("x\n");
  });

  it("a link within the sandbox is taken as what it points to", async () => {
    const end = await f.run("echo x > real; ln -s real link; ln -s $PWD/real absolute", {
      outputs: [output("real"), output("link"), output("absolute")],
    });
    for (const name of ["real", "link", "absolute"]) expect(await contentOf(end, name)).to.equal("x\n");
    for (const { path } of end.outputs) expect((await lstat(path)).isFile()).to.equal(true);
    expect(new Set(end.outputs.map(({ path }) => path)).size).to.equal(3);
  });

  for (const [how, command] of Object.entries({
    "a link that leads out": "ln -s $OUTSIDE out",
    "a link to a link that leads out": "ln -s $OUTSIDE a; ln -s a out",
    "below a folder that is a link that leads out": 'ln -s "$(dirname $OUTSIDE)" d; ln -s d/canary out',
    "a folder with a link that leads out": "mkdir out; ln -s $OUTSIDE out/l",
    "a folder with a link that climbs out": "mkdir out; ln -s ../../../canary out/l",
    "a folder with a link that climbs out through another":
      "mkdir out; ln -s . out/a; ln -s a/../../../canary out/l",
    "a link to itself": "ln -s out out",
    "a link to nothing": "ln -s nothing out",
    "a pipe": "mkfifo out",
    "a folder with a pipe": "mkdir out; mkfifo out/p",
    "what is in the place of a replaced sandbox":
      "here=$(pwd -P); dir=$(dirname $OUTSIDE); cp $OUTSIDE $dir/out; cd /; rm -r $here; ln -s $dir $here",
    "a link to the sandbox's parent": "ln -s .. out",
  })) {
    it(`${how} is not taken as an output`, async () => {
      const canary = join(f.directory, "canary");
      await writeFile(canary, "secret");
      const end = await f.run(command, { outputs: [output("out")], env: { OUTSIDE: canary } });
      expect(end).to.include({ code: "output-missing", exitCode: 0 });
      expect(end.outputs).to.deep.equal([]);
      expect(await readFile(canary, "utf8")).to.equal("secret");
      end.dispose();
    });
  }

  it("a file that has other names outside is taken as a copy", async () => {
    const canary = join(f.directory, "linked-canary");
    await writeFile(canary, "secret");
    const end = await f.run("ln $OUTSIDE out", { outputs: [output("out")], env: { OUTSIDE: canary } });
    await writeFile(end.outputs[0]!.path, "changed");
    expect(await readFile(canary, "utf8")).to.equal("secret");
  });

  it("what is appended to a watched output is told piece by piece, the rest before the end", async () => {
    const handle = f.begin("echo one >> log; while ! test -e go; do sleep 0.02; done; echo two >> log", {
      outputs: [output("log", "always", true)],
    });
    await handle.started;
    const told = (): string =>
      f.watched
        .filter(({ name }) => name === "log")
        .map(({ text }) => text)
        .join("");
    while (told() === "") await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told()).to.equal("one\n");
    const box = (await readdir(f.root)).find((slot) => existsSync(join(f.root, slot, "box", "log")));
    await writeFile(join(f.root, box!, "box", "go"), "");
    await handle.ended;
    expect(told()).to.equal("one\ntwo\n");
    expect(f.watched.filter(({ name }) => name === "log").map(({ offset }) => offset)).to.deep.equal([0, 4]);
  });

  it("a watched output that is a link out of the sandbox tells nothing", async () => {
    const canary = join(f.directory, "watched-canary");
    await writeFile(canary, "secret");
    await f.run("ln -s $OUTSIDE spy; sleep 0.1", {
      outputs: [output("spy", "always", true)],
      env: { OUTSIDE: canary },
    });
    expect(f.watched.filter(({ name }) => name === "spy")).to.deep.equal([]);
  });
});
