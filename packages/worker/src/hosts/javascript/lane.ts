import type { LibraryFrame } from "../../library/frames/frame-reader.js";
import { gather } from "./frames.js";
import { CALL_ANSWERED, CALL_BEGUN, LaneMemory } from "./lane-memory.js";
import type { Group, Overflow } from "./thread/jobs.js";
import type { ValueRoom } from "./thread/run-call.js";

/** A call inside the host. */
export interface HeldCall {
  readonly id: number;
  readonly function: string;
  readonly frame: LibraryFrame;
  readonly wallMs: number | undefined;
  /** What the objects of its thread may take, bytes. */
  readonly memory: number | undefined;
  /** All slots were taken when it came. */
  readonly waited: boolean;
}

/** Threads, or what does their work. */
export interface Runner {
  /** Resolves to an Overflow, or to undefined. Rejects when the thread ended before. */
  run(group: Group, options: RunOptions): Promise<unknown>;
  destroy(): Promise<void>;
}

interface RunOptions {
  readonly name: string;
  readonly transferList: ArrayBuffer[];
  /** Ends the thread. */
  readonly signal: AbortSignal;
}

/** How a group ended. */
export interface GroupEnd {
  /** Answered by the thread, and how long each took. */
  readonly answered: readonly { readonly call: HeldCall; readonly wallUs: number }[];
  /** It ran when the thread ended. */
  readonly broken: HeldCall | undefined;
  /** Had not begun. */
  readonly left: readonly HeldCall[];
  /** Frames to be sent. */
  readonly answers: readonly Uint8Array[];
  /** What ended the thread; undefined: nothing. */
  readonly error: unknown;
}

/** One group of calls at a time, in whichever thread is free. As many lanes as threads: a group never waits for one. */
export class Lane {
  #memory = new LaneMemory();
  #calls: readonly HeldCall[] = [];
  #dropped = new Set<number>();
  #abort = new AbortController();

  /** Of the group that runs; empty: the lane is free. */
  get calls(): readonly HeldCall[] {
    return this.#calls;
  }

  async run(pool: Runner, calls: readonly HeldCall[], room: ValueRoom): Promise<GroupEnd> {
    this.#memory.reset();
    this.#calls = calls;
    this.#dropped.clear();
    this.#abort = new AbortController();
    const frames = gather(calls.map((call) => call.frame));
    const group: Group = { shared: this.#memory.shared, frames, room };
    const options = {
      name: "runGroup",
      transferList: [frames.buffer as ArrayBuffer],
      signal: this.#abort.signal,
    };
    try {
      return this.#end((await pool.run(group, options)) as Overflow | undefined, undefined);
    } catch (error) {
      return this.#end(undefined, error ?? new Error("the thread ended"));
    } finally {
      this.#calls = [];
    }
  }

  /** Answers that are there already. */
  takeAnswers(): Buffer | undefined {
    return this.#memory.takeAnswers();
  }

  /** Leaves a call out that has not begun. False: it has. */
  drop(call: HeldCall): boolean {
    const index = this.#calls.indexOf(call);
    if (!this.#memory.takeBack(index)) return false;
    this.#dropped.add(index);
    return true;
  }

  /** Ends the thread if this call is what it runs. False: the call is answered, or about to be. */
  endThread(call: HeldCall): boolean {
    const index = this.#calls.indexOf(call);
    if (this.#memory.state(index) !== CALL_BEGUN) return false;
    this.#abort.abort();
    return true;
  }

  #end(overflow: Overflow | undefined, error: unknown): GroupEnd {
    const answered: { call: HeldCall; wallUs: number }[] = [];
    const left: HeldCall[] = [];
    let broken: HeldCall | undefined;
    for (const [index, call] of this.#calls.entries()) {
      if (this.#dropped.has(index)) continue;
      if (this.#memory.takeBack(index)) left.push(call);
      else if (index === overflow?.index) answered.push({ call, wallUs: overflow.wallUs });
      else if (this.#memory.state(index) === CALL_ANSWERED)
        answered.push({ call, wallUs: this.#memory.wallUs(index) });
      else broken = call;
    }
    const answers = [this.#memory.takeAnswers(), overflow?.frame].filter((bytes) => bytes !== undefined);
    // A thread that is being ended may still write into its memory.
    if (error !== undefined) this.#memory = new LaneMemory();
    return { answered, broken, left, answers, error };
  }
}
