import { once } from "node:events";
import { appendFile, chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Task, type VineFile } from "@taskvine/core";
import { expect } from "chai";
import { type Cluster, cluster } from "../support/cluster.js";
import { eventually } from "../support/eventually.js";
import { receiving } from "../support/half-way.js";

const SIZE = 300_000;
/** More than is gathered before it is written. */
const LARGE = 8_000_000;

/** A manager whose workers have their directories in the folder of another cluster, so that they outlive it. */
function runAt(keeper: Cluster): Promise<Cluster> {
  return cluster({ workers: 0, workdirs: keeper.path("kept") });
}

async function countBytes(c: Cluster, file: VineFile): Promise<string> {
  return (await c.manager.submit(new Task("wc -c < in").input(file, "in")).done).check().output.trim();
}

async function aFile(c: Cluster): Promise<string> {
  await writeFile(c.path("data"), Buffer.alloc(SIZE, "x"));
  return c.path("data");
}

describe("a file that lives forever", function () {
  this.timeout(60_000);

  for (const how of ["SIGTERM", "SIGKILL"] as const) {
    it(`is used again by a worker on the directory of one that was ended by ${how}`, async () => {
      await using keeper = await cluster({ workers: 0 });
      const path = await aFile(keeper);
      const sent: number[] = [];
      for (let run = 0; run < 2; run += 1) {
        await using c = await runAt(keeper);
        const worker = await c.addWorker();
        expect(await countBytes(c, c.manager.declareFile(path, { lifetime: "forever" }))).to.equal(
          String(SIZE),
        );
        sent.push(c.manager.stats().bytesServed);
        await eventually("it is written down", async () =>
          (await readFile(`${worker.workdir}/entries.jsonl`, "utf8")).includes("file-"),
        );
        await worker.kill(how);
      }
      expect(sent).to.deep.equal([SIZE, 0]);
    });
  }

  it("does not count when its worker was killed while it arrived", async () => {
    await using keeper = await cluster({ workers: 0 });
    const server = createServer((request, response) => {
      response.writeHead(200, { "content-length": LARGE, etag: '"one"' });
      if (request.method === "HEAD") response.end();
      else if (first) response.write(Buffer.alloc(LARGE / 2, "x"));
      else response.end(Buffer.alloc(LARGE, "x"));
    });
    let first = true;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`;
    try {
      await using c = await runAt(keeper);
      const worker = await c.addWorker();
      const page = c.manager.declareUrl(url, { lifetime: "forever" });
      const waiting = c.manager.submit(new Task("wc -c < in").input(page, "in"));
      await receiving([worker]);
      await worker.kill();
      first = false;
      const next = await c.addWorker([], { workdir: worker.workdir });
      expect(next.lines.find(({ type }) => type === "ready")?.["held"]).to.equal(0);
      expect((await waiting.done).check().output.trim()).to.equal(String(LARGE));
      expect(await readdir(`${worker.workdir}/incoming`)).to.deep.equal([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("does not count when it is not whole any more", async () => {
    await using keeper = await cluster({ workers: 0 });
    const path = await aFile(keeper);
    let entry = "";
    {
      await using c = await runAt(keeper);
      const worker = await c.addWorker();
      await countBytes(c, c.manager.declareFile(path, { lifetime: "forever" }));
      await eventually("it is written down", async () =>
        (await readFile(`${worker.workdir}/entries.jsonl`, "utf8")).includes("file-"),
      );
      const [name = ""] = await readdir(`${worker.workdir}/cache`);
      entry = `${worker.workdir}/cache/${name}`;
      await worker.kill();
    }
    await chmod(entry, 0o644);
    await appendFile(entry, "more");
    expect((await stat(entry)).size).to.equal(SIZE + 4);
    await using c = await runAt(keeper);
    await c.addWorker();
    expect(await countBytes(c, c.manager.declareFile(path, { lifetime: "forever" }))).to.equal(String(SIZE));
    expect(c.manager.stats().bytesServed).to.equal(SIZE);
  });

  it("is the only one that the next worker finds: files of the workflow are gone with their worker", async () => {
    await using keeper = await cluster({ workers: 0 });
    {
      await using c = await runAt(keeper);
      const worker = await c.addWorker();
      await countBytes(c, c.manager.declareFile(await aFile(keeper)));
      await worker.kill();
    }
    await using c = await runAt(keeper);
    const worker = await c.addWorker();
    expect(worker.lines.find(({ type }) => type === "ready")?.["held"]).to.equal(0);
    expect(await readdir(`${worker.workdir}/cache`)).to.deep.equal([]);
  });
});
