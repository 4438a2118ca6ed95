import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { join } from "node:path";
import type { Event } from "../../coordinator/event.js";
import { Coordinator } from "../../coordinator/index.js";
import { type DataServer, type DigestCache, makeTicketIssuer } from "../../data/index.js";
import type { LibrarySpec } from "../../libraries/library.js";
import { VineError } from "../../model/errors.js";
import type { CacheName, FileId, LibraryId, TaskId, WorkerId } from "../../model/ids.js";
import type { Ended, Watched } from "../../protocol/index.js";
import type { Link, LinkHandlers, Role } from "../../transport/link.js";
import type { WorkerSpec } from "../../workers/worker.js";
import type { CopySource } from "../api/events.js";
import { Libraries } from "../api/functions/libraries.js";
import type { Result } from "../api/result.js";
import type { FileOwner } from "../api/vine-file.js";
import { ResultQueue } from "../collect/result-queue.js";
import { CallValues } from "../content/arrivals/call-values.js";
import { discard } from "../content/arrivals/place.js";
import { Reader } from "../content/arrivals/reader.js";
import { managerReceiver, Retrieval } from "../content/arrivals/retrieval.js";
import { Streams } from "../content/arrivals/streams.js";
import { Wants } from "../content/arrivals/wants.js";
import { WatchFiles } from "../content/arrivals/watch-files.js";
import { Declarer } from "../content/declarer.js";
import { type FileEntry, FileRegister } from "../content/file-register.js";
import type { Holdings } from "../content/holdings.js";
import { Naming } from "../content/naming.js";
import { Sources } from "../content/sources.js";
import { stampOf } from "../content/stamp.js";
import { ValueStore } from "../content/value-store.js";
import type { ResolvedOptions } from "../options.js";
import type { RunDirectory } from "../run/run-directory.js";
import type { Clock } from "./clock.js";
import { Completion } from "./completion.js";
import { addressesOf, bracketed } from "./doors.js";
import { LibraryRegister } from "./library-register.js";
import { Performer } from "./perform.js";
import { TaskRegister } from "./task-register.js";
import { Turn } from "./turn.js";
import type { Facts } from "./workers/messages.js";
import { Workers } from "./workers/workers.js";

/** What the body tells its manager. */
export interface BodyListener {
  onWorkerJoined(worker: WorkerSpec): void;
  onWorkerLost(worker: WorkerSpec, reason: string): void;
  onTaskStarted(task: TaskId, worker: WorkerSpec): void;
  onTaskFinished(result: Result): void;
  onCopyStarted(file: FileId, worker: WorkerSpec, from: CopySource): void;
  onWatched(message: Watched): void;
  onInstance(library: LibrarySpec, worker: WorkerSpec, news: "ready" | Ended): void;
  /** `task`: the one that it names. */
  onNote(level: "info" | "warn" | "error", message: string, task?: TaskId): void;
  /** The coordinator failed: nothing will go on. */
  onFault(cause: unknown): void;
}

export interface BodyOptions {
  readonly options: ResolvedOptions;
  readonly run: RunDirectory;
  readonly clock: Clock;
  readonly instance: string;
  readonly owner: FileOwner;
  readonly holdings: Holdings;
  readonly known: DigestCache;
  readonly dataServer: DataServer;
  readonly ticketKey: Uint8Array;
  readonly listener: BodyListener;
}

/** The manager around its coordinator: registers, workers, files on their way, and the turns that tie them. */
export class Body {
  readonly coordinator: Coordinator;
  readonly files = new FileRegister();
  readonly tasks = new TaskRegister();
  readonly libraries = new LibraryRegister();
  readonly values: ValueStore;
  readonly queue = new ResultQueue<Result>();
  readonly turn: Turn;
  readonly workers: Workers;
  readonly declarer: Declarer;
  readonly reader: Reader;
  /** The application's libraries. */
  readonly shelf: Libraries;
  readonly completion: Completion;
  /** Set by the gateway: who looks after clients. */
  acceptClient: ((link: Link) => LinkHandlers) | undefined;
  readonly #wants: Wants;
  readonly #watchFiles = new WatchFiles();
  readonly #abort = new AbortController();
  readonly #parts: BodyOptions;

  constructor(parts: BodyOptions) {
    this.#parts = parts;
    const { options, clock, listener } = parts;
    // Each copy on its way here listens.
    setMaxListeners(0, this.#abort.signal);
    const post = (event: Event): void => this.turn.post(event);
    this.coordinator = new Coordinator({
      policy: options.policy,
      tempReplicas: options.tempReplicas,
      transfersPerSource: options.transfersPerSource,
      unschedulableMs: Number(options.unschedulableAfter ?? Number.POSITIVE_INFINITY),
      runNonce: parts.instance,
      seed: randomBytes(4).readUInt32LE(),
    });
    this.values = new ValueStore(join(parts.run.staging, "values"), options.heldValueBytes);
    const sources = this.#makeSources();
    this.workers = this.#makeWorkers(sources);
    this.declarer = new Declarer({ owner: parts.owner, files: this.files, post });
    this.shelf = this.makeShelf(
      () => undefined,
      () => undefined,
    );
    this.#wants = new Wants((file) => post({ type: "file-wanted", file }), discard);
    const { files, tasks, values } = this;
    const isUnmade = (file: FileId): boolean => this.#isUnmade(file);
    this.reader = new Reader({ files, tasks, values, wants: this.#wants, isUnmade });
    const callValues = this.#makeCallValues();
    this.completion = this.#makeCompletion(callValues);
    const performer = this.#makePerformer(sources, callValues);
    this.turn = new Turn({
      mind: this.coordinator,
      nowMs: () => clock.nowMs(),
      perform: (effects) => performer.performAll(effects),
      onFault: (cause) => listener.onFault(cause),
    });
  }

  /** A peer passed the handshake. */
  accept(link: Link, role: Role): LinkHandlers {
    if (role === "worker") return this.workers.accept(link);
    if (this.acceptClient !== undefined) return this.acceptClient(link);
    void link.close(new VineError("NOT_AUTHORISED", "this manager takes no clients"));
    return { onBatch: () => undefined, onEnd: () => undefined };
  }

  /** Bytes of a watched output that belongs to a path are written there. */
  writeWatched({ content }: FileEntry, offset: number, data: Uint8Array): void {
    if (content.type === "path") this.#watchFiles.write(content.path, offset, data);
  }

  /** Ends copies that are on their way, and everyone's waiting for them. */
  stop(error: VineError): void {
    this.#abort.abort(error);
    this.#wants.failAll(error);
  }

  #tellStarted(task: TaskId, worker: WorkerSpec): void {
    const rented = this.tasks.ofTenant(task);
    if (rented === undefined) this.#parts.listener.onTaskStarted(task, worker);
    else rented.sink.onStarted(rented.number);
  }

  /** Libraries with names of their own. Told of what lies on the shelf: files of values, and libraries. */
  makeShelf(onValue: (file: FileId) => void, onLibrary: (library: LibraryId) => void): Libraries {
    const { declarer, libraries } = this;
    return new Libraries({
      source: declarer,
      declarePath: (path) => declarer.local(path, {}).id,
      declareValue: (label, encoding) => {
        const value = declarer.value(label, encoding);
        onValue(value.id);
        return value;
      },
      takeId: () => libraries.takeId(),
      add: (spec) => {
        libraries.add(spec);
        onLibrary(spec.id);
      },
      post: (event) => this.turn.post(event),
      status: (library) => {
        this.turn.now();
        return this.coordinator.libraries().find(({ id }) => id === library);
      },
    });
  }

  /** A temp that no task makes. */
  #isUnmade(id: FileId): boolean {
    this.turn.now();
    const file = this.coordinator.file(id);
    return file?.state === "unnamed" && file.producer === undefined;
  }

  #makeSources(): Sources {
    const { options, clock, dataServer, holdings, ticketKey } = this.#parts;
    const [host = options.host] = addressesOf(options);
    return new Sources({
      dataUrl: `${options.insecure ? "http" : "https"}://${bracketed(host)}:${dataServer.port}`,
      fingerprint: dataServer.fingerprint,
      tickets: makeTicketIssuer(ticketKey, () => clock.monotonicMs()),
      holdings,
      values: this.values,
      peer: (worker) => this.workers.get(worker),
    });
  }

  #makeWorkers(sources: Sources): Workers {
    const { clock, listener } = this.#parts;
    return new Workers({
      clock,
      post: (event) => this.turn.post(event),
      lifeline: (receiver) => sources.lifeline(receiver),
      onJoined: (worker) => listener.onWorkerJoined(worker),
      onLost: (worker, reason) => listener.onWorkerLost(worker, reason),
      isGivenTo: (worker, { task, attempt }) => {
        const view = this.coordinator.task(task);
        return view?.worker === worker && view.attempts === attempt;
      },
      onStarted: (task, worker) => this.turn.afterwards(() => this.#tellStarted(task, worker)),
      onWatched: (message) => this.turn.afterwards(() => listener.onWatched(message)),
      onValue: (file, bytes) => {
        this.values.put(file, bytes);
        this.#wants.cameAsValue(file, bytes);
      },
      onInstance: (library, worker, news) => listener.onInstance(library, worker, news),
      onRefused: (error) => listener.onNote("warn", error.message),
    });
  }

  #makeCallValues(): CallValues {
    const { run, options } = this.#parts;
    return new CallValues({
      staging: run.staging,
      receiver: managerReceiver(options.host),
      signal: this.#abort.signal,
      post: (event) => this.turn.post(event),
      onDone: (worker, cacheName) => this.#dropAt(worker, cacheName),
    });
  }

  /** The worker need not keep it any more. */
  #dropAt(worker: WorkerId, cacheName: CacheName): void {
    this.workers.say(worker, { type: "drop", cacheName });
    this.workers.flush();
  }

  #makeCompletion(callValues: CallValues): Completion {
    const { run, options, listener } = this.#parts;
    const streams = new Streams({
      directory: run.streams,
      receiver: managerReceiver(options.host),
      signal: this.#abort.signal,
      onDone: (worker, cacheName) => this.#dropAt(worker, cacheName),
      onLost: (cause) =>
        listener.onNote("warn", `what a task printed was lost: ${VineError.from(cause).message}`),
    });
    const { tasks, queue, workers } = this;
    return new Completion({
      tasks,
      queue,
      workers,
      streams,
      callValues,
      onFinished: (result) => listener.onTaskFinished(result),
    });
  }

  #makePerformer(sources: Sources, callValues: CallValues): Performer {
    const { options, clock, holdings, known, run, listener } = this.#parts;
    const { signal } = this.#abort;
    const post = (event: Event): void => this.turn.post(event);
    const retrieval = new Retrieval({
      staging: run.staging,
      receiver: managerReceiver(options.host),
      wants: this.#wants,
      watchFiles: this.#watchFiles,
      signal,
      post,
      onHome: rememberStamp,
    });
    return new Performer({
      clock,
      files: this.files,
      libraries: this.libraries,
      values: this.values,
      facts: this.#facts(),
      workers: this.workers,
      naming: new Naming({ known, signal }),
      sources,
      holdings,
      retrieval,
      callValues,
      wants: this.#wants,
      completion: this.completion,
      post,
      onCopyStarted: (file, worker, from) => listener.onCopyStarted(file, worker, from),
      note: (level, message, task) => listener.onNote(level, message, task),
    });
  }

  #facts(): Facts {
    return {
      task: (task) => this.tasks.spec(task) ?? this.coordinator.task(task)?.spec,
      spec: (file) => this.files.known(file).spec,
      identity: (file) => this.coordinator.identity(file),
      value: (file) => this.values.get(file),
    };
  }
}

/** An output that came home is watched for changes like a declared file. */
async function rememberStamp(entry: FileEntry): Promise<void> {
  if (entry.content.type !== "path") return;
  const stamp = await stampOf(entry.content.path);
  entry.stamp = stamp;
  entry.executable = !stamp.isDirectory && (stamp.mode & 0o111) !== 0;
}
