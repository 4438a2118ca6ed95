/** A library that breaks the protocol in the way that HOSTILE says, for tests. */
import { symlinkSync } from "node:fs";
import { connect } from "node:net";

const way = process.env["HOSTILE"];
const socket = connect(process.env["VINE_LIBRARY_SOCKET"] ?? "");

function say(header: object | string): void {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(text.length, 0);
  socket.write(Buffer.concat([sizes, text]));
}

const truth = {
  type: "hello",
  protocol: 1,
  token: process.env["VINE_LIBRARY_TOKEN"],
  slots: 1,
  pid: process.pid,
  functions: ["f"],
};
const hellos: Record<string, object | string> = {
  garbage: "no JSON",
  token: { ...truth, token: "guessed" },
  protocol: { ...truth, protocol: 99 },
  early: { type: "result", id: 1, value: 1 },
  pid: { ...truth, pid: Number(process.env["HOSTILE_PID"]), cancel: true },
  bounds: { ...truth, slots: 1e9, functions: Array.from({ length: 20_000 }, (_, at) => `f${at}`) },
};

/** What it does with a call. */
function answer({ id, valueFile = "" }: { readonly id: number; readonly valueFile?: string }): void {
  if (way === "log")
    for (let at = 0; at < 2_000; at += 1)
      say({ type: "log", level: "info", message: `${at} `.padEnd(1_000, "x") });
  if (way === "ids")
    for (const other of [0, id + 1, -1, 1e20, "x"]) say({ type: "result", id: other, value: "wrong" });
  if (way === "link") {
    symlinkSync("/etc/passwd", valueFile);
    say({ type: "result", id, file: true });
  } else if (way !== "pid") {
    say({ type: "result", id, value: "right", wallUs: 1e300, stdout: 5 });
    say({ type: "result", id, value: "again" });
  }
}

let rest: Buffer = Buffer.alloc(0);
socket.on("data", (chunk: Buffer) => {
  rest = Buffer.concat([rest, chunk]);
  while (rest.length >= 8) {
    const end = 8 + rest.readUInt32BE(0) + rest.readUInt32BE(4);
    if (rest.length < end) return;
    const header = JSON.parse(rest.toString("utf8", 8, 8 + rest.readUInt32BE(0))) as {
      type: string;
      id: number;
    };
    rest = rest.subarray(end);
    if (header.type === "call") answer(header);
  }
});
socket.on("close", () => undefined);
setInterval(() => undefined, 10_000); // it stays, whatever is said to it
say(hellos[way ?? ""] ?? truth);
