import type { FileIdentity, FileSpec } from "../files/file.js";
import type { FileStateName } from "../files/file-state.js";
import type { CacheName, FileId, TaskId, WorkerId } from "../model/ids.js";
import type { TaskSpec } from "../tasks/task.js";
import { noTasks, type TaskCounts, unfinished } from "../tasks/task-counts.js";
import type { TaskStateName } from "../tasks/task-state.js";
import type { WorkerSpec } from "../workers/worker.js";
import type { WorkerStateName } from "../workers/worker-state.js";
import { meetDeadlines, nextDeadline } from "./deadlines.js";
import type { Effect } from "./effect.js";
import type { Event } from "./event.js";
import { clearTheWay } from "./libraries/make-room.js";
import { serveCalls } from "./libraries/serve.js";
import { type LibraryView, viewOfLibrary } from "./libraries/view.js";

import { type CoordinatorOptions, resolveOptions } from "./options.js";
import { explainTask } from "./placing/explain.js";
import { schedule } from "./placing/schedule.js";
import type { FileRecord, WorkerRecord } from "./records.js";
import { settle } from "./settle.js";
import type { CoordinatorStats } from "./stats.js";
import { apply } from "./step.js";
import { releaseIdle } from "./workers/leave.js";
import { World } from "./world.js";

/** A task as it stands. */
export interface TaskView {
  readonly spec: TaskSpec;
  readonly state: { readonly name: TaskStateName };
  readonly attempts: number;
  /** Where it is, while it is at a worker; also where a call waits for the value of the one before it. */
  readonly worker: WorkerId | undefined;
}

/** A file as it stands. */
export interface FileView {
  readonly spec: FileSpec;
  readonly state: FileStateName;
  readonly cacheName: CacheName | undefined;
  readonly size: number | undefined;
  readonly digest: string | undefined;
  readonly kind: "file" | "tree";
  readonly producer: TaskId | undefined;
  /** The manager's data server can give it. */
  readonly atManager: boolean;
  /** Workers that hold it. */
  readonly replicas: readonly WorkerId[];
}

/** A worker as it stands. */
export interface WorkerView {
  readonly spec: WorkerSpec;
  readonly state: WorkerStateName;
  readonly freeCores: number;
  /** Tasks sent there, and how many of them wait for room. */
  readonly tasks: number;
  readonly queued: number;
  readonly cachedBytes: number;
  readonly outgoing: number;
  readonly incoming: number;
}

const worlds = new WeakMap<Coordinator, World>();

/** For the invariants, which look behind the queries. */
export function worldOf(coordinator: Coordinator): World {
  return worlds.get(coordinator) as World;
}

/**
 * The manager's mind: events in, effects out. Synchronous, without clock, timers or randomness of its own: the same
 * events at the same times give the same effects.
 */
export class Coordinator {
  readonly #world: World;

  /** Throws BAD_ARGUMENT for an option that makes no sense. */
  constructor(options: Partial<CoordinatorOptions> = {}) {
    this.#world = new World(resolveOptions(options));
    worlds.set(this, this.#world);
  }

  /** One turn: applies all events, then places tasks once. `nowMs` never goes back (an earlier time counts as the last). */
  step(events: readonly Event[], nowMs: number): Effect[] {
    const world = this.#world;
    world.nowMs = Math.max(world.nowMs, nowMs);
    for (const event of events) {
      apply(world, event);
      settle(world);
    }
    meetDeadlines(world);
    settle(world);
    if (world.draining.size > 0) releaseIdle(world);
    settle(world);
    do {
      serveCalls(world);
      settle(world);
      schedule(world);
      settle(world);
      if (world.inTheWay.size > 0) clearTheWay(world);
      settle(world);
    } while (world.stirred.size > 0);
    const { effects } = world;
    world.effects = [];
    return effects;
  }

  /** When a `tick` is needed at the latest; undefined: not before the next event. */
  get nextDeadlineMs(): number | undefined {
    return nextDeadline(this.#world);
  }

  /** Why a task is where it is, in one sentence. */
  explain(task: TaskId): string {
    return explainTask(this.#world, task);
  }

  /** Undefined: unknown, or ended and forgotten. */
  task(id: TaskId): TaskView | undefined {
    const task = this.#world.tasks.get(id);
    if (task === undefined) return undefined;
    const run = "run" in task.state ? task.state.run : undefined;
    return {
      spec: task.spec,
      state: { name: task.state.name },
      attempts: task.attempts,
      worker: (run ?? task.ahead?.run)?.worker.id,
    };
  }

  file(id: FileId): FileView | undefined {
    const file = this.#world.files.get(id);
    return file === undefined ? undefined : viewOfFile(file);
  }

  worker(id: WorkerId): WorkerView | undefined {
    const worker = this.#world.workers.get(id);
    return worker === undefined ? undefined : viewOfWorker(worker);
  }

  /** In order of joining. */
  workers(): WorkerView[] {
    return [...this.#world.workers.values()].map(viewOfWorker);
  }

  /** Workers that hold a file now. */
  replicas(id: FileId): WorkerId[] {
    return this.#world.files.get(id)?.content?.holders.map(({ worker }) => worker.id) ?? [];
  }

  /** In order of declaration. */
  libraries(): LibraryView[] {
    return [...this.#world.libraries.values()].map(viewOfLibrary);
  }

  /** What is known of a file's content; undefined before it has a name. */
  identity(id: FileId): FileIdentity | undefined {
    const content = this.#world.files.get(id)?.content;
    if (content === undefined) return undefined;
    const { cacheName, kind, size, digest } = content;
    return {
      cacheName,
      kind,
      ...(size === undefined ? {} : { size }),
      ...(digest === undefined ? {} : { digest }),
    };
  }

  /** How many tasks of the application are in each state. */
  get counts(): Readonly<TaskCounts> {
    return this.#world.counts;
  }

  /** The same for one category. */
  countsOf(category: string): Readonly<TaskCounts> {
    return this.#world.categories.get(category) ?? noTasks();
  }

  categories(): string[] {
    return [...this.#world.categories.keys()];
  }

  /** Every task has been reported. */
  get empty(): boolean {
    return unfinished(this.#world.counts) === 0;
  }

  /** How many more tasks would keep the workers busy: twice their cores, less what is there already. At least 10 are kept in stock. */
  hungry(): number {
    const { counts, workers } = this.#world;
    let cores = 0;
    for (const worker of workers.values()) cores += worker.total.cores;
    const stock = counts.ready + counts.assigned + counts.running + counts.waiting;
    return Math.max(0, Math.max(10, Math.ceil(2 * cores)) - stock);
  }

  get stats(): CoordinatorStats {
    return this.#world.stats;
  }
}

function viewOfFile(file: FileRecord): FileView {
  const { content } = file;
  return {
    spec: file.spec,
    state: file.state,
    cacheName: content?.cacheName,
    size: content?.size,
    digest: content?.digest,
    kind: content?.kind ?? "file",
    producer: file.producer?.id,
    atManager: content?.home ?? false,
    replicas: content?.holders.map(({ worker }) => worker.id) ?? [],
  };
}

function viewOfWorker(worker: WorkerRecord): WorkerView {
  return {
    spec: worker.spec,
    state: worker.state.name,
    freeCores: worker.free.cores,
    tasks: worker.tasks.length,
    queued: worker.queue.length,
    cachedBytes: worker.cachedBytes,
    outgoing: worker.outgoing,
    incoming: worker.incoming,
  };
}
