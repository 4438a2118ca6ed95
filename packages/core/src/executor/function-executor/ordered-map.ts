import { VineError } from "../../model/errors.js";
import type { CallEnd, CallRun } from "../host.js";

export interface MapOptions {
  /** Calls that are handed over, and given out, together. Default 100. */
  readonly chunkSize?: number;
  /** Calls that may be on their way or wait to be taken: more of `items` is read as values are taken. Default 2,000. */
  readonly inFlight?: number;
  readonly signal?: AbortSignal;
}

export interface MapWork {
  encode(args: readonly unknown[]): Uint8Array;
  decode(value: Uint8Array): unknown;
  call(args: readonly Uint8Array[], onEnd: (index: number, end: CallEnd) => void): CallRun;
}

const DEFAULT_CHUNK = 100;
const DEFAULT_IN_FLIGHT = 2_000;

/** Calls that were handed over together. */
interface Chunk {
  readonly run: CallRun;
  readonly ends: Promise<readonly CallEnd[]>;
}

/** Values in the order of the items, with so many calls in flight; whoever stops iterating cancels the rest. */
export async function* orderedMap(
  items: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  options: MapOptions,
  work: MapWork,
): AsyncGenerator<unknown, void, undefined> {
  const { chunkSize, chunksInFlight, signal } = resolved(options);
  const source = chunksOf(items, chunkSize);
  const chunks: Chunk[] = [];
  const cancel = (): void => {
    for (const { run } of chunks) run.cancel();
  };
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      await fill(chunks, { source, most: chunksInFlight, work });
      if (signal?.aborted === true) throw new VineError("CANCELLED", "the map was given up");
      const [first] = chunks;
      if (first === undefined) return;
      for (const end of await first.ends) yield valueOf(end, work);
      chunks.shift();
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
    cancel();
    await source.return();
  }
}

/** Begins as many as may be in flight. A source that has ended has nothing to give, however often it is asked. */
async function fill(
  chunks: Chunk[],
  from: { readonly source: ReturnType<typeof chunksOf>; readonly most: number; readonly work: MapWork },
): Promise<void> {
  while (chunks.length < from.most) {
    const next = await from.source.next();
    if (next.done === true) return;
    chunks.push(begin(next.value, from.work));
  }
}

function begin(items: readonly (readonly unknown[])[], work: MapWork): Chunk {
  const args = items.map((item) => work.encode(item));
  const ends = new Array<CallEnd>(args.length);
  let left = args.length;
  let tell!: (ends: readonly CallEnd[]) => void;
  const all = new Promise<readonly CallEnd[]>((resolve) => {
    tell = resolve;
  });
  const run = work.call(args, (index, end) => {
    ends[index] = end;
    left -= 1;
    if (left === 0) tell(ends);
  });
  return { run, ends: all };
}

function valueOf(end: CallEnd, work: MapWork): unknown {
  if (end.type === "failed") throw end.error;
  return work.decode(end.value);
}

async function* chunksOf(
  items: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  size: number,
): AsyncGenerator<readonly (readonly unknown[])[], void, undefined> {
  let chunk: (readonly unknown[])[] = [];
  for await (const item of items) {
    if (!Array.isArray(item))
      throw new VineError("BAD_ARGUMENT", "each item of a map is a list: the arguments of one call");
    chunk.push(item as readonly unknown[]);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function resolved({ chunkSize = DEFAULT_CHUNK, inFlight = DEFAULT_IN_FLIGHT, signal }: MapOptions): {
  readonly chunkSize: number;
  readonly chunksInFlight: number;
  readonly signal: AbortSignal | undefined;
} {
  for (const [name, value] of Object.entries({ chunkSize, inFlight })) {
    if (!Number.isInteger(value) || value < 1)
      throw new VineError("BAD_ARGUMENT", `${name} must be a whole number from 1, not ${String(value)}`);
  }
  const fitting = Math.min(chunkSize, inFlight);
  return { chunkSize: fitting, chunksInFlight: Math.max(1, Math.floor(inFlight / fitting)), signal };
}
