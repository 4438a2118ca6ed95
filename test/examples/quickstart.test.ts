import { mkdtempSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTree } from "@taskvine/core/data";
import { expect } from "chai";
import { ROOT } from "../house/snippets/markdown.js";
import { play } from "../house/snippets/play.js";
import { needs } from "../needs/needs.js";
import { eventually } from "../support/eventually.js";
import { markedProcesses } from "../support/leaks.js";

const PROGRAM = join(ROOT, "examples/dist/quickstart.js");
const PATIENCE_MS = 180_000;
const SMALL = ["--size", "2MB", "--workers", "2"];
const COLUMNS = 44;

/** The lines of the table, and the line of totals below it. */
function resultsIn(printed: string): string[] {
  return printed.split("\n").filter((line) => /^ +\d+ {2}\S|identifiers, /.test(line));
}

describe("the quickstart", function () {
  this.timeout(PATIENCE_MS);
  let folder = "";
  let settings: readonly string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "main-job-"));
    settings = ["env", `XDG_CACHE_HOME=${folder}/cache`, `VINE_TEST_CLUSTER=${folder}`];
  });

  afterEach(() => removeTree(folder));

  const start = (...words: readonly string[]) =>
    play([...settings, process.execPath, PROGRAM, ...words], folder);
  const marked = (): Promise<string[]> => markedProcesses(["VINE_TEST_CLUSTER", folder]);

  it("counts the same twice, and the second time unpacks nothing", async () => {
    const [first, second] = [await start(...SMALL).ended, await start(...SMALL).ended];
    for (const { code, complained, printed } of [first, second]) {
      expect([code, complained]).to.deep.equal([0, ""]);
      expect(printed, "only text goes into a pipe").not.to.match(/[\r\u001b]/);
      expect(resultsIn(printed)).to.have.length(16);
      expect(printed).to.match(/^JavaScript +5,000 calls in .+; first after .+ instance/m);
      expect(printed).to.match(/^Python +(5,000 calls in |left out: )/m);
    }
    expect(resultsIn(second.printed)).to.deep.equal(resultsIn(first.printed));
    expect(first.printed)
      .to.match(/unpacked +4 MB in 2 trees/)
      .and.to.contain("First run: ");
    expect(second.printed)
      .to.match(/unpacked +0 B in 0 trees/)
      .and.to.contain("Second run: ");
    expect(await readdir(folder)).to.deep.equal(["cache"]);
    expect(await marked()).to.deep.equal([]);
  });

  it("leaves no process and no lock behind when it is interrupted", async () => {
    const { child, ended } = start(...SMALL);
    await eventually("the workers run", async () => (await marked()).length >= 3);
    child.kill("SIGINT");
    const { code, printed, complained } = await ended;
    expect([code, printed]).to.deep.equal([130, ""]);
    expect(complained).to.contain("interrupted");
    expect(await marked()).to.deep.equal([]);
    const left = await readdir(join(folder, "cache"), { recursive: true });
    expect(left.filter((path) => path.endsWith("/lock"))).to.deep.equal([]);
  });

  it("says what is wrong with its options", async () => {
    const { code, complained } = await start("--workers", "many").ended;
    expect([code, complained.trim()]).to.deep.equal([1, "--workers is a number from 1 to 64"]);
  });

  const terminal = needs({ linux: true, commands: ["script", "stty"], debian: ["bsdutils", "coreutils"] });
  terminal.it("draws one line on a terminal, never wider than it, and takes it away", async () => {
    const command = `stty cols ${COLUMNS} && exec '${process.execPath}' '${PROGRAM}' ${SMALL.join(" ")}`;
    const { ended } = play([...settings, "TERM=xterm", "script", "-qec", command, "/dev/null"], folder);
    const { code, printed } = await ended;
    expect(code).to.equal(0);
    const [drawn = "", results = ""] = printed.split(/\r\u001b\[K\r?\n/);
    const frames = drawn.split("\u001b[K").map((frame) => frame.replaceAll("\r", ""));
    expect(frames.some((frame) => /^\d+\/\d+ tasks · /.test(frame))).to.equal(true);
    expect(Math.max(...frames.map((frame) => frame.length))).to.be.lessThan(COLUMNS);
    expect(drawn).not.to.contain("\n");
    expect(results, "NO_COLOR is heeded").not.to.contain("\u001b");
    expect(resultsIn(results.replaceAll("\r", ""))).to.have.length(16);
  });
});
