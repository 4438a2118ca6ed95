import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type LibraryFrame, LibraryFrameReader } from "../../library/frames/frame-reader.js";
import type { Runner } from "./lane.js";
import { LaneMemory } from "./lane-memory.js";
import type { Group, Overflow } from "./thread/jobs.js";
import type { LibraryPlace } from "./thread/library.js";
import type { FromProcess, ToProcess } from "./thread/process.js";
import type { RunCall, ValueRoom } from "./thread/run-call.js";

const PROCESS = fileURLToPath(new URL("./thread/process.js", import.meta.url));
const MEBIBYTE = 1024 * 1024;
const KIBIBYTE = 1024;
/** How often the memory of a process with a call is looked at. */
const LOOK_MS = 10;
/** What the engine takes beside objects that are in use: its nursery, code, and what it has not collected yet. */
const ENGINE_BYTES = 64 * MEBIBYTE;
/** A process is kept for the next call of the same limit for so long. */
const IDLE_MS = 10_000;
/** How V8 ends a process that cannot have what it asks for. */
const ABORTS: readonly (NodeJS.Signals | null)[] = ["SIGABRT", "SIGTRAP", "SIGILL"];

/** A process ended, and the call that it ran with it. */
export class ProcessEnded extends Error {
  readonly kind: "crash" | "memory";
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;

  constructor(kind: "crash" | "memory", message: string, code: number | null, signal: NodeJS.Signals | null) {
    super(message);
    this.kind = kind;
    this.exitCode = code ?? undefined;
    this.signal = signal ?? undefined;
  }
}

/** Processes for calls with one limit of memory. Whatever a call does to its own, the host and other calls go on. */
export class LimitedProcesses implements Runner {
  readonly #place: LibraryPlace;
  readonly #heapMb: number;
  readonly #idle = new Map<LimitedProcess, NodeJS.Timeout>();
  #isDestroyed = false;

  constructor(place: LibraryPlace, heapMb: number) {
    this.#place = place;
    this.#heapMb = heapMb;
  }

  async run({ shared, frames, room }: Group, { signal }: { readonly signal: AbortSignal }): Promise<unknown> {
    const one = this.#take();
    const end = (): void => one.end();
    signal.addEventListener("abort", end, { once: true });
    try {
      await one.ready;
      const calls = new LibraryFrameReader().push(
        Buffer.from(frames.buffer, frames.byteOffset, frames.length),
      );
      return await runAll(one, calls, { memory: new LaneMemory(shared), room });
    } finally {
      signal.removeEventListener("abort", end);
      this.#keep(one);
    }
  }

  destroy(): Promise<void> {
    this.#isDestroyed = true;
    for (const one of this.#idle.keys()) this.#end(one);
    return Promise.resolve();
  }

  #take(): LimitedProcess {
    for (const [one, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(one);
      if (!one.hasEnded) return one;
    }
    return new LimitedProcess(this.#place, this.#heapMb);
  }

  #keep(one: LimitedProcess): void {
    if (one.hasEnded || this.#isDestroyed) this.#end(one);
    else this.#idle.set(one, setTimeout(() => this.#end(one), IDLE_MS).unref());
  }

  #end(one: LimitedProcess): void {
    clearTimeout(this.#idle.get(one));
    this.#idle.delete(one);
    one.end();
  }
}

async function runAll(
  one: LimitedProcess,
  calls: readonly LibraryFrame[],
  { memory, room }: { readonly memory: LaneMemory; readonly room: ValueRoom },
): Promise<Overflow | undefined> {
  for (const [index, call] of calls.entries()) {
    if (!memory.begin(index)) continue;
    const { frame, wallUs } = await one.call(call, room);
    if (!memory.answer(index, frame, wallUs)) return { index, frame, wallUs };
  }
  return undefined;
}

const running = new Set<LimitedProcess>();
process.once("exit", () => {
  for (const one of running) one.end();
});

interface Waiting<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

class LimitedProcess {
  /** Resolves when it has loaded the module. */
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #bytes: number;
  #loading: Waiting<void> | undefined;
  #calling: Waiting<RunCall> | undefined;
  #watch: NodeJS.Timeout | undefined;
  #loadedBytes = 0;
  #isTooLarge = false;
  #complaint: string | undefined;
  #ended: ProcessEnded | undefined;

  constructor(place: LibraryPlace, heapMb: number) {
    this.#bytes = heapMb * MEBIBYTE;
    this.ready = new Promise((resolve, reject) => {
      this.#loading = { resolve, reject };
    });
    this.#child = fork(PROCESS, [JSON.stringify(place)], {
      execArgv: [`--max-old-space-size=${heapMb}`],
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    running.add(this);
    this.#child.on("message", (said) => this.#hear(said as FromProcess));
    this.#child.once("error", (error) => this.#over(new ProcessEnded("crash", error.message, null, null)));
    this.#child.once("exit", (code, signal) => this.#over(this.#why(code, signal)));
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Its answer. Rejects when the process ends before it. */
  call({ header, body }: LibraryFrame, room: ValueRoom): Promise<RunCall> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#watch = setInterval(() => this.#look(), LOOK_MS);
    return new Promise((resolve, reject) => {
      this.#calling = { resolve, reject };
      const call: ToProcess = { header, body, room };
      // What comes of it is told by its end.
      this.#child.send(call, () => undefined);
    });
  }

  end(): void {
    if (this.#ended === undefined) this.#child.kill("SIGKILL");
  }

  #hear(said: FromProcess): void {
    if (said.type === "complaint") this.#complaint = said.message;
    else if (said.type === "ready") {
      this.#loadedBytes = residentBytes(this.#child.pid);
      this.#loading?.resolve();
    } else {
      clearInterval(this.#watch);
      const { frame, wallUs } = said;
      this.#calling?.resolve({ frame: Buffer.from(frame.buffer, frame.byteOffset, frame.length), wallUs });
      this.#calling = undefined;
    }
  }

  #look(): void {
    if (residentBytes(this.#child.pid) <= this.#loadedBytes + this.#bytes + ENGINE_BYTES) return;
    this.#isTooLarge = true;
    this.end();
  }

  #over(end: ProcessEnded): void {
    this.#ended ??= end;
    running.delete(this);
    clearInterval(this.#watch);
    // Nobody may wait for it any more.
    this.ready.catch(() => undefined);
    this.#loading?.reject(this.#ended);
    this.#calling?.reject(this.#ended);
  }

  #why(code: number | null, signal: NodeJS.Signals | null): ProcessEnded {
    const limit = `its limit of ${this.#bytes / MEBIBYTE} MiB`;
    if (this.#isTooLarge)
      return new ProcessEnded("memory", `the call used more memory than ${limit}`, code, signal);
    if (ABORTS.includes(signal))
      return new ProcessEnded("memory", `the call asked for more memory than ${limit}`, code, signal);
    const how = this.#complaint ?? (signal === null ? `it exited with ${code}` : `${signal} ended it`);
    return new ProcessEnded("crash", `the process of the call ended: ${how}`, code, signal);
  }
}

/** 0 where the system does not tell. */
function residentBytes(pid: number | undefined): number {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kib ?? 0) * KIBIBYTE;
  } catch {
    return 0;
  }
}
