import { Task, type VineFile } from "@taskvine/core";
import { expect } from "chai";
import { cluster } from "../support/cluster.js";

describe("what a program asks for that no task makes", () => {
  it("is refused, instead of being waited for", async () => {
    await using c = await cluster({ workers: 0 });
    const temp = c.manager.declareTemp();
    const ways = [() => temp.contents(), () => temp.text(), () => temp.saveTo(c.path("copy"))];
    for (const ask of ways) expect(await codeOf(ask())).to.equal("NEVER_MADE");
    c.manager.submit(new Task("echo made > out").output(temp, "out"));
    await c.addWorker();
    expect(await temp.text()).to.equal("made\n");
  });

  it("is waited for where its task is submitted by the same statement, or the next", async () => {
    await using c = await cluster();
    const made = (temp: VineFile): Task => new Task("printf made > out").output(temp, "out");
    const [one, other] = [c.manager.declareTemp(), c.manager.declareTemp()];
    const [text] = await Promise.all([one.text(), c.manager.submit(made(one)).done]);
    const later = other.text();
    c.manager.submit(made(other));
    expect([text, await later, await one.text()]).to.deep.equal(["made", "made", "made"]);
  });

  it("but by a task that has failed fails as that did", async () => {
    await using c = await cluster();
    const temp = c.manager.declareTemp();
    await c.manager.submit(new Task("exit 3").output(temp, "out").retries(0)).done;
    expect(await codeOf(temp.text())).to.not.be.oneOf(["none", "NEVER_MADE"]);
  });
});

async function codeOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "none",
    (error: unknown) => (error as { code: string }).code,
  );
}
