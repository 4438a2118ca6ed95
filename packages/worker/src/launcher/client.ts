import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { VineError } from "@taskvine/core/model";
import { FrameWriter } from "./frame-writer.js";
import { FrameReader } from "./frames.js";
import { type FromLauncher, MARKER, type Ready, type Setup, type ToLauncher } from "./messages.js";
import { WITH_LOCK_LIMIT } from "./processes/lock-limit.js";
import { modeBitsBind } from "./processes/proc.js";

export interface LauncherEvents {
  onMessage(message: FromLauncher): void;
  /** The launcher ended without being asked to. */
  onLost(): void;
}

const SCRIPT = fileURLToPath(new URL("./main.js", import.meta.url));
/** A small heap: what a fork costs grows with it. */
const NODE_FLAGS = ["--max-semi-space-size=1", "--max-old-space-size=128"];
/** Takes from the superuser, for all that is started below, the power to write where the mode bits say no. */
const WITHOUT_OVERRIDE = ["setpriv", "--bounding-set", "-dac_override"];
const CLOSE_MS = 5_000;

/** Our end of a launcher process. */
export class LauncherClient {
  readonly modeBitsBind: boolean;
  readonly #child: ChildProcess;
  readonly #link: Duplex;
  readonly #writer: FrameWriter<ToLauncher>;
  #closing = false;

  /** Starts a launcher and waits until it is set up. Rejects with SPAWN_FAILED. */
  static async start(setup: Setup, events: LauncherEvents): Promise<LauncherClient> {
    if (modeBitsBind()) return await connect([], setup, events);
    return await connect(WITHOUT_OVERRIDE, setup, events).catch(() => connect([], setup, events));
  }

  /** Use `start`. */
  constructor(child: ChildProcess, link: Duplex, writer: FrameWriter<ToLauncher>, ready: Ready) {
    this.modeBitsBind = ready.modeBitsBind;
    this.#child = child;
    this.#link = link;
    this.#writer = writer;
  }

  get closing(): boolean {
    return this.#closing;
  }

  send(message: ToLauncher): void {
    this.#writer.send(message);
  }

  /** Ends all tasks and the launcher; resolves when it has gone and the sandboxes with it. */
  async close(): Promise<void> {
    this.#closing = true;
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#link.destroy();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSE_MS);
    await gone;
    clearTimeout(timer);
  }
}

async function connect(
  prefix: readonly string[],
  setup: Setup,
  events: LauncherEvents,
): Promise<LauncherClient> {
  const mark = setup.lockLimit === 0 ? [] : [...WITH_LOCK_LIMIT, `${setup.lockLimit}`];
  const [program, ...args] = [...mark, ...prefix, process.execPath, ...NODE_FLAGS, SCRIPT];
  const child = spawn(program, args, {
    cwd: "/",
    detached: true,
    env: minimalEnvironment(),
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const link = child.stdio[3] as Duplex;
  const writer = new FrameWriter<ToLauncher>(link);
  writer.send(setup);
  const client: { ready?: LauncherClient } = {};
  return await new Promise<LauncherClient>((resolve, reject) => {
    const reader = new FrameReader<FromLauncher>();
    link.on("error", () => undefined); // its end is told by "exit"
    link.on("data", (chunk: Buffer) => {
      for (const message of reader.push(chunk)) {
        if (message.type !== "ready") events.onMessage(message);
        else resolve((client.ready = new LauncherClient(child, link, writer, message)));
      }
    });
    child.once("error", (cause) =>
      reject(new VineError("SPAWN_FAILED", `cannot start the launcher: ${cause.message}`, { cause })),
    );
    child.once("exit", (code, signal) => {
      link.destroy();
      if (client.ready === undefined)
        reject(new VineError("SPAWN_FAILED", `the launcher ended with ${signal ?? code}`));
      else if (!client.ready.closing) events.onLost();
    });
  });
}

/** No NODE_OPTIONS, no secrets; but the mark, should this worker be a task itself. */
function minimalEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const name of ["PATH", "HOME", "LANG", MARKER]) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  return env;
}
