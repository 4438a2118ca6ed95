/**
 * The launcher: a small process that starts the tasks of one worker, so that the price of a fork does not grow with the
 * worker's memory and the worker's event loop never waits for one. Talks over descriptor 3; when that closes, however
 * the worker ended, it ends all tasks, removes their sandboxes and itself.
 */
import { existsSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { removeTree } from "../sandbox/remove-tree.js";
import { FrameWriter } from "./frame-writer.js";
import { FrameReader } from "./frames.js";
import { Launcher } from "./launcher.js";
import type { FromLauncher, Setup, ToLauncher } from "./messages.js";

const MAX_REMOVALS = 20;
const DYING_MS = 50;

const socket = new Socket({ fd: 3, readable: true, writable: true });
const writer = new FrameWriter<FromLauncher>(socket);
const reader = new FrameReader<ToLauncher>();
let setup: Setup | undefined;
let launcher: Launcher | undefined;

function receive(message: ToLauncher): void {
  if (message.type === "setup") {
    setup = message;
    launcher = new Launcher(message, say);
  } else if (message.type === "start") launcher?.start(message);
  else launcher?.kill(message);
}

/** A quick task's start is told with its end. */
function say(message: FromLauncher): void {
  if (message.type === "started") writer.sendPatiently(message);
  else writer.send(message);
}

async function leave(): Promise<void> {
  launcher?.close();
  if (setup !== undefined) await Promise.all([setup.root, setup.socketFolder].map(removeAll));
  process.exit(0);
}

/** A process that is being killed may still make a file while we remove: then we begin again. */
async function removeAll(root: string): Promise<void> {
  for (let count = 0; count < MAX_REMOVALS && existsSync(root); count += 1) {
    await removeTree(root);
    if (existsSync(root)) await sleep(DYING_MS);
  }
}

socket.on("data", (chunk: Buffer) => reader.push(chunk).forEach(receive));
socket.on("error", () => undefined);
socket.once("close", () => void leave());
// A terminal's Ctrl-C or a shutdown is the worker's business: we end when it does.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
