import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const BIN = fileURLToPath(new URL("../../bin/vine.js", import.meta.url));

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function vine(...args: readonly string[]): Ran {
  const env = { ...process.env, VINE_CONNECTION_FILE: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8", env });
  return { code: status, stdout, stderr };
}

describe("vine", () => {
  it("prints its version", () => {
    expect(vine("--version")).to.deep.include({ code: 0, stdout: "0.1.0\n" });
  });

  it("explains itself and its commands, on standard output", () => {
    for (const args of [["--help"], ["help"], ["worker", "--help"], ["help", "worker"]]) {
      const { code, stdout, stderr } = vine(...args);
      expect([code, stderr], args.join(" ")).to.deep.equal([0, ""]);
      expect(stdout).to.contain("Usage: vine");
    }
    const { stdout } = vine("worker", "--help");
    expect(stdout).to.contain("Examples:").and.to.contain("Exit codes:");
  });

  it("says in one sentence what is wrong with an option, which one, and what to do", () => {
    const cases: (readonly [readonly string[], RegExp])[] = [
      [[], /which command/],
      [["wroker"], /unknown command 'wroker'/],
      [["worker"], /where is the manager\?/],
      [["worker", "h:1", "h:2"], /too many arguments/],
      [["worker", "--bogus"], /unknown option '--bogus'/],
      [["worker", "--cores"], /'--cores <number>' argument missing/],
      [["worker", "localhost:9123"], /keys for localhost:9123 are missing/],
      [["worker", "nonsense", "--insecure"], /HOST:PORT, not "nonsense"/],
      [["worker", "h:70000", "--insecure"], /HOST:PORT/],
      [["worker", "h:1", "--insecure", "--cores", "many"], /--cores must be/],
      [["worker", "h:1", "--insecure", "--cores", "0"], /--cores must be/],
      [["worker", "h:1", "--insecure", "--cores", "-1"], /--cores must be/],
      [["worker", "h:1", "--insecure", "--memory", "lots"], /--memory must be/],
      [["worker", "h:1", "--insecure", "--disk", "4 bananas"], /--disk must be/],
      [["worker", "h:1", "--insecure", "--memory", "5"], /--memory must be .* of 1 MB or more/],
      [["worker", "h:1", "--insecure", "--disk", "0"], /--disk must be .* of 1 MB or more/],
      [["worker", "h:1", "--insecure", "--gpus", "1.5"], /--gpus must be/],
      [["worker", "h:1", "--insecure", "--idle-timeout", "soon"], /--idle-timeout must be/],
      [["worker", "h:1", "--insecure", "--connect-timeout", "-1s"], /--connect-timeout must be/],
      [["worker", "h:1", "--insecure", "--wall-time", "x"], /--wall-time must be/],
      [["worker", "h:1", "--insecure", "--transfer-port", "9-1"], /--transfer-port must be/],
      [["worker", "h:1", "--insecure", "--log-level", "loud"], /--log-level must be one of debug/],
      [
        ["worker", "h:1", "--insecure", "--on-manager-lost", "cry"],
        /--on-manager-lost must be one of finish/,
      ],
      [["worker", "h:1", "--insecure", "--feature", ""], /cannot be a feature/],
      [["worker", "h:1", "--insecure", "--name", ""], /a worker's name has 1 to 256 characters, not 0/],
      [["worker", "h:1", "--insecure", "--data-host", "here:9"], /"here:9" is no host to get files from/],
      [["mangaer"], /unknown command 'mangaer' \(Did you mean manager\?\)/],
      [["manager", "--prot", "1"], /unknown option '--prot' \(Did you mean --port\?\)/],
    ];
    for (const [args, sentence] of cases) {
      const { code, stdout, stderr } = vine(...args);
      expect([code, stdout], args.join(" ")).to.deep.equal([2, ""]);
      expect(stderr).to.match(sentence);
      expect(stderr).to.match(/^vine: [^\n]+ \[BAD_ARGUMENT\]\n {2}hint: [^\n]+\n$/);
    }
  }).timeout(60_000);
});

describe("vine worker", () => {
  let directory: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "vine-cli-test-"));
  });

  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  });

  /** A worker that looks for a manager that is not there. */
  async function lonely(
    ...args: readonly string[]
  ): Promise<{ events: AsyncIterator<string>; exit: Promise<number | null> }> {
    const path = join(directory, "none.json");
    child = spawn(
      process.execPath,
      [BIN, "worker", "--connection-file", path, "--json", "--log-level", "error", ...args],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const exit = once(child, "exit").then(([code]) => code as number | null);
    if (child.stdout === null) throw new Error("no stdout");
    return { events: createInterface(child.stdout)[Symbol.asyncIterator](), exit };
  }

  async function ready(
    events: AsyncIterator<string>,
  ): Promise<{ readonly workdir: string; readonly type: string }> {
    const line = await events.next();
    return JSON.parse(String(line.value)) as { workdir: string; type: string };
  }

  it("ends with 3 when there is no manager", async () => {
    const { exit } = await lonely("--connect-timeout", "200ms");
    expect(await exit).to.equal(3);
  });

  it("tells what it offers in JSON, and ends in good order on SIGTERM", async () => {
    const { events, exit } = await lonely("--cores", "3", "--memory", "2GB", "--disk", "1GB", "--gpus", "0");
    const first = await ready(events);
    expect(first).to.deep.nested.include({ type: "ready", "resources.cores": 3, "resources.memory": 2e9 });
    expect(existsSync(first.workdir)).to.equal(true);
    child?.kill("SIGTERM");
    expect(await exit).to.equal(0);
    expect(existsSync(first.workdir)).to.equal(false);
  });

  it("takes two signals at once for one request, and leaves no lock", async () => {
    const workdir = join(directory, "work");
    const { events, exit } = await lonely("--workdir", workdir);
    await ready(events);
    child?.kill("SIGINT");
    child?.kill("SIGTERM");
    expect(await exit).to.equal(0);
    expect(existsSync(join(workdir, "lock"))).to.equal(false);
  });

  it("says what it waits for, for how long, and how to change that", async () => {
    const path = join(directory, "none.json");
    child = spawn(process.execPath, [BIN, "worker", "--connection-file", path, "--connect-timeout", "40s"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    for await (const text of child.stderr ?? []) {
      said += String(text);
      if (said.includes("--connect-timeout")) break;
    }
    expect(said).to.match(
      /none\.json is not there yet .*goes on looking for \d+(\.\d+)? s \(--connect-timeout\)/,
    );
    child.kill("SIGTERM");
    await once(child, "exit");
  });

  it("leaves its directory as it is when asked to", async () => {
    const workdir = join(directory, "work");
    const { events, exit } = await lonely("--workdir", workdir, "--keep-workdir");
    await ready(events);
    child?.kill("SIGINT");
    expect(await exit).to.equal(0);
    expect(existsSync(join(workdir, "cache"))).to.equal(true);
  });

  it("does not share its directory", async () => {
    const workdir = join(directory, "work");
    const { events, exit } = await lonely("--workdir", workdir);
    await ready(events);
    const second = vine("worker", "--connection-file", join(directory, "none.json"), "--workdir", workdir);
    expect(second.code).to.equal(5);
    expect(second.stderr).to.contain("[WORKDIR_IN_USE]");
    child?.kill("SIGTERM");
    await exit;
  });

  it("says in a sentence why it cannot work in a directory", () => {
    const file = join(directory, "file");
    writeFileSync(file, "");
    const reasons = { [file]: "it is a file", [join(file, "x")]: "a part of its path is a file" };
    if (existsSync("/proc/self")) reasons["/proc/x/y"] = "it cannot be made there";
    for (const [workdir, reason] of Object.entries(reasons)) {
      const { code, stderr } = vine("worker", "127.0.0.1:1", "--insecure", "--workdir", workdir);
      expect(code).to.equal(5);
      expect(stderr).to.contain(`a worker cannot work in ${workdir}: ${reason} [WORKDIR_UNUSABLE]`);
    }
  });

  it("refuses a connection file that others can read", () => {
    const path = join(directory, "open.json");
    writeFileSync(path, "{}", { mode: 0o644 });
    const { code, stderr } = vine("worker", "--connection-file", path);
    expect(code).to.equal(4);
    expect(stderr).to.contain("[CONNECTION_FILE]").and.to.contain("chmod");
  });

  it("ends with its parent where that was asked for", async () => {
    const path = join(directory, "none.json");
    const line = `"${process.execPath}" "${BIN}" worker --connection-file "${path}" --json --parent-death & read x`;
    const shell = spawn("/bin/sh", ["-c", line], { stdio: ["pipe", "pipe", "ignore"] });
    const lines = createInterface(shell.stdout)[Symbol.asyncIterator]();
    const { workdir } = await ready(lines);
    shell.stdin.end();
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) continue;
    expect(existsSync(workdir)).to.equal(false);
  });
});
