/** One measured figure beside the one it is compared with, both taken in the same run. */
export interface BenchRow {
  readonly name: string;
  /** Of `ours` and `peer`, e.g. "tasks/s". */
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  /** What `peer` is: "a bare loop of spawns", "1,000 queued". */
  readonly peerName: string;
  /** ours / peer. */
  readonly ratio: number;
}

/** What the command line asked for, handed to every bench. */
export interface BenchOptions {
  /** Progress for people; silent under --json. */
  say(line: string): void;
  /** Of the file that transfer and broadcast move, where it is not to be the usual size. */
  readonly bytes?: number;
  /** As little work as shows that the bench still runs; its figures say nothing. */
  readonly quick?: boolean;
}

/** What bench/NAME.ts exports: `export const run: RunBench`, or a function of this shape. */
export type RunBench = (options: BenchOptions) => Promise<readonly BenchRow[]>;
