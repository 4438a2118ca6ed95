import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { stampOf } from "../sandbox/stamp.js";
import { contentOf, output, RunnerFixture, text } from "./runner-fixture.test.js";

describe("the inputs of a command", () => {
  let f: RunnerFixture;
  before(async () => (f = await RunnerFixture.make()));
  after(async () => await f[Symbol.asyncDispose]());

  it("an input is at its name, also below folders, and executable where it is in the cache", async () => {
    const data = await f.cached("data", "some data");
    const program = await f.cached("program", "#!/bin/sh\necho ran\n");
    await chmod(program.path, 0o555);
    const mounts = [data, { ...data, name: "deep/er/data" }, { ...program, name: "bin/program" }];
    const end = await f.run("cat data deep/er/data; bin/program", { mounts });
    expect(text(end.stdout.tail)).to.equal("some datasome dataran\n");
  });

  it("an input takes no copy where the mode bits of files bind", async () => {
    const data = await f.cached("linked", "x");
    const end = await f.run("stat -c %i data", { mounts: [{ ...data, name: "data" }] });
    expect(Number(text(end.stdout.tail))).to.equal((await stat(data.path)).ino);
  });

  for (const [how, command] of Object.entries({
    "appends to it": "echo more >> data",
    "writes over it": "echo other > data",
    "truncates it": ": > data",
    "writes through a link to it": "ln -s data link; echo other > link",
    "opens it for both": "exec 3<> data; echo other >&3",
  })) {
    it(`a command that ${how} cannot, and the cache stays what it was`, async () => {
      const data = await f.cached(how, "as it was");
      const end = await f.run(command, { mounts: [{ ...data, name: "data" }] });
      expect(end.exitCode).to.not.equal(0);
      expect(text(end.stderr.tail)).to.contain("Permission denied");
      expect(end.damagedInputs).to.deep.equal([]);
      expect(await readFile(data.path, "utf8")).to.equal("as it was");
    });
  }

  it("a command may remove, rename and replace its input's name: the cache keeps the file", async () => {
    const data = await f.cached("replaced", "as it was");
    const command = "mv data old; echo new > data; rm -f old; sed -i s/new/newer/ data; cat data";
    const end = await f.run(command, { mounts: [{ ...data, name: "data" }] });
    expect(text(end.stdout.tail)).to.equal("newer\n");
    expect(end.damagedInputs).to.deep.equal([]);
    expect(await readFile(data.path, "utf8")).to.equal("as it was");
  });

  for (const [how, command] of Object.entries({
    "makes its input writable and changes it": "chmod u+w data; echo more >> data",
    "changes it and puts the mode back": "chmod u+w data; echo more >> data; chmod 444 data",
    "changes a byte and puts the mode back":
      "chmod u+w data; printf X | dd of=data conv=notrunc 2>&-; chmod 444 data",
  })) {
    it(`a command that ${how} is found out`, async () => {
      const data = await f.cached(how, "as it was");
      const end = await f.run(command, { mounts: [{ ...data, name: "data" }] });
      expect(end.damagedInputs).to.deep.equal([data.path]);
      end.dispose();
    });
  }

  it("a command that only makes its input writable, or executable, changes nothing, and that is told", async () => {
    const data = await f.cached("loosened", "as it was");
    for (const mode of ["u+w", "+x"]) {
      const end = await f.run(`chmod ${mode} data`, { mounts: [{ ...data, name: "data" }] });
      expect(end).to.deep.include({ damagedInputs: [], loosenedInputs: [data.path] });
      await chmod(data.path, 0o444);
    }
  });

  it("an input that was changed since it came is not given to a command, linked or copied", async () => {
    const data = await f.cached("changed", "as it was");
    const stamp = stampOf(await stat(data.path));
    await chmod(data.path, 0o644);
    await writeFile(data.path, "as it is now");
    for (const copy of [false, true]) {
      const end = await f.run("cat data", { mounts: [{ ...data, name: "data", stamp, copy }] });
      expect(end).to.deep.include({ notStarted: true, error: "INPUT_DAMAGED", damagedInputs: [data.path] });
    }
  });

  it("an input that is copied is the command's own", async () => {
    const data = await f.cached("copied", "as it was");
    const tree = await f.cachedTree("copied-tree", { a: "A" });
    const mounts = [
      { ...data, name: "data", copy: true },
      { ...tree, name: "tree", copy: true },
    ];
    const end = await f.run("chmod u+w data tree/a; echo x >> data; echo x >> tree/a", { mounts });
    expect(end).to.deep.include({ exitCode: 0, damagedInputs: [], loosenedInputs: [] });
    expect(await readFile(data.path, "utf8")).to.equal("as it was");
  });

  it("what ran beside a command that changed their input leaves nothing", async () => {
    const data = await f.cached("beside", "as it was");
    const mounts = [{ ...data, name: "data" }];
    const waiting = "while [ $(stat -c %s data) = 9 ]; do sleep 0.05; done; touch out";
    const honest = f.begin(waiting, { mounts, outputs: [output("out")] });
    await honest.started;
    await f.run("chmod u+w data; echo more >> data", { mounts });
    const end = await honest.ended;
    expect(end).to.deep.include({ damagedInputs: [data.path], outputs: [] });
  });

  it("a tree is a directory of the task's own with read-only files", async () => {
    const tree = await f.cachedTree("tree", { a: "A", "sub/b": "B", "sub/sub/c": "C" });
    const command =
      "find src -type f | sort; cat src/sub/sub/c; touch src/sub/mine && rm src/a; echo x > src/sub/b";
    const end = await f.run(command, { mounts: [{ ...tree, name: "src" }] });
    expect(text(end.stdout.tail)).to.equal("src/a\nsrc/sub/b\nsrc/sub/sub/c\nC");
    expect(text(end.stderr.tail)).to.contain("src/sub/b: Permission denied");
    expect(end.damagedInputs).to.deep.equal([]);
    expect(await readFile(join(tree.path, "a"), "utf8")).to.equal("A");
    end.dispose();
  });

  it("a file of a tree that was changed damages the tree", async () => {
    const tree = await f.cachedTree("damaged", { a: "A", "sub/b": "B" });
    const end = await f.run("chmod u+w in/sub/b; echo x >> in/sub/b", { mounts: [{ ...tree, name: "in" }] });
    expect(end.damagedInputs).to.deep.equal([tree.path]);
  });

  it("an input and an output may be within a tree", async () => {
    const tree = await f.cachedTree("outer", { "sub/a": "A" });
    const file = await f.cached("inner", "I");
    const mounts = [
      { ...file, name: "t/sub/b" },
      { ...tree, name: "t" },
    ];
    const end = await f.run("cat t/sub/a t/sub/b > t/out/c", { mounts, outputs: [output("t/out/c")] });
    expect(await contentOf(end, "t/out/c")).to.equal("AI");
  });

  it("two tasks that share an input share no name", async () => {
    const data = await f.cached("shared", "S");
    const mounts = [{ ...data, name: "data" }];
    const ends = await Promise.all(
      ["rm -f data; ls", "sleep 0.2; cat data"].map((command) => f.run(command, { mounts })),
    );
    expect(ends.map((end) => text(end.stdout.tail))).to.deep.equal(["", "S"]);
  });

  it("an output that is its input is a file of its own", async () => {
    const data = await f.cached("same", "S");
    const mounts = [{ ...data, name: "data" }];
    const outputs = [output("data"), output("link"), output("moved")];
    const end = await f.run("ln data link; ln -s data moved", { mounts, outputs });
    for (const { path, name } of end.outputs) {
      expect((await stat(path)).ino, name).to.not.equal((await stat(data.path)).ino);
      expect(await readFile(path, "utf8"), name).to.equal("S");
    }
    expect(end.outputs).to.have.length(3);
    await Promise.all(end.outputs.map(async ({ path }) => await chmod(path, 0o600)));
    await Promise.all(end.outputs.map(async ({ path }) => await writeFile(path, "changed")));
    expect(await readFile(data.path, "utf8")).to.equal("S");
  });
});
