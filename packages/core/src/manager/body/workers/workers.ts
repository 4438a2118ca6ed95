import type { Event } from "../../../coordinator/event.js";
import type { LibrarySpec } from "../../../libraries/library.js";
import { VineError } from "../../../model/errors.js";
import { FIRST_INSTANCE_ID, type FileId, type TaskId, type WorkerId, workerId } from "../../../model/ids.js";
import {
  type DataSource,
  decodeWorkerBatch,
  type Ended,
  type Introduce,
  type LibraryReady,
  type ManagerMessage,
  type RunningAttempt,
  type Started,
  type Watched,
  type WorkerMessage,
} from "../../../protocol/index.js";
import type { Link, LinkHandlers } from "../../../transport/link.js";
import type { WorkerSpec } from "../../../workers/worker.js";
import type { Clock } from "../clock.js";
import { acceptClaims } from "./claims.js";
import { Session } from "./session.js";
import { toEvent } from "./worker-event.js";

/** A worker whose lifeline broke and that says nothing for this long is lost. */
const SUSPICION_MS = 1_000;

export interface WorkersOptions {
  readonly clock: Clock;
  post(event: Event): void;
  lifeline(receiver: string): DataSource;
  onJoined(worker: WorkerSpec): void;
  onLost(worker: WorkerSpec, reason: string): void;
  /** Was this attempt given to this worker, and is it the one that counts? */
  isGivenTo(worker: WorkerId, of: RunningAttempt): boolean;
  onStarted(task: TaskId, worker: WorkerSpec): void;
  onWatched(message: Watched): void;
  /** A small value that travelled with the news of who made it: it is nowhere else. */
  onValue(file: FileId, bytes: Uint8Array): void;
  /** An instance of this library takes calls there now, or has ended. */
  onInstance(library: LibrarySpec, worker: WorkerSpec, news: "ready" | Ended): void;
  /** A peer broke the rules. */
  onRefused(error: VineError): void;
}

interface Member {
  readonly session: Session;
  readonly link: Link;
  /** Batches heard so far. */
  heard: number;
  lifelines: number;
  suspicion: NodeJS.Timeout | undefined;
}

/** The connected workers: their introductions, their news, their ends. */
export class Workers {
  readonly #options: WorkersOptions;
  readonly #members = new Map<WorkerId, Member>();
  readonly #byReceiver = new Map<string, Member>();
  readonly #spokenTo = new Set<Session>();
  readonly #watchers = new Set<() => void>();
  #last = 0;

  constructor(options: WorkersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#members.size;
  }

  specs(): WorkerSpec[] {
    return Array.from(this.#members.values(), ({ session }) => session.spec);
  }

  /** Calls whenever a worker has joined. Returns what ends that. */
  watch(onJoined: () => void): () => void {
    this.#watchers.add(onJoined);
    return () => void this.#watchers.delete(onJoined);
  }

  get(id: WorkerId): Session | undefined {
    return this.#members.get(id)?.session;
  }

  /** A worker passed the handshake: what it says goes where the answer says. */
  accept(link: Link): LinkHandlers {
    let member: Member | undefined;
    return {
      onBatch: (batch) => {
        try {
          for (const message of decodeWorkerBatch(batch)) member = this.#hear(link, member, message);
        } catch (thrown) {
          this.#refuse(link, member, VineError.from(thrown, "INTERNAL"));
        }
      },
      onEnd: (end) => {
        if (member !== undefined) this.#lose(member, end.error.message);
      },
    };
  }

  /** Queued until `flush`. What is said to a worker that has gone is nobody's loss: the coordinator hears of its end. */
  say(id: WorkerId, message: ManagerMessage): void {
    const session = this.get(id);
    if (session === undefined) return;
    session.say(message);
    this.#spokenTo.add(session);
  }

  /** Everything that was said in this turn leaves, one batch a worker. */
  flush(): void {
    for (const session of this.#spokenTo) session.flush();
    this.#spokenTo.clear();
  }

  /** A worker opened or lost its lifeline. */
  onLifeline(receiver: string, state: "open" | "closed"): void {
    const member = this.#byReceiver.get(receiver);
    if (member === undefined) return;
    member.lifelines += state === "open" ? 1 : -1;
    clearTimeout(member.suspicion);
    if (member.lifelines <= 0) this.#suspect(member);
  }

  #hear(link: Link, member: Member | undefined, message: WorkerMessage): Member {
    if (message.type === "introduce") {
      if (member !== undefined) throw new VineError("BAD_FRAME", "a worker introduced itself twice");
      return this.#welcome(link, message);
    }
    if (member === undefined)
      throw new VineError("BAD_FRAME", `a worker sent ${message.type} before it introduced itself`);
    member.heard += 1;
    const { session } = member;
    if (session.ended) return member;
    if (message.type === "ended") this.#onEnded(session, message);
    if (message.type !== "watched") this.#options.post(toEvent(session.id, message));
    if (message.type === "library-ready") this.#onReady(session, message);
    if (message.type === "started" || message.type === "watched") this.#tellOfRun(session, message);
    return member;
  }

  /** News of an attempt that is not the worker's is old, or made up: nobody is told. */
  #tellOfRun(session: Session, message: Started | Watched): void {
    if (!this.#options.isGivenTo(session.id, message)) return;
    if (message.type === "watched") this.#options.onWatched(message);
    else this.#options.onStarted(message.task, session.spec);
  }

  #onEnded(session: Session, message: Ended): void {
    const { task, outcome } = message;
    if (task >= FIRST_INSTANCE_ID) this.#onInstanceEnded(session, message);
    for (const { file, bytes } of outcome.outputs) {
      if (bytes !== undefined && this.#options.isGivenTo(session.id, message))
        this.#options.onValue(file, bytes);
    }
  }

  #onInstanceEnded({ instances, spec }: Session, message: Ended): void {
    const library = instances.get(message.task);
    if (library === undefined) return;
    instances.delete(message.task);
    this.#options.onInstance(library, spec, message);
  }

  #onReady({ instances, spec }: Session, { task }: LibraryReady): void {
    const library = instances.get(task);
    if (library !== undefined) this.#options.onInstance(library, spec, "ready");
  }

  #welcome(link: Link, claims: Introduce): Member {
    const id = workerId(++this.#last);
    const spec = acceptClaims(id, claims, this.#options.clock.nowMs());
    const session = new Session(spec, claims, link, this.#options.clock);
    if (claims.resumes !== undefined) this.#endEarlier(claims.resumes, session);
    const member: Member = { session, link, heard: 0, lifelines: 0, suspicion: undefined };
    this.#members.set(id, member);
    this.#byReceiver.set(session.receiver, member);
    const { receiver, ticketKey } = session;
    session.say({
      type: "setup",
      ticketKey,
      workerName: receiver,
      lifeline: this.#options.lifeline(receiver),
    });
    session.flush();
    this.#options.onJoined(spec);
    const { running } = claims;
    this.#options.post({ type: "worker-joined", worker: spec, ...(running.length > 0 ? { running } : {}) });
    for (const onJoined of this.#watchers) onJoined();
    return member;
  }

  /** A worker may see sooner than we do that its connection broke. */
  #endEarlier(proof: Uint8Array, successor: Session): void {
    for (const member of [...this.#members.values()]) {
      if (!member.session.isProvenBy(proof)) continue;
      successor.follow(proof);
      const error = new VineError(
        "WORKER_LOST",
        `worker ${member.session.spec.name} came on a new connection`,
      );
      this.#lose(member, error.message);
      void member.link.close(error);
    }
  }

  #suspect(member: Member): void {
    const heard = member.heard;
    member.suspicion = setTimeout(() => {
      if (member.heard !== heard || member.session.ended) return;
      const error = new VineError(
        "WORKER_LOST",
        `worker ${member.session.spec.name} is gone: its lifeline broke and it is silent`,
      );
      this.#lose(member, error.message);
      void member.link.close(error);
    }, SUSPICION_MS);
  }

  #refuse(link: Link, member: Member | undefined, error: VineError): void {
    this.#options.onRefused(error);
    if (member !== undefined) this.#lose(member, error.message);
    void link.close(error);
  }

  #lose(member: Member, reason: string): void {
    const { session } = member;
    if (!this.#members.delete(session.id)) return;
    this.#byReceiver.delete(session.receiver);
    clearTimeout(member.suspicion);
    session.markEnded();
    this.#options.onLost(session.spec, reason);
    this.#options.post({ type: "worker-lost", worker: session.id, reason });
  }
}
