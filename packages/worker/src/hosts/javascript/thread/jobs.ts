/**
 * What runs in the threads of the JavaScript host: groups of calls, one call after the other. Loaded once by each thread,
 * which loads the user's module at once.
 */
import { workerData } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { LibraryFrameReader } from "../../../library/frames/frame-reader.js";
import { readCallHeader } from "../call-header.js";
import { LaneMemory } from "../lane-memory.js";
import { type LibraryPlace, type LoadedLibrary, loadLibrary } from "./library.js";
import { collectPrints } from "./printed.js";
import { runCall, type ValueRoom } from "./run-call.js";

/** Calls for one thread. */
export interface Group {
  /** Of a LaneMemory. */
  readonly shared: SharedArrayBuffer;
  /** Frames of calls, one after the other. */
  readonly frames: Uint8Array;
  readonly room: ValueRoom;
}

/** An answer without room in the shared memory: the group ended with it. */
export interface Overflow {
  readonly index: number;
  readonly frame: Uint8Array;
  readonly wallUs: number;
}

/** What is wrong with loading, kept until somebody asks. */
type Loaded =
  | { readonly ok: true; readonly library: LoadedLibrary }
  | { readonly ok: false; readonly error: unknown };

collectPrints();
const loading: Promise<Loaded> = loadLibrary(placeOf(workerData)).then(
  (library) => ({ ok: true, library }),
  (error: unknown) => ({ ok: false, error }),
);

/** Piscina passes its own data beside ours. */
function placeOf(data: unknown): LibraryPlace {
  return (Array.isArray(data) ? data.at(-1) : data) as LibraryPlace;
}

/** Functions that can be called. Rejects with what prevented the module from loading. */
export async function describe(): Promise<readonly string[]> {
  return (await library()).names();
}

async function library(): Promise<LoadedLibrary> {
  const loaded = await loading;
  if (loaded.ok) return loaded.library;
  throw loaded.error;
}

export async function runGroup({ shared, frames, room }: Group): Promise<Overflow | undefined> {
  const loaded = await library();
  const memory = new LaneMemory(shared);
  const calls = new LibraryFrameReader().push(Buffer.from(frames.buffer, frames.byteOffset, frames.length));
  for (const [index, call] of calls.entries()) {
    if (!memory.begin(index)) continue;
    const running = runCall(loaded, readCallHeader(call), call.body, room);
    const { frame, wallUs } = running instanceof Promise ? await running : running;
    if (!memory.answer(index, frame, wallUs)) return overflow(index, frame, wallUs);
  }
  return undefined;
}

/** The frame's memory moves to the host; that of a small one is part of a larger piece, and stays. */
function overflow(index: number, frame: Buffer, wallUs: number): Overflow {
  const said = { index, frame, wallUs };
  if (frame.length !== frame.buffer.byteLength) return said;
  return move({ [transferableSymbol]: [frame.buffer], [valueSymbol]: said }) as unknown as Overflow;
}
