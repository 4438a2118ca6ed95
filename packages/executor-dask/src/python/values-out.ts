import { type FileHandle, open } from "node:fs/promises";
import { type ExecutorMessage, VineError } from "@taskvine/core/executor";
import type { SharedFile, Values } from "../run/values.js";
import { ENVELOPE_START, envelopeStart, openEnvelope, REPORT } from "./envelope.js";
import type { ValueFiles } from "./value-files.js";

/** Bytes of one message, about. */
const MESSAGE_BYTES = 4 * 1024 * 1024;
/** Files on their way from the workers at a time. */
const MOST_FILES = 16;
const PLACE_HERE = 1;

/** In a file of values: where that of each node begins, then the length of its pickle and of each buffer of it. */
type Contents = Readonly<Record<string, readonly number[]>>;

/** Gives the values of nodes to the program: small ones many at a time, of large ones the file that they are in. */
export async function* valuesOf(
  nodes: readonly number[],
  values: Values,
  files: ValueFiles,
): AsyncGenerator<ExecutorMessage, void, undefined> {
  const small: { node: number; bytes: Uint8Array }[] = [];
  const large = new Map<SharedFile, number[]>();
  for (const node of nodes) {
    const place = values.place(node);
    if (place === undefined) throw new VineError("INTERNAL", `the value of node ${node} is nowhere`);
    if (place.type === "here") small.push({ node, bytes: place.bytes });
    else if (!large.get(place.file)?.push(node)) large.set(place.file, [node]);
  }
  yield* smallValues(small);
  const underway: Promise<ExecutorMessage>[] = [];
  for (const [shared, inside] of large) {
    const brought = bring(shared, inside, files);
    // Whoever comes before it may fail first.
    brought.catch(() => undefined);
    underway.push(brought);
    if (underway.length >= MOST_FILES) yield (await underway.shift()) as ExecutorMessage;
  }
  for (const brought of underway) yield await brought;
}

function* smallValues(
  values: readonly { readonly node: number; readonly bytes: Uint8Array }[],
): Generator<ExecutorMessage, void, undefined> {
  let from = 0;
  let size = 0;
  for (const [index, { bytes }] of values.entries()) {
    size += bytes.length;
    if (size < MESSAGE_BYTES && index + 1 < values.length) continue;
    const some = values.slice(from, index + 1);
    const body = {
      type: "values",
      nodes: some.map(({ node }) => node),
      sizes: some.map((one) => one.bytes.length),
    };
    yield { body, attachments: [Buffer.concat(some.map((one) => one.bytes))] };
    from = index + 1;
    size = 0;
  }
}

/** The message says where in the file each value begins, and how long its pickle and each of its buffers are. */
async function bring(
  { file }: SharedFile,
  nodes: readonly number[],
  files: ValueFiles,
): Promise<ExecutorMessage> {
  const { name, path } = await files.bring(file);
  const opened = await open(path);
  try {
    const values: number[][] = [];
    for (const node of nodes) {
      const { start, sizes } = await find(opened, node);
      values.push([node, start, ...sizes]);
    }
    return { body: { type: "file", file: name, path, values } };
  } finally {
    await opened.close();
  }
}

/** A value that was made anew may have become small: then the file is what a call said of it. */
async function find(
  file: FileHandle,
  node: number,
): Promise<{ readonly start: number; readonly sizes: readonly number[] }> {
  const first = await read(file, 0, ENVELOPE_START);
  if (first.toString("latin1", 1, 2) === REPORT) return findInReport(file, node);
  const begin = envelopeStart(first);
  const json = await read(file, ENVELOPE_START, begin - ENVELOPE_START);
  const entry = (JSON.parse(json.toString()) as Contents)[node];
  if (entry === undefined) throw new VineError("VALUE_LOST", `the value of node ${node} is not in its file`);
  const [offset = 0, ...sizes] = entry;
  return { start: begin + offset, sizes };
}

async function findInReport(
  file: FileHandle,
  node: number,
): Promise<{ readonly start: number; readonly sizes: readonly number[] }> {
  const { size } = await file.stat();
  const { head, body } = openEnvelope(REPORT, await read(file, 0, size));
  const { results } = head as { readonly results: readonly number[] };
  let start = size - body.length;
  for (let at = 0; at + 3 < results.length; at += 4) {
    const bytes = results[at + 2] ?? 0;
    if (results[at + 3] !== PLACE_HERE) continue;
    if (results[at] === node) return { start, sizes: [bytes] };
    start += bytes;
  }
  throw new VineError("VALUE_LOST", `the value of node ${node} is not in its file`);
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
