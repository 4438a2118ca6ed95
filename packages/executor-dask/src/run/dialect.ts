import type { LinkedCall, VineError, VineFile } from "@taskvine/core/executor";
import type { Unit } from "./unit.js";
import type { Values } from "./values.js";

/** What became of one node of a unit. */
export interface NodeResult {
  readonly node: number;
  /** How long it ran, microseconds. */
  readonly us: number;
  /** Of its value, as far as it was written. */
  readonly bytes: number;
  /**
   * Where its value is: in `value`; in the file of the unit; nowhere, since nobody outside asked for it; or it cannot be
   * written, so that whoever needs it has to make it.
   */
  readonly place: "here" | "file" | "nowhere" | "unwritable";
  readonly value?: Uint8Array;
  /** The most memory that its process had while it ran, bytes; where that was measured. */
  readonly memory?: number | undefined;
}

/** Why a node has no value. */
export interface NodeFailure {
  readonly node: number;
  readonly error: VineError;
  /** The exception as its language writes it; empty where it cannot. */
  readonly exception: Uint8Array;
  readonly traceback: string;
}

/** What a unit says of itself: of those of its nodes that ran, in order, and why it went no further. */
export interface Report {
  readonly results: readonly NodeResult[];
  readonly failure?: NodeFailure;
  /** For the program, in the words of its language: warnings, and the like. */
  readonly remarks: readonly unknown[];
}

/** How units are told to the hosts of one language. */
export interface Dialect {
  /** `file`: for values that are too large to travel with the news. */
  call(unit: Unit, values: Values, file: VineFile): LinkedCall;
  /** Reads what a call returned. `isInFile`: it left a file, too. Throws when it is not what it must be. */
  report(unit: Unit, returned: Uint8Array, isInFile: boolean): Report;
  /** Whether hosts can run several nodes in one call. */
  readonly hasUnits: boolean;
  /** Of a node, for people. */
  label(node: number): string;
}
