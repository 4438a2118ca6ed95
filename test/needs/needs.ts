import { spawnSync } from "node:child_process";

/** What a test cannot do without on the machine that it runs on. */
export interface Needs {
  readonly root?: boolean;
  readonly linux?: boolean;
  /** Processes that live under another host name. */
  readonly hostNames?: boolean;
  /** Programs that must be found. */
  readonly commands?: readonly string[];
  /** Modules that `python3` must be able to import. */
  readonly python?: readonly string[];
  /** Debian packages that bring them, for the message (scripts/ci-packages.txt has all). */
  readonly debian?: readonly string[];
}

/** `it`, or a skipped one whose title says what is missing. */
export interface NeedyTests {
  readonly missing: string | undefined;
  it(title: string, body: Mocha.AsyncFunc | Mocha.Func): Mocha.Test;
}

function isThere(command: string): boolean {
  return spawnSync("sh", ["-c", 'command -v "$1"', "sh", command], { stdio: "ignore" }).status === 0;
}

function canRename(): boolean {
  return spawnSync("unshare", ["-r", "--uts", "true"], { stdio: "ignore" }).status === 0;
}

function canImport(module: string): boolean {
  return spawnSync("python3", ["-c", `import ${module}`], { stdio: "ignore" }).status === 0;
}

/** A sentence about what is missing here; undefined when nothing is. */
export function missing(needs: Needs): string | undefined {
  if (needs.linux === true && process.platform !== "linux") return "needs Linux";
  if (needs.root === true && process.getuid?.() !== 0) return "needs root";
  if (needs.hostNames === true && !canRename()) return "needs unshare, and leave to use it";
  const absent = absentOf(needs);
  if (absent.length === 0) return undefined;
  const from = needs.debian === undefined ? "" : ` (Debian: ${needs.debian.join(", ")})`;
  return `needs ${absent.join(", ")}${from}`;
}

function absentOf({ commands = [], python = [] }: Needs): string[] {
  const absent = commands.filter((command) => !isThere(command));
  return absent.length > 0 ? absent : python.filter((module) => !canImport(module));
}

/**
 * Tests that run only where the machine has what they need, and say what it lacks elsewhere. On CI a skipped test is a
 * failure.
 */
export function needs(what: Needs): NeedyTests {
  const lack = missing(what);
  return {
    missing: lack,
    it: (title, body) => (lack === undefined ? it(title, body) : it.skip(`${title} [${lack}]`, body)),
  };
}
