/** Most calls of one hand-over. */
export const GROUP_CALLS = 128;
const ANSWER_BYTES = 512 * 1024;
const END = 0;
const STATES = 4;
const WALLS = STATES + GROUP_CALLS;
const WORDS = WALLS + GROUP_CALLS;
const ANSWERS = WORDS * 4;

/** How far a call of a group is. Only the two sides of the memory write it: each call goes one way. */
const CALL_WAITS = 0;
export const CALL_BEGUN = 1;
export const CALL_ANSWERED = 2;
/** The host wants it back: the thread leaves it out. */
const CALL_TAKEN_BACK = 3;

/**
 * What the host and one of its threads share while a group of calls runs: how far each call is, and their answers as
 * frames, ready to be sent. So the host can tell at any time which calls had begun, and a thread that ends takes no
 * finished answer with it.
 */
export class LaneMemory {
  readonly shared: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #answers: Buffer;
  #taken = 0;

  constructor(shared = new SharedArrayBuffer(ANSWERS + ANSWER_BYTES)) {
    this.shared = shared;
    this.#words = new Int32Array(shared, 0, WORDS);
    this.#answers = Buffer.from(shared, ANSWERS, ANSWER_BYTES);
  }

  /** For the host, before it hands over. */
  reset(): void {
    this.#words.fill(0);
    this.#taken = 0;
  }

  state(index: number): number {
    return Atomics.load(this.#words, STATES + index);
  }

  /** For the host: whether the call had not begun, and never will. */
  takeBack(index: number): boolean {
    return Atomics.compareExchange(this.#words, STATES + index, CALL_WAITS, CALL_TAKEN_BACK) === CALL_WAITS;
  }

  /** For the thread: whether the call is still wanted. */
  begin(index: number): boolean {
    return Atomics.compareExchange(this.#words, STATES + index, CALL_WAITS, CALL_BEGUN) === CALL_WAITS;
  }

  wallUs(index: number): number {
    return Atomics.load(this.#words, WALLS + index);
  }

  /** For the thread: the call is answered by `frame`. False: there is no room for it, and it has to travel otherwise. */
  answer(index: number, frame: Buffer, wallUs: number): boolean {
    const end = Atomics.load(this.#words, END);
    if (end + frame.length > ANSWER_BYTES) return false;
    this.#answers.set(frame, end);
    Atomics.store(this.#words, WALLS + index, wallUs);
    // In this order: of a call that is answered, the host finds the answer.
    Atomics.store(this.#words, END, end + frame.length);
    Atomics.store(this.#words, STATES + index, CALL_ANSWERED);
    return true;
  }

  /** For the host: answers that came since it asked last, its own copy; undefined: none. */
  takeAnswers(): Buffer | undefined {
    const end = Atomics.load(this.#words, END);
    if (end === this.#taken) return undefined;
    const fresh = Buffer.from(this.#answers.subarray(this.#taken, end));
    this.#taken = end;
    return fresh;
  }
}
