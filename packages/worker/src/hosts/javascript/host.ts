import type { Socket } from "node:net";
import type { LibraryFrame } from "../../library/frames/frame-reader.js";
import { isCall, isCompactCall, type OtherHeader, readCompactCall, readJsonHeader } from "./call-header.js";
import { jsonFrame } from "./frames.js";
import { type GroupEnd, type HeldCall, Lane } from "./lane.js";
import { ProcessEnded } from "./limited-processes.js";
import { Pace } from "./pace.js";
import type { ValueRoom } from "./thread/run-call.js";
import type { ThreadPools, Threads } from "./thread-pools.js";
import { WaitingCalls } from "./waiting-calls.js";

/** While groups run, the host looks this often for answers that wait behind a call that takes long. */
const LOOK_MS = 2;
/** Threads that may end in a row without having begun a call. */
const MOST_BAD_STARTS = 3;

interface Stop {
  readonly kind: "cancelled" | "timeout";
  readonly message: string;
}

/** Hands calls to threads and their answers to the worker. */
export class Host {
  readonly #socket: Socket;
  readonly #pools: ThreadPools;
  readonly #room: ValueRoom;
  readonly #lanes: readonly Lane[];
  readonly #free: Lane[];
  readonly #waiting = new WaitingCalls();
  readonly #pace = new Pace();
  readonly #stops = new Map<HeldCall, Stop>();
  readonly #timers = new Map<HeldCall, NodeJS.Timeout>();
  #look: NodeJS.Timeout | undefined;
  #badStarts = 0;
  #isEnding = false;
  readonly #onEnd: (exitCode: number) => void;

  /** `onEnd` is called once there is nothing more to do. */
  constructor(pools: ThreadPools, socket: Socket, room: ValueRoom, onEnd: (exitCode: number) => void) {
    this.#socket = socket;
    this.#room = room;
    this.#lanes = Array.from({ length: pools.usual.pool.maxThreads }, () => new Lane());
    this.#pools = pools;
    this.#free = [...this.#lanes];
    this.#onEnd = onEnd;
  }

  receive(frames: readonly LibraryFrame[]): void {
    for (const frame of frames) this.#take(frame);
    this.#dispatch();
  }

  #take(frame: LibraryFrame): void {
    const { header } = frame;
    const waited = this.#free.length <= this.#waiting.size;
    if (isCompactCall(header)) {
      const { id, function: name } = readCompactCall(frame);
      this.#waiting.add({ id, function: name, frame, wallMs: undefined, memory: undefined, waited });
      return;
    }
    const said = readJsonHeader(header);
    if (isCall(said)) {
      const { id, function: name, limits: { wallMs, memory } = {} } = said;
      this.#waiting.add({ id, function: name, frame, wallMs, memory, waited });
    } else this.#obey(said);
  }

  #obey(said: OtherHeader): void {
    if (said.type === "end") this.#isEnding = true;
    else if (said.id === undefined) return;
    else if (said.type === "cancel")
      this.#stop(said.id, { kind: "cancelled", message: "the call was cancelled" });
    else if (said.type === "withdraw") {
      const call = this.#takeUnbegun(said.id);
      if (call !== undefined) this.#answerStopped(call, { kind: "cancelled", message: "it had not begun" });
    }
  }

  #dispatch(): void {
    for (
      let lane = this.#free.at(-1);
      lane !== undefined && this.#waiting.size > 0;
      lane = this.#free.at(-1)
    ) {
      const group = this.#waiting.takeGroup(this.#pace, this.#free.length);
      this.#free.pop();
      void this.#run(lane, group);
    }
    if (this.#isEnding && this.#waiting.size === 0 && this.#free.length === this.#lanes.length)
      this.#onEnd(0);
  }

  async #run(lane: Lane, group: readonly HeldCall[]): Promise<void> {
    const [first] = group;
    if (group.length > 1) this.#lookSoon();
    else if (first?.waited === true) this.#socket.write(jsonFrame({ type: "started", id: first.id }));
    for (const call of group) this.#limit(call);
    const threads = this.#pools.take(first?.memory);
    const end = await lane.run(threads.pool, group, this.#room);
    this.#pools.release(threads);
    for (const call of group) this.#unlimit(call);
    this.#settle(end, threads);
    this.#free.push(lane);
    this.#dispatch();
  }

  #settle(end: GroupEnd, { heapMb }: Threads): void {
    for (const { call, wallUs } of end.answered) this.#pace.note(call.function, wallUs);
    for (const bytes of end.answers) this.#socket.write(bytes);
    if (end.broken !== undefined) this.#fail(end.broken, end.error);
    const isBadStart = end.error !== undefined && end.broken === undefined && end.answered.length === 0;
    if (isBadStart && heapMb !== undefined) {
      for (const call of end.left) this.#fail(call, end.error);
      return;
    }
    this.#waiting.putBack(end.left);
    this.#badStarts = isBadStart ? this.#badStarts + 1 : 0;
    if (this.#badStarts < MOST_BAD_STARTS) return;
    console.error("threads of the library end before they run a call:", end.error);
    this.#onEnd(1);
  }

  /** The thread ended while it ran this call. */
  #fail(call: HeldCall, error: unknown): void {
    const stop = this.#stops.get(call) ?? brokenBy(error);
    this.#stops.delete(call);
    this.#socket.write(jsonFrame({ type: "error", id: call.id, traceback: "", ...stop }));
  }

  #limit(call: HeldCall): void {
    if (call.wallMs === undefined) return;
    const message = `the call ran longer than its limit of ${call.wallMs} ms`;
    const timer = setTimeout(() => this.#stop(call.id, { kind: "timeout", message }), call.wallMs);
    this.#timers.set(call, timer);
  }

  #unlimit(call: HeldCall): void {
    clearTimeout(this.#timers.get(call));
    this.#timers.delete(call);
  }

  #stop(id: number, stop: Stop): void {
    const call = this.#takeUnbegun(id);
    if (call !== undefined) return this.#answerStopped(call, stop);
    for (const lane of this.#lanes) {
      const running = lane.calls.find((one) => one.id === id);
      if (running !== undefined && lane.endThread(running)) this.#stops.set(running, stop);
    }
  }

  /** A call that waits, or that its thread has not come to. */
  #takeUnbegun(id: number): HeldCall | undefined {
    const waiting = this.#waiting.remove(id);
    if (waiting !== undefined) return waiting;
    for (const lane of this.#lanes) {
      const call = lane.calls.find((one) => one.id === id);
      if (call !== undefined && lane.drop(call)) return call;
    }
    return undefined;
  }

  #answerStopped(call: HeldCall, stop: Stop): void {
    this.#unlimit(call);
    this.#socket.write(jsonFrame({ type: "error", id: call.id, traceback: "", ...stop }));
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      for (const lane of this.#lanes) this.#lookAt(lane);
    }, LOOK_MS);
  }

  #lookAt(lane: Lane): void {
    if (lane.calls.length < 2) return;
    const answers = lane.takeAnswers();
    if (answers !== undefined) this.#socket.write(answers);
    this.#lookSoon();
  }
}

interface Breakdown {
  readonly kind: "crash" | "memory";
  readonly message: string;
  readonly exitCode?: number;
  readonly signal?: string;
}

function brokenBy(error: unknown): Breakdown {
  if (error instanceof ProcessEnded) {
    const { kind, message, exitCode, signal } = error;
    return { kind, message, ...(exitCode === undefined ? {} : { exitCode }), ...(signal && { signal }) };
  }
  if (!(error instanceof Error))
    return { kind: "crash", message: `the thread of the call ended: ${String(error)}` };
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY") {
    return { kind: "memory", message: `the thread of the call ran out of memory: ${error.message}` };
  }
  const exit = /exited with code: (\d+)/.exec(error.message);
  const exitCode = exit === null ? {} : { exitCode: Number(exit[1]) };
  return { kind: "crash", message: `the thread of the call ended: ${error.message}`, ...exitCode };
}
