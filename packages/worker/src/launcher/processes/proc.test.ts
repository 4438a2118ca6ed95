import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { hasProc, listPids, readCwd, readStat, readStatusBytes, readVariable } from "./proc.js";

describe("looking at processes", () => {
  before(function () {
    if (!hasProc()) this.skip();
  });

  it("a process is seen with its parent, session, variables and place", async () => {
    const child = spawn("sleep", ["1000"], {
      detached: true,
      cwd: "/",
      env: { PATH: process.env["PATH"], OTHER_MARK: "no", MARK: "a b)c", LAST: "" },
      stdio: "ignore",
    });
    await once(child, "spawn");
    try {
      const pid = child.pid!;
      expect(listPids()).to.include(pid);
      expect(readStat(pid)).to.include({ pid, ppid: process.pid, session: pid });
      expect([readVariable(pid, "MARK"), readVariable(pid, "LAST"), readVariable(pid, "ARK")]).to.deep.equal([
        "a b)c",
        "",
        undefined,
      ]);
      expect(readCwd(pid)).to.equal("/");
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    expect(readStat(child.pid!)).to.equal(undefined);
  });

  it("a process that gave itself brackets and spaces for a name is read all the same", async () => {
    const child = spawn("sh", ["-c", "printf ') R 1 (' > /proc/$$/comm; echo named; read line"], {
      stdio: "pipe",
    });
    await once(child.stdout, "data");
    expect(readStat(child.pid!)?.ppid).to.equal(process.pid);
    child.stdin.end("\n");
    await once(child, "exit");
  });

  it("the resident set in pages and in bytes agree", () => {
    const fromStat = readStat(process.pid)?.rssBytes ?? 0;
    expect(fromStat / (readStatusBytes("self", "VmRSS") ?? 0)).to.be.within(0.8, 1.25);
  });
});
