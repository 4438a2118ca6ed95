import { type Result, Task } from "@taskvine/core";
import { type Faults, startFaultyHttp } from "@taskvine/core/testing";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";

const CONTENT = Buffer.from(Array.from({ length: 40_000 }, (_, line) => `line ${line}\n`).join(""));
const COUNTED = `${CONTENT.length}\n`;

interface Fetched {
  readonly result: Result;
  readonly c: Cluster;
  /** "GET 0-" for each request that a faulty page got. */
  readonly asked: readonly string[];
}

/** One task that counts the bytes of a page with these faults. */
async function count(faults: Faults, look: (fetched: Fetched) => void): Promise<void> {
  await using c = await cluster();
  const server = await startFaultyHttp();
  try {
    const page = c.manager.declareUrl(server.serve("page", CONTENT, faults));
    const result = await c.manager.submit(new Task("wc -c < page").input(page, "page")).done;
    const asked = server.requests.map(({ method, range }) =>
      range === undefined ? method : `${method} ${range}`,
    );
    look({ result, c, asked });
  } finally {
    await server.close();
  }
}

describe("an input from a URL", function () {
  this.timeout(60_000);

  it("that does not exist fails its task at once, and says so", async () => {
    await count({ status: 404 }, ({ result }) => {
      expect([result.state, result.code, result.error?.code]).to.deep.equal([
        "failed",
        "input-missing",
        "URL_NOT_FOUND",
      ]);
      expect(result.message).to.contain("/page answered 404");
      expect(result.attempts).to.deep.equal([]);
    });
  });

  it("whose server refuses fails its task at once with the status", async () => {
    await count({ status: 403 }, ({ result }) => {
      expect([result.code, result.error?.code]).to.deep.equal(["input-missing", "URL_REFUSED"]);
      expect(result.message).to.contain("403");
    });
  });

  it("whose server fails for a moment is asked again", async () => {
    await count({ status: 500, times: 3 }, ({ result }) => expect(result.check().output).to.equal(COUNTED));
  });

  it("whose server fails for good fails its task, and says so", async () => {
    await count({ status: 503 }, ({ result }) => {
      expect([result.code, result.error?.code]).to.deep.equal(["input-missing", "URL_FAILED"]);
      expect(result.message).to.contain("503");
      expect(result.error?.retry).to.equal(true);
    });
  });

  it("whose server does not listen fails its task, and says so", async () => {
    await using c = await cluster();
    const server = await startFaultyHttp();
    await server.close();
    const page = c.manager.declareUrl(`${server.url}/page`);
    const result = await c.manager.submit(new Task("cat page").input(page, "page")).done;
    expect([result.code, result.error?.code]).to.deep.equal(["input-missing", "URL_FAILED"]);
  });

  it("whose connection breaks is resumed where it broke", async () => {
    await count({ cutAfter: 100_000 }, ({ result, asked }) => {
      expect(result.check().output).to.equal(COUNTED);
      expect(asked.filter((request) => /bytes=[1-9]/.test(request)).length).to.be.greaterThan(1);
    });
  });

  it("whose connection breaks is fetched anew where the server knows no ranges", async () => {
    await count({ cutAfter: 100_000, noRanges: true, noValidators: true, times: 2 }, ({ result }) => {
      expect(result.check().output).to.equal(COUNTED);
    });
  });

  it("that changes while the workflow runs fails its task rather than mixing two contents", async () => {
    await count({ newEtags: true }, ({ result }) => {
      expect([result.code, result.error?.code]).to.deep.equal(["input-missing", "URL_CHANGED"]);
      expect(result.message).to.contain("has changed");
    });
  });

  it("that changed is another file when it is declared again", async () => {
    await using c = await cluster();
    const server = await startFaultyHttp();
    try {
      const outputs: string[] = [];
      for (const text of ["old", "new"]) {
        const page = c.manager.declareUrl(server.serve("page", Buffer.from(text)));
        outputs.push((await c.manager.submit(new Task("cat page").input(page, "page")).done).check().output);
      }
      expect(outputs).to.deep.equal(["old", "new"]);
    } finally {
      await server.close();
    }
  });

  // Takes as long as a silence must last to count: half a minute.
  it("whose server falls silent is asked again for the rest", async () => {
    await count({ stallAfter: 100_000, times: 2 }, ({ result, asked }) => {
      expect(result.check().output).to.equal(COUNTED);
      expect(asked.at(-1)).to.match(/GET bytes=[1-9]/);
      expect(result.attempts.length).to.equal(1);
    });
  }).timeout(120_000);
});
