import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ExecutorMessage, VineError } from "@taskvine/core/executor";
import type { Values } from "../run/values.js";
import { ENVELOPE_START, envelopeStart, openEnvelope, REPORT } from "./envelope.js";

/** Bytes of one message, about. */
const PIECE_BYTES = 4 * 1024 * 1024;
const PLACE_HERE = 1;

/** In a file of values: where that of each node begins, then the length of its pickle and of each buffer of it. */
type Contents = Readonly<Record<string, readonly number[]>>;

/** Sends the values of nodes to the program: small ones many at a time, large ones in pieces. */
export async function* valuesOf(
  nodes: readonly number[],
  values: Values,
  folder: string,
): AsyncGenerator<ExecutorMessage, void, undefined> {
  let small: { node: number; bytes: Uint8Array }[] = [];
  let size = 0;
  for (const node of nodes) {
    const place = values.place(node);
    if (place === undefined) throw new VineError("INTERNAL", `the value of node ${node} is nowhere`);
    if (place.type === "file") {
      const path = join(folder, `dask-value-${place.file.file.id}-${node}`);
      try {
        await place.file.file.saveTo(path);
        yield* piecesOf(node, path);
      } finally {
        await rm(path, { force: true });
      }
      continue;
    }
    small.push({ node, bytes: place.bytes });
    size += place.bytes.length;
    if (size < PIECE_BYTES) continue;
    yield smallValues(small);
    small = [];
    size = 0;
  }
  if (small.length > 0) yield smallValues(small);
}

function smallValues(
  values: readonly { readonly node: number; readonly bytes: Uint8Array }[],
): ExecutorMessage {
  const body = {
    type: "values",
    nodes: values.map(({ node }) => node),
    sizes: values.map(({ bytes }) => bytes.length),
  };
  return { body, attachments: [Buffer.concat(values.map(({ bytes }) => bytes))] };
}

async function* piecesOf(node: number, path: string): AsyncGenerator<ExecutorMessage, void, undefined> {
  const file = await open(path);
  try {
    const { start, sizes } = await find(file, node);
    const end = start + sizes.reduce((sum, size) => sum + size, 0);
    for (let at = start; at < end || at === start; at += PIECE_BYTES) {
      const bytes = await read(file, at, Math.min(PIECE_BYTES, end - at));
      const isLast = at + PIECE_BYTES >= end;
      yield { body: { type: "piece", node, sizes, isLast }, attachments: [bytes] };
    }
  } finally {
    await file.close();
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
