import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const VINE = fileURLToPath(new URL("bin/vine.js", import.meta.resolve("taskvine/package.json")));

/** Exit code of `vine worker`. */
const DIRECTORY_IN_USE = 5;

export interface LocalWorkersOptions {
  readonly count: number;
  /** Of the manager. */
  readonly connectionFile: string;
  /** Where each has a directory of its own; they stay there, with the files that live forever. */
  readonly folder: string;
}

/** `vine worker` processes on this machine, one core each. Ended by `stop`, and by the end of this process. */
export class LocalWorkers implements AsyncDisposable {
  /** Rejects as soon as one ends that nobody told to. */
  readonly failed: Promise<never>;
  /** Bytes that they took from each other by a link in the file system, not over the network. */
  linkedBytes = 0;
  readonly #children: ChildProcess[];
  readonly #exits: Promise<unknown>[];
  #isStopping = false;
  #fail!: (error: Error) => void;

  constructor({ count, connectionFile, folder }: LocalWorkersOptions) {
    this.failed = new Promise((_resolve, reject) => (this.#fail = reject));
    this.failed.catch(() => undefined);
    const names = Array.from({ length: count }, (_, at) => `worker-${at + 1}`);
    this.#children = names.map((name) => {
      const place = ["--connection-file", connectionFile, "--workdir", join(folder, name), "--keep-workdir"];
      const offer = ["--name", name, "--cores", "1", "--disk", "4GB"];
      const ends = ["--parent-death", "--connect-timeout", "60s"];
      const talk = ["--json", "--log-level", "error"];
      return spawn(process.execPath, [VINE, "worker", ...place, ...offer, ...ends, ...talk], {
        stdio: ["ignore", "pipe", "pipe"],
        // Ctrl-C is for us: we end them, once. Were we killed, --parent-death ends them.
        detached: true,
      });
    });
    this.#exits = this.#children.map((child) => this.#attend(child));
  }

  /** Ends them in good order. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const child of this.#children) child.kill("SIGTERM");
    await Promise.all(this.#exits);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #attend(child: ChildProcess): Promise<unknown> {
    let complaints = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    if (child.stdout !== null) createInterface(child.stdout).on("line", (line) => this.#hear(line));
    return once(child, "close").then(([code, signal]) => {
      if (this.#isStopping) return;
      const busy = "another quickstart is running: wait for its end";
      this.#fail(
        new Error(
          code === DIRECTORY_IN_USE
            ? busy
            : complaints.trim() || `a worker has ended (${String(signal ?? code)})`,
        ),
      );
    });
  }

  #hear(line: string): void {
    const news = JSON.parse(line) as {
      readonly type: string;
      readonly via?: string;
      readonly bytes?: number;
    };
    if (news.type === "file-ready" && news.via === "link") this.linkedBytes += news.bytes ?? 0;
  }
}
