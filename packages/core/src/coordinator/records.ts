import type { FileKind, FileSpec } from "../files/file.js";
import type { FileStateName } from "../files/file-state.js";
import { Failures } from "../libraries/failures.js";
import type { InstanceStateName } from "../libraries/instance-state.js";
import type { LibrarySpec } from "../libraries/library.js";
import { Pace } from "../libraries/pace.js";
import type { Attempt, CacheName, LibraryId, TaskId, TransferId, WorkerId } from "../model/ids.js";
import type { Allocation, ResourceRequest, Resources } from "../model/resources.js";
import type { Buckets } from "../scheduling/buckets.js";
import type { Host, Slot } from "../scheduling/eligible.js";
import { type Links, Loads, unlinked } from "../scheduling/loads.js";
import { ReadyQueue } from "../scheduling/ready-queue.js";
import type { Shape } from "../scheduling/shape.js";
import type { AttemptOutcome, AttemptRecord, ResultCode } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import { noTasks, type TaskCounts } from "../tasks/task-counts.js";
import type { TaskState } from "../tasks/task-state.js";
import type { TransferStateName } from "../transfers/transfer-state.js";
import type { WorkerSpec } from "../workers/worker.js";
import type { WorkerState } from "../workers/worker-state.js";
import type { Effect } from "./effect.js";

// The mutable records of the coordinator's world. They refer to each other, which is why they share a file. Only the
// coordinator's own modules see them; everything below decides on plain views. Lists that most records never fill
// start as these shared empty ones.
const NO_FILES: readonly FileRecord[] = [];
const NO_TASKS: TaskRecord[] = [];
const NO_RECIPES: FileRecord[] = [];
const WAITING = { name: "waiting" } as const;

/** How a task will be reported once its outputs are home. */
export interface Verdict {
  readonly state: "done" | "failed" | "cancelled";
  readonly code: ResultCode;
  readonly error?: string;
  readonly message?: string;
  /** What first went wrong, when it was not in this task. */
  readonly root?: Trouble;
}

/** Why a file cannot be had: a code of model/errors.ts, and a sentence. */
export interface Trouble {
  readonly error: string;
  readonly message: string;
  /** How a task ends that has the file as input. Default input-missing. */
  readonly code?: "fixed-location-missing";
}

/** The copy that failed last: which way, and why. */
export interface FailedCopy {
  readonly from: Source | undefined;
  /** Undefined: the manager. */
  readonly to: WorkerRecord | undefined;
  readonly trouble: Trouble;
}

/** One attempt in progress. */
export class Run {
  readonly worker: WorkerRecord;
  readonly attempt: Attempt;
  readonly allocation: Allocation;
  readonly assignedAtMs: number;
  /** Position in the worker's list of tasks. */
  seat = -1;
  /** Waits at the worker for the next room: its allocation is not counted as in use yet. */
  queued = false;
  /** Outputs of an earlier attempt that its worker still has. */
  strays: CacheName[] | undefined;
  /** It has been asked back for this idle worker. */
  askedBackFor: WorkerRecord | undefined;
  /** Of a call: the instance that has it. */
  instance: InstanceRecord | undefined;
  /** Of a call: inputs of which the value went with it, so that its worker needs no copy. */
  attached: readonly FileRecord[] | undefined;
  /** Of a call: what it is taken to last, milliseconds. */
  expectedMs = 0;
  /** Of a call: when it was dealt, counted over all calls. */
  dealt = 0;
  /** Of a call: it has been asked back for an instance with a free slot. */
  askedBack = false;
  /** Of a call: those that were sent to its instance behind it. */
  line: Line | undefined;

  constructor(worker: WorkerRecord, attempt: Attempt, allocation: Allocation, assignedAtMs: number) {
    this.worker = worker;
    this.attempt = attempt;
    this.allocation = allocation;
    this.assignedAtMs = assignedAtMs;
  }
}

/** Calls that were sent to an instance one behind the other, each to begin with what the one before it returns. */
export class Line {
  last: TaskRecord;
  /** Those that wait for the one before them. */
  length = 0;

  constructor(head: TaskRecord) {
    this.last = head;
  }
}

/** A call that was sent before what it reads was there. */
export interface Ahead {
  /** The attempt that it is to be. */
  readonly run: Run;
  /** The call that returns what it lacks. */
  readonly behind: TaskRecord;
  readonly line: Line;
  readonly effect: { linked?: true };
  /** The effects among which that one is: while they are the world's it has not left yet. */
  readonly batch: readonly Effect[];
}

export class TaskRecord {
  readonly spec: TaskSpec;
  readonly id: TaskId;
  readonly priority: number;
  /** Place among tasks of the same priority: of an instance, that of the call that it is wanted for. */
  readonly order: number;
  readonly counts: TaskCounts;
  /** Of a call: whose function it calls. */
  readonly library: LibraryRecord | undefined;
  /** It is no task of the application, but keeps an instance of a library in its place. */
  readonly instance: InstanceRecord | undefined;
  readonly submittedAtMs: number;
  state: TaskState<Run> = WAITING;
  /** Each file once, however often it is mounted. */
  inputs: readonly FileRecord[] = NO_FILES;
  /** In the order of the spec. */
  outputs: readonly FileRecord[] = NO_FILES;
  /** Inputs that cannot be had now, and one while its start time has not come. */
  missing = 0;
  attempts = 0;
  retriesUsed = 0;
  /** Its last attempt was lost with its worker after it had started, which cost it a retry. */
  paidForLoss = false;
  /** Times it came back from a worker without a run that counts. */
  returns = 0;
  /** One of its inputs was changed while an attempt used it: from then on its attempts get copies. */
  copiesInputs = false;
  /** Times it ran again to restore a file. */
  recoveries = 0;
  /** The application has been told how it ended. */
  reported = false;
  /** Outputs on their way home. */
  toBring = 0;
  request: ResourceRequest;
  shape: Shape<TaskRecord> | undefined;
  history: AttemptRecord[] | undefined;
  outcome: AttemptOutcome | undefined;
  verdict: Verdict | undefined;
  /** Of a call that waits: that it was sent to its instance already. */
  ahead: Ahead | undefined;
  /** Of a call: the one that was sent behind it. */
  follower: TaskRecord | undefined;
  /** Last visit of a walk over tasks, so that none is visited twice. */
  mark = 0;

  constructor(spec: TaskSpec, counts: TaskCounts, submittedAtMs: number, of: TaskOf = NOTHING) {
    this.spec = spec;
    this.id = spec.id;
    this.priority = spec.priority;
    this.order = of.order ?? spec.id;
    this.request = spec.resources;
    this.counts = counts;
    this.submittedAtMs = submittedAtMs;
    this.library = of.library;
    this.instance = of.instance;
  }
}

/** What a task is beside a command of the application. */
export interface TaskOf {
  readonly library?: LibraryRecord | undefined;
  readonly instance?: InstanceRecord;
  readonly order?: number;
}
const NOTHING: TaskOf = {};

/** A declared library: who calls it, and which instances answer. */
export class LibraryRecord {
  readonly spec: LibrarySpec;
  readonly id: LibraryId;
  /** Where its instances fit. */
  readonly shape: Shape<TaskRecord>;
  /** Each file once. */
  inputs: readonly FileRecord[] = NO_FILES;
  /** No call may name it any more. */
  removed = false;
  /** It can never be started. */
  trouble: Trouble | undefined;
  /** What its instances say that can be called; undefined: anything. */
  functions: ReadonlySet<string> | undefined;
  /** Calls that are ready. */
  readonly queue: ReadyQueue<TaskRecord>;
  /** Its calls by state, those that run again included. */
  readonly counts = noTasks();
  /** Tasks that name it and have a record. */
  references = 0;
  readonly instances = new Set<InstanceRecord>();
  /** Of them: not placed yet; placed and not ready yet; ready. */
  readonly wanted = new Set<InstanceRecord>();
  coming = 0;
  ready = 0;
  /** Slots of those that are ready, calls that they have, and how many of these are beyond their slots. */
  slots = 0;
  held = 0;
  ahead = 0;
  /** Calls that were asked back and have not come. */
  askedBack = 0;
  /** Those that are ready and whose workers take work, by the number of their calls. */
  readonly loads = new Loads<InstanceRecord>();
  /** Of those that are ready, the ones that may have no more calls for now. */
  readonly full = new Set<InstanceRecord>();
  readonly pace = new Pace();
  /** Since a call was answered: starts that failed or ended before they served anybody, later ends, and instances given back. */
  failedStarts = 0;
  crashes = 0;
  returns = 0;
  readonly failures = new Failures();
  /** No instance is started before. */
  quietUntilMs = 0;
  /** When it is looked at again for that. */
  wakeAtMs = 0;
  /** When calls that are stuck are looked for. */
  lookAtMs = 0;
  /** Its starts are in vain at every worker that is there. */
  isHopeless = false;
  /** It was given up: calls that become ready until then fail at once. */
  brokenUntilMs = 0;
  /** How often it had been tried then, in words. */
  triesInVain = "";
  /** Workers where it failed to start lately, and until when others are preferred. */
  readonly shunned = new Map<WorkerRecord, number>();

  constructor(spec: LibrarySpec, shape: Shape<TaskRecord>) {
    this.spec = spec;
    this.id = spec.id;
    this.shape = shape;
    this.queue = new ReadyQueue<TaskRecord>((task) => task.state.name === "ready");
  }
}

/** One process of a library, from the wish for it to its end. */
export class InstanceRecord {
  readonly library: LibraryRecord;
  readonly task: TaskRecord;
  state: InstanceStateName = "wanted";
  /** As it said when it became ready. */
  slots: number;
  worker: WorkerRecord | undefined;
  /** The calls that it has, in no order (each run knows its seat). */
  readonly calls: TaskRecord[] = [];
  backlogMs = 0;
  /** When a call left it last, or came to it when it had none. */
  movedAtMs = 0;
  /** Calls that have ended here. */
  served = 0;
  readonly links: Links<InstanceRecord> = unlinked();

  constructor(library: LibraryRecord, spec: TaskSpec, order: number, nowMs: number) {
    this.library = library;
    this.slots = library.spec.slots;
    this.task = new TaskRecord(spec, library.counts, nowMs, { instance: this, order });
    // The application knows nothing of it: it is neither counted nor told of.
    this.task.reported = true;
  }

  get held(): number {
    return this.calls.length;
  }
}

export class FileRecord {
  readonly spec: FileSpec;
  state: FileStateName = "unnamed";
  content: Content | undefined;
  failure: Trouble | undefined;
  declared = true;
  /** The manager has it where it belongs. */
  home = false;
  /** The copy that the manager is to get, and whether that is only to pass it on. */
  homeward: Copy | undefined;
  relay = false;
  /** The application waits for its content at the manager. */
  wanted = false;
  /** Where it was made or fetched only because it is wanted. */
  patron: Replica | undefined;
  /** Consumers can count on it: there is a replica, or a source that anyone can fetch from. */
  available = false;
  /** Its producer has made it at least once. */
  made = false;
  /** A task that consumed it has ended. */
  consumed = false;
  producer: TaskRecord | undefined;
  /** Tasks that are not at their end and name it, and recipes that are needed. */
  pending = 0;
  /** Declared libraries that their instances need it for. */
  libraries = 0;
  /** Records that keep this one: all tasks and recipes that name it, ended ones that may have to run again included. */
  references = 0;
  /** May hold ended tasks and doubles; `pending` tells how many count. */
  consumers: TaskRecord[] = NO_TASKS;
  /** Files that are made from it. */
  recipes: FileRecord[] = NO_RECIPES;
  /** Files that it is made from, when it has a recipe. */
  ingredients: readonly FileRecord[] = NO_FILES;

  constructor(spec: FileSpec) {
    this.spec = spec;
  }

  addConsumer(task: TaskRecord): void {
    if (this.consumers === NO_TASKS) this.consumers = [task];
    else this.consumers.push(task);
  }

  addRecipe(file: FileRecord): void {
    if (this.recipes === NO_RECIPES) this.recipes = [file];
    else this.recipes.push(file);
  }
}

/** What caches hold under one name: usually one file's, sometimes that of several files with the same content. */
export class Content {
  readonly cacheName: CacheName;
  readonly files: FileRecord[] = [];
  size: number | undefined;
  digest: string | undefined;
  kind: FileKind = "file";
  /** The manager has a copy for workers that cannot reach the holders. */
  relayed = false;
  /** Workers keep it even when nobody needs it now. */
  keep = false;
  holders: Replica[] = [];
  /** Copies that wait for a source, a destination or an ingredient. */
  queued: Set<Copy> | undefined;
  /** Copies on their way, and how many of them come from the manager or the URL, or are being made. */
  flying = 0;
  fromOrigin = 0;
  /** How many copies are on their way over the network to workers of which host. */
  #toHosts: Map<string, number> | undefined;
  /** The copy for which ingredients are gathered or at work, when one is enough for all. */
  maker: Copy | undefined;
  /** When waiting copies are looked at again. */
  retryAtMs = 0;
  /** Copies that failed since the last that arrived, and the latest of them. */
  failures = 0;
  lastFailure: FailedCopy | undefined;

  constructor(cacheName: CacheName) {
    this.cacheName = cacheName;
  }

  /** The manager's data server can give it. */
  get home(): boolean {
    return this.relayed || this.files.some((file) => file.home);
  }

  /** Copies that wait. */
  get waiting(): number {
    return this.queued?.size ?? 0;
  }

  /** Copies on their way over the network to workers of that host. */
  flyingTo(hostId: string): number {
    return this.#toHosts?.get(hostId) ?? 0;
  }

  countFlightTo(hostId: string, sign: 1 | -1): void {
    this.#toHosts ??= new Map();
    const count = this.flyingTo(hostId) + sign;
    if (count > 0) this.#toHosts.set(hostId, count);
    else this.#toHosts.delete(hostId);
    if (this.#toHosts.size === 0) this.#toHosts = undefined;
  }

  /** It is on its way to the manager, or is to be. */
  get isComing(): boolean {
    return this.files.some((file) => file.homeward !== undefined);
  }
}

/** A content at a worker: there, on its way, or wanted there. */
export class Replica {
  readonly content: Content;
  readonly worker: WorkerRecord;
  ready = false;
  /** An attempt that does not count left one there, while it is wanted there or on its way. */
  stray = false;
  size = 0;
  /** Of its size, what the worker may not give up to make room; nothing of what outlives the workflow. */
  neededBytes = 0;
  /** Tasks and recipes at this worker that need it. */
  uses = 0;
  copy: Copy | undefined;
  /** Position in the holders of its content while it is ready. */
  seat = -1;

  constructor(content: Content, worker: WorkerRecord) {
    this.content = content;
    this.worker = worker;
  }
}

/** The slots of a source that is no worker, and contents that wait for one. */
export interface Gate {
  giving: number;
  readonly waiters: Set<Content>;
}

/** Where a copy comes from: the manager, the file's URL, its recipe, or another worker. */
export type Source = "manager" | "url" | "recipe" | WorkerRecord;

/** A copy that is wanted somewhere. */
export class Copy {
  readonly content: Content;
  /** Undefined: the manager. */
  readonly worker: WorkerRecord | undefined;
  state: TransferStateName = "queued";
  transfer: TransferId | undefined;
  source: Source | undefined;
  /** Of the manager or a URL's host, while it is on its way from there. */
  gate: Gate | undefined;
  /** Sent inside a control message: takes no slot. */
  inline = false;
  /** The file that the manager gets by it. */
  file: FileRecord | undefined;
  /** Nobody waits for it: it makes the content safer. */
  background = false;
  tries = 0;
  /** Sources that failed for this destination, and until when they are left alone. */
  avoided: Map<Source, number> | undefined;
  /** Ingredients that are kept at the worker for it. */
  held: readonly Replica[] | undefined;
  /** One of them has turned out not to be what it should be: what is made of it does not count. */
  isVain = false;

  constructor(content: Content, worker: WorkerRecord | undefined) {
    this.content = content;
    this.worker = worker;
  }
}

/** Workers that offer the same features, indexed by the room they have. */
export interface Kin {
  readonly features: ReadonlySet<string>;
  readonly gpus: boolean;
  readonly index: Readonly<Record<Slot, Buckets<WorkerRecord>>>;
}

export class WorkerRecord implements Host {
  readonly spec: WorkerSpec;
  readonly id: WorkerId;
  readonly total: Resources;
  readonly features: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly kin: Kin;
  readonly endsAtMs: number;
  readonly queueLimit: number;
  readonly free: { cores: number; memory: number; disk: number; gpus: number };
  readonly seats = new Int32Array(6).fill(-1);
  state: WorkerState = { name: "ready" };
  cachedBytes = 0;
  /** Of these, what the worker does not give up by itself when room is needed. */
  neededBytes = 0;
  queuedCores = 0;
  readonly freeGpuIds: number[];
  /** All tasks here in no order (each run knows its seat), and those that wait for room in the order in which they were sent. */
  readonly tasks: TaskRecord[] = [];
  readonly queue: TaskRecord[] = [];
  /** Instances of libraries here, and those that are gone while news of their calls is still to come. */
  readonly instances = new Set<InstanceRecord>();
  /** What instances take, or will when there is room. */
  readonly resident = { cores: 0, memory: 0, disk: 0, gpus: 0 };
  /** Ready tasks whose inputs lie mostly here. */
  readonly affine: ReadyQueue<TaskRecord>;
  readonly replicas = new Map<Content, Replica>();
  outgoing = 0;
  incoming = 0;
  /** Contents of which queued copies wait for a slot of this source. */
  readonly waiters = new Set<Content>();
  /** Copies to this worker that wait. */
  readonly inbound = new Set<Copy>();
  /** Attempts that ended well here, and what they took together from being sent on, milliseconds. */
  succeeded = 0;
  successMs = 0;
  /** Times in a row that it gave tasks back for want of room. */
  pauses = 0;
  /** As a source: destinations that it failed, and until when it is left alone by all. */
  readonly failedFor = new Set<WorkerId>();
  shunnedUntilMs = 0;
  /** Cores of tasks that were asked back from other workers to run here. */
  expectedCores = 0;
  /** Is in the list of workers that have gained room of this kind. */
  readonly roomy = { now: false, next: false };

  constructor(spec: WorkerSpec, kin: Kin, queueLimit: number) {
    this.spec = spec;
    this.id = spec.id;
    this.total = spec.resources;
    this.features = kin.features;
    this.names = new Set([spec.name, spec.host]);
    this.kin = kin;
    this.endsAtMs = spec.endsAtMs ?? Number.POSITIVE_INFINITY;
    this.queueLimit = queueLimit;
    this.free = { ...spec.resources };
    this.freeGpuIds = Array.from({ length: spec.resources.gpus }, (_, id) => id);
    this.affine = new ReadyQueue<TaskRecord>((task) => task.state.name === "ready");
  }
}
