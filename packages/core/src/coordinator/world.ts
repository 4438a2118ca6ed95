import {
  type Attempt,
  type CacheName,
  FIRST_INSTANCE_ID,
  type FileId,
  type LibraryId,
  type TaskId,
  type TransferId,
  taskId,
  type WorkerId,
} from "../model/ids.js";
import { Buckets } from "../scheduling/buckets.js";
import type { Slot } from "../scheduling/eligible.js";
import { Heap } from "../scheduling/heap.js";
import { type Shape, ShapeTable } from "../scheduling/shape.js";
import { noTasks, type TaskCounts } from "../tasks/task-counts.js";
import type { Effect } from "./effect.js";
import type { ResolvedOptions } from "./options.js";
import type {
  Content,
  Copy,
  FileRecord,
  Gate,
  InstanceRecord,
  Kin,
  LibraryRecord,
  TaskRecord,
  WorkerRecord,
} from "./records.js";
import { type CoordinatorStats, noStats } from "./stats.js";

/** Something to look at again when its time has come. It may have become pointless by then. */
export type Deadline =
  | { readonly atMs: number; readonly type: "start" | "end"; readonly task: TaskRecord }
  | { readonly atMs: number; readonly type: "warm"; readonly worker: WorkerRecord }
  | { readonly atMs: number; readonly type: "library"; readonly library: LibraryRecord }
  | { readonly atMs: number; readonly type: "hopeless"; readonly shape: Shape<TaskRecord> }
  | { readonly atMs: number; readonly type: "retry"; readonly content: Content };

/**
 * What follows from a change and is still to be done this turn. Consequences go here instead of into calls, so that a
 * chain of a hundred thousand tasks needs no deep stack; settle.ts works it off.
 */
class Agenda {
  /** Whether it can be had may have changed. */
  readonly recheck: FileRecord[] = [];
  /** Somebody needs it and it cannot be had. */
  readonly needed: FileRecord[] = [];
  /** It was made, and perhaps lost meanwhile. */
  readonly missed: FileRecord[] = [];
  /** It has become unusable: its consumers must be told. */
  readonly spoiled: FileRecord[] = [];
  /** All its inputs can be had. */
  readonly readied: TaskRecord[] = [];
  /** They keep instances that are to end. */
  readonly stopped: TaskRecord[] = [];
  /** Perhaps nobody needs it any more. */
  readonly idleLibraries: LibraryRecord[] = [];
  /** Its sources have changed: copies that wait may begin, or must look elsewhere. */
  readonly spread: Content[] = [];
  /** Perhaps nobody needs its replicas any more. */
  readonly loose: Content[] = [];
  /** Perhaps nobody needs the record any more. */
  readonly leaving: FileRecord[] = [];
  /** Perhaps it has fewer replicas than it should. */
  readonly thin: Content[] = [];
}

/** Workers that offer the same features. Those that have a slot of each kind are indexed by free cores, and by cores that wait there. */
export function newKin(features: ReadonlySet<string>, gpus: boolean): Kin {
  return { features, gpus, index: { now: new Buckets<WorkerRecord>(0), next: new Buckets<WorkerRecord>(1) } };
}

/** All tables together: what the coordinator knows. */
export class World {
  readonly options: ResolvedOptions;
  readonly random: () => number;
  nowMs = 0;
  effects: Effect[] = [];
  readonly agenda = new Agenda();
  readonly files = new Map<FileId, FileRecord>();
  readonly tasks = new Map<TaskId, TaskRecord>();
  readonly workers = new Map<WorkerId, WorkerRecord>();
  readonly libraries = new Map<LibraryId, LibraryRecord>();
  readonly instances = new Map<TaskId, InstanceRecord>();
  /** Libraries of which calls may be dealt, or instances wanted, now. */
  readonly stirred = new Set<LibraryRecord>();
  /** Instances that are ready and have nothing to do, the longest idle first. */
  readonly idleInstances = new Set<InstanceRecord>();
  /** Of them, those that have become idle while tasks wait for room at their workers. */
  readonly inTheWay = new Set<InstanceRecord>();
  /** Workers where instances end so that something of that priority fits. */
  readonly promises = new Map<WorkerRecord, number>();
  /** Of all calls so far. */
  leastPriority = Number.POSITIVE_INFINITY;
  readonly contents = new Map<CacheName, Content>();
  readonly transfers = new Map<TransferId, Copy>();
  readonly shapes = new ShapeTable<TaskRecord>(
    (task, shape) => task.state.name === "ready" && task.shape === shape,
  );
  readonly deadlines = new Heap<Deadline>((a, b) => a.atMs < b.atMs);
  /** Workers with the same features, by those. */
  readonly kins = new Map<string, Kin>();
  /** Whose turn it is among them. */
  readonly turn: Record<Slot, number> = { now: 0, next: 0 };
  /** Workers that are to go once they are empty. */
  readonly draining = new Set<WorkerRecord>();
  /** Workers where tasks wait for room, by how many. */
  readonly waitingAt = new Buckets<WorkerRecord>(2);
  /** Workers that have gained room of each kind since the last time tasks were placed. */
  readonly roomy: Record<Slot, WorkerRecord[]> = { now: [], next: [] };
  /** Workers with room for which tasks may be taken back from others. */
  readonly idle = new Set<WorkerRecord>();
  /** Sources that are no workers: copies they give now, and contents that wait for them. */
  readonly origins = new Map<string, Gate>();
  /** Files on their way to the manager, and contents that wait to be. */
  coming = 0;
  readonly homeward = new Set<Copy>();
  /** Calls of which the value is on its way to the manager by itself, and the attempt that returned it. */
  readonly valuesComing = new Map<TaskId, Attempt>();
  /** Files that the application waits for. */
  readonly wanted = new Set<FileRecord>();
  readonly counts = noTasks();
  readonly categories = new Map<string, TaskCounts>();
  readonly stats: CoordinatorStats = noStats();
  /** Tasks that run again to restore a file. */
  recovering = 0;
  /** Counts joins and leaves. */
  clusterVersion = 0;
  /** Calls dealt so far. */
  dealt = 0;
  #transfers = 0;
  #instances = 0;
  #marks = 0;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.random = mulberry32(options.seed);
  }

  nextTransfer(): TransferId {
    this.#transfers += 1;
    return this.#transfers as TransferId;
  }

  nextInstance(): TaskId {
    this.#instances += 1;
    return taskId(FIRST_INSTANCE_ID + this.#instances - 1);
  }

  /** A mark that no record carries. */
  nextMark(): number {
    this.#marks += 1;
    return this.#marks;
  }

  countsOf(category: string): TaskCounts {
    let counts = this.categories.get(category);
    if (counts === undefined) this.categories.set(category, (counts = noTasks()));
    return counts;
  }

  /** `task`: the one that the message names, which is nobody else's business. */
  note(level: "info" | "warn", message: string, task?: TaskId): void {
    this.effects.push({ type: "note", level, message, ...(task === undefined ? {} : { task }) });
  }
}

/** A small seeded generator (mulberry32): numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
