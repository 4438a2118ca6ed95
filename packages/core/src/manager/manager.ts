import { EventEmitter } from "node:events";
import type { Event } from "../coordinator/event.js";
import { VineError } from "../model/errors.js";
import type { TaskId } from "../model/ids.js";
import { parseDuration } from "../model/units.js";
import type { TaskSpec } from "../tasks/task.js";
import type { WorkerSpec } from "../workers/worker.js";
import { Announcer } from "./announcer.js";
import type { ArchiveOptions, FileOptions, LocalFileOptions } from "./api/declare.js";
import type { Duration } from "./api/draft.js";
import type { ManagerEvents } from "./api/events.js";
import { FunctionCall } from "./api/functions/function-call.js";
import type { Library } from "./api/functions/library.js";
import type { LibraryHandle } from "./api/functions/library-handle.js";
import type { Result } from "./api/result.js";
import type { ManagerStats } from "./api/stats.js";
import type { Task } from "./api/task.js";
import type { TaskHandle, TaskOwner } from "./api/task-handle.js";
import type { FileOwner, VineFile } from "./api/vine-file.js";
import type { Body } from "./body/body.js";
import { type House, openHouse } from "./body/house.js";
import { statsOf } from "./body/stats.js";
import { submitTasks } from "./body/submission.js";
import { type ManagerOptions, resolveOptions } from "./options.js";
import { closeOnSignals } from "./run/signals.js";

/** Which tasks to cancel. */
export type TaskSelection =
  | "all"
  | { readonly id: TaskId }
  | { readonly tag: string }
  | { readonly category: string };

const houses = new WeakMap<Manager, House>();

/** What is behind a manager: for the parts of this package that serve others with it, the gateway and executors. */
export function houseOf(manager: Manager): House {
  const house = houses.get(manager);
  if (house === undefined) throw new VineError("BAD_ARGUMENT", "this is no manager that was started");
  return house;
}

/**
 * Runs tasks on the workers that connect to it. It goes on by itself: waiting for results only collects them.
 * Files and tasks belong to the manager that declared them. Close it, or declare it with `await using`.
 */
export class Manager implements FileOwner, TaskOwner, AsyncDisposable {
  /** News for progress displays; see ManagerEvents. */
  readonly events = new EventEmitter<ManagerEvents>();
  #house: House | undefined;
  readonly #announcer = new Announcer({
    events: this.events,
    house: () => this.#house,
    onFault: (cause) => this.#onFault(cause),
  });
  #closing: Promise<void> | undefined;
  #forgetSignals: (() => void) | undefined;

  private constructor() {
    this.events.setMaxListeners(0);
  }

  /** Listens for workers. Rejects with BAD_ARGUMENT or ADDRESS_IN_USE. */
  static async start(options: ManagerOptions = {}): Promise<Manager> {
    const resolved = resolveOptions(options);
    const manager = new Manager();
    manager.#house = await openHouse({ options: resolved, owner: manager, listener: manager.#announcer });
    houses.set(manager, manager.#house);
    if (resolved.handleSignals) manager.#forgetSignals = closeOnSignals(() => manager.close());
    return manager;
  }

  get name(): string {
    return this.#open.options.name;
  }

  /** Port of the control link. */
  get port(): number {
    return this.#open.links.port;
  }

  /** tcp://host:port, most useful first. */
  get addresses(): readonly string[] {
    return this.#open.connection.addresses;
  }

  /** What a worker needs to come in: `vine worker --connection-file <this>`. */
  get connectionFile(): string {
    return this.#open.options.connectionFile ?? this.#open.run.connectionFile;
  }

  /** Where this run's log and long outputs are. */
  get runDirectory(): string {
    return this.#open.run.path;
  }

  /** A file or directory tree here: as an input, or as the place where an output is brought to. */
  declareFile(path: string, options: LocalFileOptions = {}): VineFile {
    return this.#active.declarer.local(path, options);
  }

  /** A text or bytes. */
  declareBuffer(content: string | Uint8Array, options: FileOptions = {}): VineFile {
    return this.#active.declarer.buffer(content, options);
  }

  /** What an http, https, file or data URL gives; the workers fetch it themselves. */
  declareUrl(url: string, options: FileOptions = {}): VineFile {
    return this.#active.declarer.url(url, options);
  }

  /** An output that stays in the cluster, for other tasks; `contents()` brings it here. */
  declareTemp(options: FileOptions = {}): VineFile {
    return this.#active.declarer.temp(options);
  }

  /** What a command leaves at `output` in its sandbox, made at each worker that needs it and has no peer to get it from. */
  declareMiniTask(task: Task, output: string, options: FileOptions = {}): VineFile {
    return this.#active.declarer.miniTask(task, output, options);
  }

  /** The directory tree in a tar, tar.gz or tar.zst file, unpacked at the workers. */
  declareUntar(archive: VineFile, options: ArchiveOptions = {}): VineFile {
    return this.#active.declarer.unpack(archive, options);
  }

  /** The directory tree in a zip file. */
  declareUnzip(archive: VineFile, options: FileOptions = {}): VineFile {
    return this.#active.declarer.unpack(archive, { ...options, format: "zip" });
  }

  /** The single file in a gz file. */
  declareGunzip(archive: VineFile, options: FileOptions = {}): VineFile {
    return this.#active.declarer.unpack(archive, { ...options, format: "gz" });
  }

  /** The bytes of a file, brought here from wherever they are. */
  fetch(file: VineFile): Promise<Buffer> {
    return this.contents(file);
  }

  /** The application will not name the file again: it goes once no submitted task needs it. */
  undeclare(file: VineFile): void {
    this.#active.turn.post({ type: "file-undeclared", file: this.#ours(file).id });
  }

  /** Drops all copies in the cluster now. The file stays declared, and is made again when a task needs it. */
  prune(file: VineFile): void {
    this.#active.turn.post({ type: "file-pruned", file: this.#ours(file).id });
  }

  /** A program that answers function calls. It is started where calls need it. */
  declareLibrary(library: Library): LibraryHandle {
    return this.#active.shelf.declare(library);
  }

  /** Calls a function, and gives what it returned; rejects where the call failed. The short form of FunctionCall. */
  async call<T = unknown>(
    library: LibraryHandle | string,
    fn: string,
    ...args: readonly unknown[]
  ): Promise<T> {
    const result = await this.submit(new FunctionCall(library, fn, args)).done;
    return (await result.value) as T;
  }

  /** Hands a task or a call over. Throws at what cannot be right; what is found out later is in the result. */
  submit(task: Task | FunctionCall): TaskHandle {
    const [handle] = this.submitAll([task]);
    if (handle === undefined) throw new VineError("INTERNAL", "a task was submitted without a handle");
    return handle;
  }

  /** Hands a whole graph over, in any order: inputs may be outputs of tasks that come later in the list. */
  submitAll(tasks: Iterable<Task | FunctionCall>): TaskHandle[] {
    const { tasks: register, declarer, shelf, turn } = this.#active;
    const post = (event: Event): void => turn.post(event);
    return submitTasks(tasks, { owner: this, tasks: register, declarer, libraries: shelf, post });
  }

  /** The next result that nobody has collected; undefined when the time is over, or nothing is left to wait for. */
  wait(timeout?: Duration): Promise<Result | undefined> {
    return this.#next(undefined, timeout);
  }

  /** The same for tasks with this tag. */
  waitForTag(tag: string, timeout?: Duration): Promise<Result | undefined> {
    return this.#next(tag, timeout);
  }

  /** All results that nobody else collects, as they come, until no task is left. */
  async *completed(): AsyncGenerator<Result, void, undefined> {
    for (let result = await this.wait(); result !== undefined; result = await this.wait()) yield result;
  }

  /** Cancels tasks; their results say so. Tells how many. */
  cancel(selection: TaskSelection): number {
    const body = this.#open.body;
    const chosen = [...body.tasks.all()].filter(({ spec }) => isSelected(spec, selection));
    for (const { spec } of chosen) body.turn.post({ type: "task-cancelled", task: spec.id });
    return chosen.length;
  }

  /** Has every task ended, and every result been collected? */
  empty(): boolean {
    const { tasks, queue } = this.#open.body;
    return tasks.size === 0 && queue.size === 0;
  }

  /** How many more tasks it would be useful to submit now. */
  hungry(): number {
    return this.#open.body.coordinator.hungry();
  }

  /** Why a task is where it is, in one sentence. */
  explain(task: TaskHandle | TaskId): string {
    return this.explainTask(typeof task === "number" ? task : task.id);
  }

  /** The workers that are connected now. */
  workers(): readonly WorkerSpec[] {
    return this.#open.body.workers.specs();
  }

  /** The connected workers that hold a whole copy of a file. */
  holdersOf(file: VineFile): readonly WorkerSpec[] {
    const { coordinator, workers } = this.#open.body;
    const holders = new Set(coordinator.replicas(this.#ours(file).id));
    return workers.specs().filter(({ id }) => holders.has(id));
  }

  stats(): ManagerStats {
    return statsOf(this.#open);
  }

  /** Cancels what still runs, lets the workers go, and ends. Results that were there can still be collected. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  contents(file: VineFile): Promise<Buffer> {
    return this.#open.body.reader.contents(this.#ours(file));
  }

  saveTo(file: VineFile, path: string): Promise<void> {
    return this.#open.body.reader.saveTo(this.#ours(file), path);
  }

  cancelTask(id: TaskId): void {
    this.#open.body.turn.post({ type: "task-cancelled", task: id });
  }

  explainTask(id: TaskId): string {
    const { coordinator, turn } = this.#open.body;
    turn.now();
    return coordinator.explain(id);
  }

  stateOfTask(id: TaskId): string {
    const { coordinator, turn } = this.#open.body;
    turn.now();
    return coordinator.task(id)?.state.name ?? "waiting";
  }

  get #open(): House {
    if (this.#house === undefined) throw new VineError("INTERNAL", "the manager has not been started");
    return this.#house;
  }

  /** For what a closed manager cannot do. */
  get #active(): Body {
    if (this.#closing !== undefined)
      throw new VineError("MANAGER_CLOSED", `the manager ${this.name} has been closed`);
    return this.#open.body;
  }

  #ours(file: VineFile): VineFile {
    if (file.owner === this) return file;
    throw new VineError("UNKNOWN_FILE", `${file.label} was declared on another manager`);
  }

  async #next(tag: string | undefined, timeout: Duration | undefined): Promise<Result | undefined> {
    const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout, "timeout");
    const { queue, tasks } = this.#open.body;
    const ready = queue.take(tag);
    const left = tag === undefined ? tasks.size : tasks.withTag(tag);
    if (ready !== undefined || left === 0) return ready;
    return queue.next(tag, timeoutMs);
  }

  async #close(): Promise<void> {
    const { body, log, name } = { ...this.#open, name: this.name };
    const reason = new VineError("MANAGER_CLOSED", `the manager ${name} has been closed`);
    const { tasks } = body;
    for (const { spec } of [...tasks.all(), ...tasks.allOfTenants()])
      body.turn.post({ type: "task-cancelled", task: spec.id });
    body.turn.now();
    // Tenants tell of it before the doors close.
    await Promise.resolve();
    log.write("info", "manager-closed", { tasksLeft: body.tasks.size });
    await this.#open.close(reason);
    this.#forgetSignals?.();
    this.events.emit("closed");
  }

  /** A mistake of ours: say so, and end everything rather than hang. */
  #onFault(cause: unknown): void {
    const error = VineError.from(cause);
    this.#house?.log.write("error", "fault", { message: error.message, stack: error.stack });
    this.events.emit("note", "error", error.message);
    this.#house?.body.completion.failAll(error);
    void this.close();
  }
}

function isSelected(spec: TaskSpec, selection: TaskSelection): boolean {
  if (selection === "all") return true;
  if ("id" in selection) return spec.id === selection.id;
  if ("tag" in selection) return spec.tag === selection.tag;
  return spec.category === selection.category;
}
