/**
 * A library without a host of ours, in plain Node, for tests: one connection, as many slots as it was asked for.
 * ECHO_PROCESSES: so many children connect instead, with one slot each; one that dies is replaced.
 */
import { fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

interface CallHeader {
  readonly type: string;
  readonly id: number;
  readonly function: string;
  readonly args?: readonly unknown[];
  readonly inputs?: readonly {
    readonly name: string;
    readonly path?: string;
    readonly attachment?: number;
  }[];
  readonly sandbox?: string;
  readonly valueFile?: string;
  readonly path?: string;
  readonly name?: string;
}

const children = Number(process.env["ECHO_PROCESSES"] ?? 0);
const isChild = process.argv[2] === "child";
const isCompact = process.env["ECHO_COMPACT"] === "1";
const functions = new Map<string, string>();

const socket = children > 0 && !isChild ? undefined : connect(process.env["VINE_LIBRARY_SOCKET"] ?? "");
const replies: Buffer[] = [];

function say(header: object, body: Uint8Array = new Uint8Array(0)): void {
  if (replies.length === 0) setImmediate(flush);
  const text = Buffer.from(JSON.stringify(header));
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(text.length, 0);
  sizes.writeUInt32BE(body.length, 4);
  replies.push(sizes, text, Buffer.from(body));
}

function flush(): void {
  socket?.write(Buffer.concat(replies.splice(0)));
}

const kept: (() => void)[] = [];

const FUNCTIONS: Record<string, (header: CallHeader, body: Buffer) => void> = {
  echo: ({ id, args = [] }) => say({ type: "result", id, value: args[0] ?? null }),
  fail: ({ id }) =>
    say({ type: "error", id, kind: "exception", message: "ValueError: no", traceback: "line 1" }),
  exit: ({ args = [] }) => process.exit(Number(args[0] ?? 1)),
  block: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  hold: ({ id }) => kept.push(() => say({ type: "result", id, value: "released" })),
  release: ({ id }) => {
    kept.splice(0).forEach((one) => one());
    say({ type: "result", id, value: null });
  },
  large: ({ id, args = [] }) => say({ type: "result", id }, Buffer.alloc(Number(args[0]), "x")),
  file: ({ id, args = [], valueFile = "" }) => {
    writeFileSync(valueFile, "y".repeat(Number(args[0])));
    say({ type: "result", id, file: true });
  },
  /** Begins to write its value, and comes to an end of the kind that is named. */
  half: ({ id, args: [kind] = [], valueFile = "" }) => {
    writeFileSync(valueFile, "z".repeat(1_000));
    if (kind === "exit") process.exit(1);
    say({ type: "error", id, kind, message: "no room" });
  },
  print: ({ id }) =>
    say({ type: "result", id, value: null, stdout: "said\n", wallUs: 1500, cpuUs: 1000, memory: 4096 }),
  read: ({ id, inputs = [] }, body) => {
    const [input] = inputs;
    const text = input?.path === undefined ? body.toString() : readFileSync(input.path, "utf8");
    say({ type: "result", id, value: text });
  },
  upper: ({ id, sandbox = "" }) => {
    writeFileSync(join(sandbox, "out"), readFileSync(join(sandbox, "in"), "utf8").toUpperCase());
    say({ type: "result", id, value: "done" });
  },
  pid: ({ id }) => say({ type: "result", id, value: process.pid }),
};

function handle(header: CallHeader, body: Buffer): void {
  if (header.type === "function") functions.set(header.name ?? "", readFileSync(header.path ?? "", "utf8"));
  else if (header.type === "call") {
    const run = FUNCTIONS[functions.get(header.function) ?? header.function];
    if (run !== undefined) run(header, body);
    else say({ type: "error", id: header.id, kind: "unknown-function", message: `no ${header.function}` });
  } else if (header.type === "end") process.exit(0);
}

/** A compact no-op: what came goes back. */
function echoCompact(header: Buffer, body: Buffer): void {
  if (replies.length === 0) setImmediate(flush);
  const reply = Buffer.alloc(8 + 18);
  reply.writeUInt32BE(18, 0);
  reply.writeUInt32BE(body.length, 4);
  reply[8] = 2;
  reply[9] = header[1] ?? 1;
  header.copy(reply, 10, 2, 6);
  reply.writeUInt32BE(1, 14);
  replies.push(reply, body);
}

let rest: Buffer = Buffer.alloc(0);
socket?.on("data", (chunk: Buffer) => {
  rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  let at = 0;
  while (rest.length - at >= 8) {
    const bodyAt = at + 8 + rest.readUInt32BE(at);
    const end = bodyAt + rest.readUInt32BE(at + 4);
    if (rest.length < end) break;
    const header = rest.subarray(at + 8, bodyAt);
    if (header[0] === 0x7b) handle(JSON.parse(header.toString()) as CallHeader, rest.subarray(bodyAt, end));
    else echoCompact(header, Buffer.from(rest.subarray(bodyAt, end)));
    at = end;
  }
  rest = rest.subarray(at);
});
socket?.on("close", () => process.exit(0));

function startChild(): void {
  const child = fork(process.argv[1] ?? "", ["child"]);
  child.once("exit", startChild);
}

if (process.env["ECHO_SILENT"] === "1") setInterval(() => undefined, 1_000);
else if (socket === undefined) for (let count = 0; count < children; count += 1) startChild();
else {
  const slots = isChild ? 1 : Number(process.env["VINE_LIBRARY_SLOTS"]);
  const token = process.env["VINE_LIBRARY_TOKEN"];
  const offer = { functions: Object.keys(FUNCTIONS), encodings: ["json"], compact: isCompact };
  say({ type: "hello", protocol: 1, token, slots, pid: process.pid, ...offer });
}
