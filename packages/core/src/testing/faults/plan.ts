/** Something that goes wrong in the world. Workers are numbered from 0 in the order of the plan. */
export type Fault =
  /** The worker's process dies. Comes back after `returnMs` (never where absent), with its disk or without. */
  | {
      readonly type: "crash";
      readonly worker: number;
      readonly returnMs?: number;
      readonly keepsDisk: boolean;
    }
  /** Manager and worker cannot reach each other for so long; the worker goes on meanwhile. */
  | { readonly type: "partition"; readonly worker: number; readonly forMs: number }
  /** The connection breaks at once, at both ends; the worker connects anew. */
  | { readonly type: "disconnect"; readonly worker: number }
  /** Two workers cannot reach each other for so long. */
  | { readonly type: "peer-cut"; readonly worker: number; readonly other: number; readonly forMs: number }
  | { readonly type: "slow-link"; readonly worker: number; readonly factor: number; readonly forMs: number }
  /** Something else fills the worker's disk for so long. */
  | { readonly type: "disk-full"; readonly worker: number; readonly forMs: number }
  /** An entry of the worker's cache turns out to be damaged. */
  | { readonly type: "damage"; readonly worker: number }
  /** An entry of the worker's cache is not what it was, and nobody there notices: who fetches it from there does. */
  | { readonly type: "rot"; readonly worker: number }
  /** The worker throws out a `forever` entry that nothing there uses. */
  | { readonly type: "evict"; readonly worker: number }
  /** The process of a library's instance at the worker dies, with the calls that it runs. */
  | { readonly type: "instance-crash"; readonly worker: number }
  /** The worker asks to leave; its computer is back after `returnMs`. */
  | { readonly type: "drain"; readonly worker: number; readonly returnMs: number };

export type FaultType = Fault["type"];

/** What goes wrong, how often, and until when. All is drawn from the seed; `script` is on top of it. */
export interface FaultPlan {
  /** Milliseconds from the start; afterwards the world heals: everybody comes back and nothing fails any more. */
  readonly untilMs: number;
  /** Mean time between two faults of a kind in the whole cluster, milliseconds; kinds not named do not happen. */
  readonly everyMs: { readonly [Type in FaultType]?: number };
  /** Of a transfer to fail on its way. */
  readonly transferFails: number;
  /** Of such a failure to be the destination's fault rather than the source's. */
  readonly blameDestination: number;
  /** Of a task's start to fail because its sandbox cannot be made. */
  readonly startFails: number;
  /** Of a task that reads files to change one of them, unless it has copies. */
  readonly inputSpoils: number;
  /** Of a library's start to end before it is ready. */
  readonly libraryFails: number;
  /** Of news to be delivered twice: the same again, a little later. */
  readonly newsTwice: number;
  /** Of news that was on its way when a connection ended to arrive after all, when the worker is held for lost. */
  readonly newsLate: number;
  readonly script: readonly { readonly atMs: number; readonly fault: Fault }[];
}

/** Nothing goes wrong. */
export const NO_FAULTS: FaultPlan = {
  untilMs: 0,
  everyMs: {},
  transferFails: 0,
  blameDestination: 0,
  startFails: 0,
  inputSpoils: 0,
  libraryFails: 0,
  newsTwice: 0,
  newsLate: 0,
  script: [],
};
