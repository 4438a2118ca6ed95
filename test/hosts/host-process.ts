import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { HostConnection } from "./host-connection.js";

const WORKER = resolve(fileURLToPath(new URL("../../../packages/worker", import.meta.url)));
const COMMANDS = {
  python: ["python3", join(WORKER, "hosts/python/vine_host.py")],
  javascript: [process.execPath, join(WORKER, "dist/hosts/javascript/main.js")],
} as const;
const TOKEN = "a token";

export interface HostOptions {
  readonly host: keyof typeof COMMANDS;
  /** library.json. */
  readonly library: object;
  /** Beside it. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A host that came with the worker, and a socket that pretends to be a worker's. */
export class HostProcess {
  readonly folder: string;
  readonly #server: Server;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #connections: HostConnection[] = [];
  readonly #unseen: HostConnection[] = [];
  #log = "";

  private constructor(folder: string, server: Server, child: ChildProcess) {
    this.folder = folder;
    this.#server = server;
    this.#process = child;
    this.#exited = once(child, "exit");
    child.stderr?.on("data", (text: Buffer) => (this.#log += text.toString()));
    child.stdout?.on("data", (text: Buffer) => (this.#log += text.toString()));
    server.on("connection", (socket) => {
      const connection = new HostConnection(socket);
      this.#connections.push(connection);
      this.#unseen.push(connection);
    });
  }

  static async start({ host, library, files = {}, env = {} }: HostOptions): Promise<HostProcess> {
    const folder = await mkdtemp(join(tmpdir(), "vine-host-"));
    const all = { ...files, "library.json": JSON.stringify(library) };
    await Promise.all(Object.entries(all).map(([name, text]) => writeFile(join(folder, name), text)));
    const socket = join(folder, "socket");
    const server = createServer().listen(socket);
    await once(server, "listening");
    const [command, script] = COMMANDS[host];
    const child = spawn(command, [script, "library.json"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: "1",
        VINE_LIBRARY_SOCKET: socket,
        VINE_LIBRARY_TOKEN: TOKEN,
        VINE_LIBRARY_NAME: "numbers",
        ...env,
      },
    });
    return new HostProcess(folder, server, child);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** What it wrote to its standard output and error. */
  get log(): string {
    return this.#log;
  }

  /** The next connection of the host, greeted. Rejects when the host ends instead. */
  async connection(): Promise<HostConnection> {
    while (this.#unseen.length === 0) {
      await Promise.race([once(this.#server, "connection"), this.#failed()]);
    }
    const connection = this.#unseen.shift();
    if (connection === undefined) throw new Error("no connection");
    return connection.greet(join(this.folder, "value-"));
  }

  /** Exit code, once it has ended and all that it wrote was read. */
  async exit(): Promise<number | null> {
    await this.#exited;
    return this.#process.exitCode;
  }

  /** What a worker's end means for the host. */
  leave(): void {
    this.#server.close();
    for (const connection of this.#connections) connection.end();
  }

  async end(): Promise<void> {
    this.leave();
    this.#process.kill("SIGKILL");
    await this.#exited;
    await rm(this.folder, { recursive: true, force: true });
  }

  async #failed(): Promise<never> {
    await this.#exited;
    throw new Error(`the host ended with ${this.#process.exitCode}: ${this.#log}`);
  }
}
