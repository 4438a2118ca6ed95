import { mkdir, writeFile } from "node:fs/promises";
import { Task, type TaskHandle, VineError, type VineFile } from "@taskvine/core";
import { tarOf } from "@taskvine/core/testing";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";

const TEXT = "as it was\n";

/** Everything that a task can do to the files `in`, and to the tree `tree`. */
const WRITES = [
  "echo evil >> in",
  "echo evil > in",
  "chmod u+w in; echo evil >> in",
  "chmod 777 in; printf evil | dd of=in conv=notrunc",
  "ln in other; chmod u+w other; echo evil > other",
  "rm -f in; echo evil > in",
  "mv in away; echo evil > in",
  "chmod u+w in; truncate -s 0 in",
  "echo evil >> tree/a",
  "chmod -R u+w tree; echo evil >> tree/a; echo evil > tree/deep/b",
  "chmod -R u+w tree; rm -rf tree/deep; echo evil > tree/new",
  "chmod u+w . tree; mv tree elsewhere; mkdir tree",
  'echo evil >> "$(readlink -f tree/link)"; chmod u+w "$(readlink -f tree/link)"; echo evil >> tree/link',
  'chmod u+w "$(readlink -f in)" "$(readlink -f tree)"; sed -i s/was/is/ in tree/a',
];

interface Inputs {
  readonly file: VineFile;
  readonly tree: VineFile;
}

/** A local file and a tree, or what comes out of an archive and a mini-task. */
async function declared(c: Cluster, how: "local" | "made"): Promise<Inputs> {
  if (how === "made") {
    const archive = await tarOf([
      { name: "a", content: TEXT },
      { name: "deep/b", content: TEXT },
      { name: "link", type: "symlink", target: "a" },
    ]);
    return {
      file: c.manager.declareMiniTask(new Task(`printf '%s' '${TEXT}' > out`), "out"),
      tree: c.manager.declareUntar(c.manager.declareBuffer(archive), { format: "tar" }),
    };
  }
  await mkdir(c.path("tree", "deep"), { recursive: true });
  for (const name of ["in", "tree/a", "tree/deep/b"]) await writeFile(c.path(name), TEXT);
  await writeFile(c.path("tree", "link"), TEXT);
  return { file: c.manager.declareFile(c.path("in")), tree: c.manager.declareFile(c.path("tree")) };
}

function task(command: string, { file, tree }: Inputs): Task {
  return new Task(command).input(file, "in").input(tree, "tree").cores(1);
}

describe("a task that writes into its inputs", function () {
  this.timeout(90_000);

  for (const how of ["local", "made"] as const) {
    it(`changes them for no other task: ${how} files`, async () => {
      await using c = await cluster();
      const inputs = await declared(c, how);
      const look = (): Task => task("cat in tree/a tree/deep/b tree/link; ls tree | tr '\\n' ' '", inputs);
      const expected = `${TEXT.repeat(4)}a deep link `;
      expect((await c.manager.submit(look()).done).check().output).to.equal(expected);
      for (const write of WRITES) {
        const attack = await c.manager.submit(task(`(${write}) 2> /dev/null; true`, inputs)).done;
        expect(attack.state, write).to.equal("done");
        expect((await c.manager.submit(look()).done).check().output, write).to.equal(expected);
      }
    });
  }

  it("changes them for no task that runs beside it", async () => {
    await using c = await cluster({ cores: 2 });
    const inputs = await declared(c, "local");
    const [go, written] = [c.path("go"), c.path("written")];
    const waits = (path: string): string => `while ! [ -e ${path} ]; do sleep 0.05; done`;
    const attack = `touch ${go}-1; ${waits(go)}; chmod -R u+w in tree; echo evil >> in; echo evil >> tree/a; touch ${written}`;
    const handles = c.manager.submitAll([
      task(attack, inputs),
      task(`touch ${go}-2; ${waits(written)}; cat in tree/a`, inputs),
    ]) as [TaskHandle, TaskHandle];
    await eventually("both run", () => handles.every(({ state }) => state === "running"));
    await writeFile(go, "");
    const [, honest] = await Promise.all(handles.map(({ done }) => done));
    expect(honest?.check().output).to.equal(TEXT.repeat(2));
    expect(honest?.attempts.map(({ ended }) => ended)).to.deep.equal(["input-damaged", "success"]);
  });
});

describe("an argument", () => {
  it("of the wrong kind is refused at the line that gives it, and nothing is submitted", async () => {
    await using c = await cluster({ workers: 0 });
    const { manager } = c;
    const mistakes: readonly (readonly [() => unknown, string])[] = [
      [() => manager.submit("ls" as unknown as Task), 'a Task or a FunctionCall can be submitted, not "ls"'],
      [() => manager.submitAll(new Task("true") as unknown as Task[]), "submitAll takes a list"],
      [() => manager.declareBuffer(5 as unknown as string), "a buffer is a text or a Uint8Array, not number"],
      [() => manager.submitAll([new Task("true"), undefined as unknown as Task]), "not undefined"],
    ];
    for (const [mistake, sentence] of mistakes)
      expect(mistake, sentence).to.throw(VineError, sentence).with.property("code", "BAD_ARGUMENT");
    expect(manager.empty()).to.equal(true);
  });
});
