import type { Event, TransferFailure } from "../../coordinator/event.js";
import type { FileKind, Lifetime } from "../../files/file.js";
import type { LibrarySpec } from "../../libraries/library.js";
import type { Attempt, CacheName, FileId, TaskId, TransferId, WorkerId } from "../../model/ids.js";
import type { Allocation } from "../../model/resources.js";
import type { OutputMount, TaskSpec } from "../../tasks/task.js";
import type { Content } from "./content.js";
import type { Copy } from "./disk.js";
import type { Node } from "./network.js";

/** What a task does when it runs: a fact about the task, whatever happens around it. */
export interface Behaviour {
  readonly runMs: number;
  readonly exitCode: number;
  /** It is ended by this signal instead of by itself. */
  readonly signal?: string;
  /** Bytes of memory without which it does not get through. */
  readonly memory: number;
  /** Size of each output, in the order of the spec; undefined: it leaves none there. */
  readonly outputBytes: readonly (number | undefined)[];
  /** Of a call: it raises an exception, or takes the process of the library with it. */
  readonly fails?: "raises" | "crashes";
}

export interface PlannedLibrary {
  readonly spec: LibrarySpec;
  /** From the start of its process until it is ready. */
  readonly loadMs: number;
  /** It ends instead of becoming ready, wherever it is started. */
  readonly broken: boolean;
}

export interface MountedCopy {
  readonly name: string;
  readonly file: FileId;
  readonly cacheName: CacheName;
}

/** What a call reads: a copy at its worker, or a value that came with it. */
export interface CallCopy extends MountedCopy {
  readonly value: Content | undefined;
}

export interface OrderedOutput extends OutputMount {
  readonly cacheName: CacheName;
  readonly lifetime: Lifetime;
}

/** Who gives a file: the manager, a web server, another worker. */
export interface Holder {
  readonly node: Node;
  /** The copy, or why it is not to be had here. */
  find(name: CacheName): Copy | TransferFailure;
}

/** What a recipe yields from the contents of its inputs. */
export interface Recipe {
  readonly inputs: readonly MountedCopy[];
  readonly durationMs: number;
  /** undefined: the recipe fails wherever it is tried. */
  readonly yields:
    | ((inputs: ReadonlyMap<string, Content>) => { readonly content: Content; readonly size: number })
    | undefined;
  readonly kind: FileKind;
}

/** What the virtual manager can tell a virtual worker: the effects, with everything that the worker needs to know. */
export type Order =
  | {
      readonly type: "assign";
      readonly spec: TaskSpec;
      readonly behaviour: Behaviour;
      readonly attempt: Attempt;
      readonly allocation: Allocation;
      readonly inputs: readonly MountedCopy[];
      readonly outputs: readonly OrderedOutput[];
      /** It gets copies of its inputs, which are its own. */
      readonly copyInputs?: true;
    }
  | {
      readonly type: "deploy";
      readonly task: TaskId;
      readonly library: PlannedLibrary;
      readonly attempt: Attempt;
      readonly allocation: Allocation;
      readonly inputs: readonly MountedCopy[];
    }
  | {
      readonly type: "call";
      readonly spec: TaskSpec;
      readonly behaviour: Behaviour;
      readonly attempt: Attempt;
      readonly instance: TaskId;
      readonly inputs: readonly CallCopy[];
      readonly outputs: readonly OrderedOutput[];
      /** It begins when the call there that makes one of its inputs returns. */
      readonly linked?: true;
    }
  | { readonly type: "retract"; readonly task: TaskId; readonly attempt: Attempt }
  | { readonly type: "kill"; readonly task: TaskId; readonly attempt: Attempt }
  | {
      readonly type: "fetch";
      readonly transfer: TransferId;
      readonly file: FileId;
      readonly cacheName: CacheName;
      readonly lifetime: Lifetime;
      readonly source: Holder;
    }
  | {
      readonly type: "make";
      readonly transfer: TransferId;
      readonly file: FileId;
      readonly cacheName: CacheName;
      readonly lifetime: Lifetime;
      readonly recipe: Recipe;
    }
  | { readonly type: "drop"; readonly cacheName: CacheName }
  | { readonly type: "release" };

export type OrderOf<Type extends Order["type"]> = Extract<Order, { readonly type: Type }>;

type WithoutWorker<E> = E extends { readonly worker: WorkerId } ? Omit<E, "worker"> : never;
/** What a virtual worker can tell: events, before it is known over which connection. */
export type News = WithoutWorker<Exclude<Event, { readonly type: "worker-lost" }>>;

/** What may go wrong at a worker at any moment; asked each time. */
export interface Luck {
  /** A transfer fails on its way although both ends are well. */
  transferFails(): TransferFailure | undefined;
  /** The sandbox of a task cannot be made. */
  startFails(): boolean;
  /** An attempt that was killed still tells of its end. */
  killedSpeaks(): boolean;
  /** A task changes one of the files that it reads while it runs. */
  inputSpoils(): boolean;
  /** A library ends instead of becoming ready. */
  libraryFails(): boolean;
  /** Instead of waiting for another copy, the worker gives a task back whose input went away. */
  returnsWhenInputGoes(): boolean;
}
