import { mkdtempSync, readFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { difference } from "../house/snippets/compare.js";
import { ROOT } from "../house/snippets/markdown.js";
import { type Played, play, workerBeside } from "../house/snippets/play.js";
import { missing, needs } from "../needs/needs.js";

/** What examples/NAME.expected says. */
function expected(name: string): string {
  return readFileSync(join(ROOT, "examples", `${name}.expected`), "utf8");
}

function program(name: string): string {
  return join(ROOT, "examples/dist", `${name}.js`);
}

function mustPrint(name: string, played: Played, anyOrder = false): void {
  expect(played.complained).to.equal("");
  expect(difference(played.printed, { text: expected(name), anyOrder })).to.equal(undefined);
  expect(played.code).to.equal(0);
}

describe("an example", function () {
  this.timeout(120_000);
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "example-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Runs it in an empty folder, where its temporary files are to go, too. */
  const run = (name: string, ...settings: readonly string[]): Promise<Played> => {
    return play(["env", `TMPDIR=${folder}`, ...settings, process.execPath, program(name)], folder).ended;
  };

  it("hello prints what one worker counts", async () => {
    const over = new AbortController();
    const worker = workerBeside(folder, over.signal);
    mustPrint("hello", await run("hello"), true);
    expect((await worker).code).to.equal(0);
  });

  it("grep-a-book counts the lines of a book from the web", async () => {
    mustPrint("grep-a-book", await run("grep-a-book"));
  });

  it("mixed shares files between tasks, a library and its calls", async () => {
    mustPrint("mixed", await run("mixed"));
  });

  it("matrices multiplies blocks by a graph whose values stay with the workers", async () => {
    mustPrint("matrices", await run("matrices"));
  });

  it("models lets every model that is trained answer calls, and tells how the rate grows", async () => {
    const { code, printed, complained } = await run("models");
    expect([code, printed]).to.deep.equal([0, expected("models")]);
    const lines = complained.trimEnd().split("\n");
    expect(lines.pop()).to.match(/^at best \d+ answers\/s, from \d+ libraries; one alone gives 2.5\/s$/);
    for (const line of lines)
      expect(line).to.match(/^second +\d+: +\d+ models, +\d+ libraries, +\d+ answers\/s( #*)?$/);
    expect(lines.at(-1)).to.contain("20 models, 20 libraries");
  });

  const blast = { commands: ["blastp", "makeblastdb"], debian: ["ncbi-blast+"] };
  needs(blast).it("blast finds the protein of every query, and fetches nothing twice", async () => {
    mustPrint("blast", await run("blast"));
    expect(await readdir(folder)).to.deep.equal([]);
  });

  const compiler = { commands: ["cc"], debian: ["gcc", "libc6-dev"] };
  needs(compiler).it("primes calls a library in C that a task has compiled", async () => {
    mustPrint("primes", await run("primes"));
  });

  needs({ commands: ["perl"], debian: ["perl"] }).it("phrases calls a library in Perl", async () => {
    mustPrint("phrases", await run("phrases"));
  });

  const bare = { commands: ["env", "sh"] };
  it(`blast says what to install where it is missing${missing(bare) ?? ""}`, async () => {
    const played = await run("blast", "PATH=/nowhere");
    expect([played.code, played.printed]).to.deep.equal([3, ""]);
    expect(played.complained).to.contain("ncbi-blast+");
  });
});
