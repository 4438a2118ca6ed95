import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EventLog } from "./event-log.js";
import { cleanRunDirectory, makeRunDirectory } from "./run-directory.js";

describe("a run directory", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vine-run-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is made anew for each run, also within one second, and most-recent leads to the last", async () => {
    const now = new Date("2026-02-03T04:05:06.789Z");
    const first = await makeRunDirectory(folder, now);
    const second = await makeRunDirectory(folder, now);
    expect(first.path).to.equal(join(folder, "20260203T040506Z"));
    expect(second.path).to.equal(join(folder, "20260203T040506Z-2"));
    const log = await EventLog.open(second.logFile);
    log.write("warn", "something", { count: 1 });
    await log.close();
    const line = JSON.parse(await readFile(join(folder, "most-recent", "log.jsonl"), "utf8")) as Record<
      string,
      unknown
    >;
    expect(line).to.include({ level: "warn", event: "something", count: 1 });
  });

  it("keeps neither keys nor half-moved files after the run, but the log", async () => {
    const run = await makeRunDirectory(folder, new Date());
    const log = await EventLog.open(run.logFile);
    for (let line = 0; line < 1_000; line++) log.write("info", "line", { line });
    await log.close();
    await cleanRunDirectory(run);
    const lines = (await readFile(run.logFile, "utf8")).trimEnd().split("\n");
    expect(lines.length).to.equal(1_000);
    expect(await readFile(run.staging).catch(() => "gone")).to.equal("gone");
  });
});
