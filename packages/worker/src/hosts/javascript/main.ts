/**
 * The JavaScript host of TaskVine: a library (docs/LIBRARY-PROTOCOL.md) that calls the functions which a module exports.
 * Started by a worker as `node main.js library.json`.
 */
import { createConnection, type Socket } from "node:net";
import type { Piscina } from "piscina";
import { BadLibraryFrame, LibraryFrameReader } from "../../library/frames/frame-reader.js";
import { isCall, readJsonHeader } from "./call-header.js";
import { jsonFrame } from "./frames.js";
import { Host } from "./host.js";
import { type HostSettings, readSettings, StartError } from "./settings.js";
import type { ValueRoom } from "./thread/run-call.js";
import { ThreadPools } from "./thread-pools.js";

const PROTOCOL = 1;
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** What can be called, once each thread has loaded the module. */
async function load(pool: Piscina): Promise<readonly string[]> {
  const threads = Array.from({ length: pool.maxThreads }, () => pool.run(undefined, { name: "describe" }));
  const [names] = (await Promise.all(threads)) as (readonly string[])[];
  return names ?? [];
}

function hello({ token, slots }: HostSettings, functions: readonly string[]): Buffer {
  return jsonFrame({
    type: "hello",
    protocol: PROTOCOL,
    token,
    slots,
    pid: process.pid,
    functions,
    encodings: ["json", "v8"],
    cancel: true,
    compact: true,
    compactValues: true,
    host: `Node.js ${process.versions.node}`,
  });
}

function serve(pools: ThreadPools, socket: Socket): void {
  const reader = new LibraryFrameReader();
  let host: Host | undefined;
  socket.on("data", (chunk: Buffer) => {
    const frames = reader.push(chunk);
    const [first] = frames;
    if (host !== undefined) return host.receive(frames);
    if (first === undefined) return;
    host = new Host(pools, socket, roomOf(first.header), (code) => leave(socket, code));
    host.receive(frames.slice(1));
  });
  socket.on("close", () => process.exit(0));
  socket.on("error", (error) => {
    if (error instanceof BadLibraryFrame) console.error(`the worker broke the protocol: ${error.message}`);
    process.exit(1);
  });
}

function roomOf(header: Buffer): ValueRoom {
  const said = readJsonHeader(header);
  if (!isCall(said) && said.type === "welcome") {
    return { inlineBytes: said.inlineBytes ?? MAX_BODY_BYTES, valueFiles: said.valueFiles };
  }
  throw new StartError(`the worker refused the library: ${isCall(said) ? "" : (said.message ?? said.type)}`);
}

/** After what is on its way to the worker. */
function leave(socket: Socket, code: number): void {
  socket.end(() => process.exit(code));
}

function fail(error: unknown): never {
  console.error(error instanceof StartError ? `the library cannot start: ${error.message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const settings = readSettings(process.argv[2] ?? "library.json", process.env);
  const pools = new ThreadPools(settings);
  const functions = await load(pools.usual.pool);
  const socket = createConnection(settings.socket);
  serve(pools, socket);
  socket.write(hello(settings, functions));
}

process.on("uncaughtException", fail);
main().catch(fail);
