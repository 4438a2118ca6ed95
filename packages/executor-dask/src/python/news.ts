import type { ExecutorMessage } from "@taskvine/core/executor";
import type { NodeFailure, NodeResult } from "../run/dialect.js";
import type { GraphListener } from "../run/graph-run.js";

/** News do not follow each other faster, milliseconds. */
const GAP_MS = 30;

export type GraphEnd =
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly failure: NodeFailure }
  | { readonly type: "cancelled" };

/** What is to be told of a graph, gathered until the program has heard what came before. */
export class News implements GraphListener {
  readonly #isWatched: boolean;
  /** Twice the number of a node that has started, and one more where it has finished. */
  #events: number[] = [];
  /** Of each that has finished: number of its worker, microseconds, and bytes of its value; -1: it has not left its process. */
  #figures: number[] = [];
  readonly #workers = new Map<string, number>();
  #newWorkers: string[] = [];
  #remarks: unknown[] = [];
  #end: GraphEnd | undefined;
  #wake: () => void = () => undefined;
  #toldMs = 0;

  constructor(isWatched: boolean) {
    this.#isWatched = isWatched;
  }

  onStarted(nodes: readonly number[]): void {
    if (!this.#isWatched) return;
    for (const node of nodes) this.#events.push(2 * node);
    this.#wake();
  }

  onFinished(results: readonly NodeResult[], worker: string): void {
    if (!this.#isWatched) return;
    const number = this.#numberOf(worker);
    for (const { node, us, bytes, place } of results) {
      this.#events.push(2 * node + 1);
      this.#figures.push(number, us, place === "here" || place === "file" ? bytes : -1);
    }
    this.#wake();
  }

  #numberOf(worker: string): number {
    const known = this.#workers.get(worker);
    if (known !== undefined) return known;
    this.#newWorkers.push(worker);
    this.#workers.set(worker, this.#workers.size);
    return this.#workers.size - 1;
  }

  onRemarks(remarks: readonly unknown[]): void {
    this.#remarks.push(...remarks);
    this.#wake();
  }

  onDone(): void {
    this.#finish({ type: "done" });
  }

  onFailed(failure: NodeFailure): void {
    this.#finish({ type: "failed", failure });
  }

  cancel(): void {
    this.#finish({ type: "cancelled" });
  }

  #finish(end: GraphEnd): void {
    this.#end ??= end;
    this.#wake();
  }

  get end(): GraphEnd | undefined {
    return this.#end;
  }

  /** The next ones; undefined: the graph has come to its end, and all is told. */
  async next(): Promise<
    { readonly message: ExecutorMessage; readonly finished: readonly number[] } | undefined
  > {
    while (this.#isEmpty) {
      if (this.#end !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    await this.#pause();
    const events = Int32Array.from(this.#events);
    const finished = this.#events.filter((event) => event % 2 === 1).map((event) => (event - 1) / 2);
    const figures = Float64Array.from(this.#figures);
    const body = { type: "news", remarks: this.#remarks, workers: this.#newWorkers };
    this.#events = [];
    this.#figures = [];
    this.#newWorkers = [];
    this.#remarks = [];
    this.#toldMs = Date.now();
    const attachments = [Buffer.from(events.buffer), Buffer.from(figures.buffer)];
    return { message: { body, attachments }, finished };
  }

  get #isEmpty(): boolean {
    return this.#events.length + this.#remarks.length === 0;
  }

  async #pause(): Promise<void> {
    const waitMs = this.#toldMs + GAP_MS - Date.now();
    if (this.#end !== undefined || waitMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      const wake = this.#wake;
      this.#wake = () => {
        if (this.#end === undefined) return;
        clearTimeout(timer);
        resolve();
        wake();
      };
    });
  }
}
