import type { ArchiveOptions, FileOptions, LocalFileOptions } from "../manager/api/declare.js";
import type { DraftOutput } from "../manager/api/draft.js";
import type { FunctionCall } from "../manager/api/functions/function-call.js";
import type { Library } from "../manager/api/functions/library.js";
import type { LibraryHandle } from "../manager/api/functions/library-handle.js";
import { Result } from "../manager/api/result.js";
import type { Task } from "../manager/api/task.js";
import type { VineFile } from "../manager/api/vine-file.js";
import { outputsMade } from "../manager/body/completion.js";
import type { House } from "../manager/body/house.js";
import type { TaskSink } from "../manager/body/task-register.js";
import type { StreamFiles } from "../manager/content/arrivals/streams.js";
import { Tenant } from "../manager/tenants/tenant.js";
import { VineError } from "../model/errors.js";
import type { TaskResult } from "../tasks/result.js";
import type { TaskSpec } from "../tasks/task.js";
import type { WorkerSpec } from "../workers/worker.js";
import { submitBatch } from "./call-run.js";
import type { CallBatch, CallEnd, CallRun, ExecutorHost, LinkedCall, LinkedEnd } from "./host.js";
import { submitLinked } from "./linked-run.js";
import type { SubmittedCalls } from "./submitted-calls.js";

interface Waiting {
  readonly outputs: readonly DraftOutput[];
  readonly value: VineFile | undefined;
  resolve(result: Result): void;
  readonly graph: Graph;
}

/** Works that were handed over together, and end together when nobody wants them any more. */
interface Graph {
  left: number;
  /** Takes the listener of the signal away. */
  detach(): void;
}

/** What an executor has of a manager: a tenant's rights, in the words of the API. */
export class TenantHost implements ExecutorHost, TaskSink {
  readonly #house: House;
  readonly #tenant: Tenant;
  readonly #waiting = new Map<number, Waiting>();
  readonly #runs = new Set<CallRun>();
  readonly #watches = new Set<() => void>();

  constructor(house: House) {
    this.#house = house;
    this.#tenant = new Tenant(house, this);
  }

  get managerName(): string {
    return this.#house.options.name;
  }

  get runDirectory(): string {
    return this.#house.run.path;
  }

  declareFile(path: string, options: LocalFileOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.local(path, options));
  }

  declareBuffer(content: string | Uint8Array, options: FileOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.buffer(content, options));
  }

  declareUrl(url: string, options: FileOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.url(url, options));
  }

  declareTemp(options: FileOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.temp(options));
  }

  declareMiniTask(task: Task, output: string, options: FileOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.miniTask(task, output, options));
  }

  declareUntar(archive: VineFile, options: ArchiveOptions = {}): VineFile {
    return this.#open.declare((declarer) => declarer.unpack(archive, options));
  }

  undeclare(file: VineFile): void {
    this.#tenant.undeclare(file);
  }

  prune(file: VineFile): void {
    this.#tenant.prune(file);
  }

  declareLibrary(library: Library): LibraryHandle {
    return this.#open.shelf.declare(library);
  }

  submit(work: Task | FunctionCall, options: { readonly signal?: AbortSignal } = {}): Promise<Result> {
    const [promise] = this.submitAll([work], options);
    return promise ?? Promise.reject(new VineError("INTERNAL", "a task was submitted without a result"));
  }

  submitAll(
    works: Iterable<Task | FunctionCall>,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Result>[] {
    const tenant = this.#open;
    const list = [...new Set(works)];
    const described = list.map((work) => tenant.describe(work));
    for (const work of list) work.markSubmitted();
    const specs = described.map(({ spec }) => spec);
    const graph: Graph = { left: specs.length, detach: this.#cancelWith(signal, specs) };
    const promises = described.map(({ spec: { id }, value }, at) => {
      const outputs = list[at]?.draft().outputs ?? [];
      return new Promise<Result>((resolve) => this.#waiting.set(id, { outputs, value, resolve, graph }));
    });
    tenant.submit(
      specs,
      specs.map(({ id }) => id),
    );
    if (signal?.aborted === true) for (const { id } of specs) tenant.cancel(id);
    return promises;
  }

  call(batch: CallBatch, onEnd: (index: number, end: CallEnd) => void): CallRun {
    if (this.#open.shelf !== batch.library.owner)
      throw new VineError("UNKNOWN_LIBRARY", `the library ${batch.library.name} is not this executor's`);
    return this.#begin((onDone) => submitBatch(this.#house, batch, { onEnd, onDone }));
  }

  callEach(calls: readonly LinkedCall[], onEnd: (index: number, end: LinkedEnd) => void): CallRun {
    const { shelf } = this.#open;
    for (const { library } of calls) {
      if (shelf !== library.owner)
        throw new VineError("UNKNOWN_LIBRARY", `the library ${library.name} is not this executor's`);
    }
    return this.#begin((onDone) => submitLinked(this.#house, calls, { onEnd, onDone }));
  }

  workers(): readonly WorkerSpec[] {
    return this.#house.body.workers.specs();
  }

  onWorkerJoined(listener: () => void): () => void {
    const unwatch = this.#house.body.workers.watch(listener);
    this.#watches.add(unwatch);
    return () => {
      this.#watches.delete(unwatch);
      unwatch();
    };
  }

  hungry(): number {
    return this.#house.body.coordinator.hungry();
  }

  note(level: "info" | "warn" | "error", message: string): void {
    this.#house.note(level, message);
  }

  /** All that the executor has here ends. */
  end(): void {
    for (const unwatch of this.#watches) unwatch();
    for (const run of this.#runs) run.cancel();
    this.#tenant.end();
  }

  onStarted(): void {
    // Nobody asked.
  }

  onFinished(number: number, spec: TaskSpec, record: TaskResult, files: StreamFiles): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (waiting === undefined) return;
    const { outputs, value, graph } = waiting;
    graph.left -= 1;
    if (graph.left === 0) graph.detach();
    waiting.resolve(new Result(record, { spec, outputs: outputsMade(outputs, record), value, files }));
  }

  #begin<End>(submit: (onDone: (run: CallRun) => void) => SubmittedCalls<End>): CallRun {
    const run = submit((ended) => this.#runs.delete(ended));
    if (run.left > 0) this.#runs.add(run);
    return run;
  }

  /** Returns how to forget the signal. */
  #cancelWith(signal: AbortSignal | undefined, specs: readonly TaskSpec[]): () => void {
    if (signal === undefined) return () => undefined;
    const cancel = (): void => {
      for (const { id } of specs) this.#tenant.cancel(id);
    };
    signal.addEventListener("abort", cancel, { once: true });
    return () => signal.removeEventListener("abort", cancel);
  }

  get #open(): Tenant {
    if (this.#tenant.ended) throw new VineError("MANAGER_CLOSED", "this executor has been closed");
    return this.#tenant;
  }
}
