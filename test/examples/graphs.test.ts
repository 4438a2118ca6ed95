import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "../house/snippets/markdown.js";
import { type Played, play } from "../house/snippets/play.js";

/** The last part of `npm run quickstart`, by itself. */
const START = `
  const { showGraphs } = await import("./scripts/quickstart/graphs.mjs");
  process.exitCode = await showGraphs({ workers: "2" });
`;

describe("the quickstart's graphs of Dask", function () {
  this.timeout(300_000);
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "graphs-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const show = (...settings: readonly string[]): Promise<Played> =>
    play(["env", ...settings, process.execPath, "--input-type=module", "-e", START], ROOT).ended;

  it("have the same values with both schedulers, which are told beside each other", async () => {
    const { code, printed, complained } = await show();
    expect([code, complained]).to.deep.equal([0, ""]);
    if (/are left out/.test(printed)) return;
    expect(printed).to.match(/^start +2 processes with numpy/m);
    expect(printed).to.match(/^tree +4,095 additions; .+ nodes\/s\); by Dask's threads .+ s$/m);
    for (const graph of ["matrices", "primes"])
      expect(printed).to.match(new RegExp(`^${graph} .+; by Dask's threads .+ s$`, "m"));
  });

  it("are left out with a sentence where Python is missing, or a part of it", async () => {
    const { code, printed } = await show("PATH=/nowhere");
    expect([code, printed.trim()]).to.deep.equal([
      0,
      "Graphs of Dask are left out: that needs Python 3.10 or newer (Debian: python3).",
    ]);
    const python = join(folder, "python3");
    writeFileSync(
      python,
      `#!/bin/sh\n[ "$1" = -c ] && echo 3.12.99 || { echo "No module named venv"; exit 1; }\n`,
    );
    chmodSync(python, 0o755);
    const second = await show(`PATH=${folder}`);
    expect([second.code, second.printed.trim().split("\n").at(-1)]).to.deep.equal([
      0,
      "Graphs of Dask are left out: that needs Python's module venv (Debian: python3-venv): No module named venv.",
    ]);
  });
});
