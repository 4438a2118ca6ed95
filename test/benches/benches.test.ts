import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { ROOT } from "../house/snippets/markdown.js";

const run = promisify(execFile);
const PROGRAM = join(ROOT, "bench/dist/index.js");

interface Measured {
  readonly bench: string;
  readonly rows: readonly { readonly name: string; readonly ours: number; readonly peer: number }[];
}

/** Runs a bench with as little work as it can do. */
async function quickly(bench: string): Promise<Measured> {
  const { stdout } = await run(process.execPath, [PROGRAM, "--quick", "--json", bench]);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Measured;
}

describe("the benches of function calls and of Dask", function () {
  this.timeout(300_000);

  for (const bench of ["js-calls", "python-calls", "latency", "chain", "values", "library-effect", "dask"]) {
    it(`${bench} still runs, and takes all its figures`, async () => {
      const { bench: name, rows } = await quickly(bench);
      expect(name).to.equal(bench);
      expect(rows.filter(({ ours, peer }) => !(ours >= 0 && peer >= 0))).to.deep.equal([]);
      if (bench === "js-calls") expect(rows).to.have.length.greaterThan(3);
    });
  }
});
