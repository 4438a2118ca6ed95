import type { Effect, TransferSource } from "../../coordinator/effect.js";
import type { Event, TransferFailure } from "../../coordinator/event.js";
import { ERRORS, type ErrorCode, VineError } from "../../model/errors.js";
import type { FileId, TaskId, WorkerId } from "../../model/ids.js";
import type { ManagerMessage } from "../../protocol/index.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { WorkerSpec } from "../../workers/worker.js";
import type { CopySource } from "../api/events.js";
import type { CallValues } from "../content/arrivals/call-values.js";
import { discard } from "../content/arrivals/place.js";
import type { Retrieval } from "../content/arrivals/retrieval.js";
import type { Wants } from "../content/arrivals/wants.js";
import type { FileEntry, FileRegister } from "../content/file-register.js";
import type { Holdings } from "../content/holdings.js";
import type { Naming } from "../content/naming.js";
import type { Sources } from "../content/sources.js";
import { changeSince } from "../content/stamp.js";
import type { ValueStore } from "../content/value-store.js";
import type { Clock } from "./clock.js";
import type { Completion } from "./completion.js";
import type { LibraryRegister } from "./library-register.js";
import {
  assignMessage,
  callMessage,
  deployMessage,
  type Facts,
  fetchMessage,
  makeMessage,
} from "./workers/messages.js";
import type { Session } from "./workers/session.js";
import type { Workers } from "./workers/workers.js";

type EffectOf<T extends Effect["type"]> = Extract<Effect, { type: T }>;

export interface PerformerParts {
  readonly clock: Clock;
  readonly files: FileRegister;
  readonly libraries: LibraryRegister;
  readonly values: ValueStore;
  readonly facts: Facts;
  readonly workers: Workers;
  readonly naming: Naming;
  readonly sources: Sources;
  readonly holdings: Holdings;
  readonly retrieval: Retrieval;
  readonly callValues: CallValues;
  readonly wants: Wants;
  readonly completion: Completion;
  post(event: Event): void;
  onCopyStarted(file: FileId, worker: WorkerSpec, from: CopySource): void;
  note(level: "info" | "warn" | "error", message: string, task?: TaskId): void;
}

/** Does what the coordinator asks. Decides nothing. */
export class Performer {
  readonly #parts: PerformerParts;
  readonly #checking = new Set<FileId>();
  readonly #performers: { readonly [T in Effect["type"]]: (effect: EffectOf<T>) => void } = {
    name: ({ file }) => this.#name(file),
    assign: (effect) => this.#assign(effect),
    deploy: (effect) => this.#deploy(effect),
    call: (effect) => this.#call(effect),
    retract: ({ worker, task, attempt }) => this.#say(worker, { type: "retract", task, attempt }),
    kill: ({ worker, task, attempt }) => this.#say(worker, { type: "kill", task, attempt }),
    fetch: (effect) => this.#fetch(effect),
    make: (effect) => this.#say(effect.worker, makeMessage(effect, this.#parts.facts)),
    drop: ({ worker, cacheName }) => this.#say(worker, { type: "drop", cacheName }),
    retrieve: (effect) => this.#retrieve(effect),
    "retrieve-value": (effect) => this.#retrieveValue(effect),
    "file-unobtainable": ({ file, error, message }) =>
      this.#parts.wants.failed(file, errorOf(error, message)),
    "forget-file": ({ file }) => this.#forget(file),
    "task-finished": ({ result }) => this.#parts.completion.finish(result),
    release: ({ worker }) => this.#parts.workers.get(worker)?.release("nothing of it is needed"),
    note: ({ level, message, task }) => this.#parts.note(level, message, task),
  };

  constructor(parts: PerformerParts) {
    this.#parts = parts;
  }

  /** In order; what is said to a worker leaves as one batch at the end. */
  performAll(effects: readonly Effect[]): void {
    for (const effect of effects) {
      try {
        (this.#performers[effect.type] as (effect: Effect) => void)(effect);
      } catch (thrown) {
        this.#answerFailure(effect, VineError.from(thrown));
      }
    }
    this.#parts.workers.flush();
  }

  /** An effect that nobody answers would be waited for without end. */
  #answerFailure(effect: Effect, error: VineError): void {
    const { post, note } = this.#parts;
    note("error", `the effect ${effect.type} could not be performed: ${error.message}`);
    if (effect.type === "fetch" || effect.type === "make") {
      const { worker, transfer } = effect;
      const failure = { error: error.code, message: error.message, fault: "source" } as const;
      post({ type: "transfer-failed", worker, transfer, failure });
    } else if (effect.type === "assign" || effect.type === "deploy" || effect.type === "call") {
      const { worker, task, attempt } = effect;
      post({ type: "task-returned", worker, task, attempt, reason: "no-room", message: error.message });
    }
  }

  #say(worker: WorkerId, message: ManagerMessage): void {
    this.#parts.workers.say(worker, message);
  }

  #name(file: FileId): void {
    const { naming, files, post } = this.#parts;
    void naming.name(files.known(file)).then(post);
  }

  #assign(effect: EffectOf<"assign">): void {
    const { facts, clock } = this.#parts;
    this.#say(effect.worker, assignMessage(effect, this.#task(effect.task), facts, clock.nowMs()));
  }

  #deploy(effect: EffectOf<"deploy">): void {
    const { libraries, facts, workers } = this.#parts;
    const library = libraries.get(effect.library);
    if (library === undefined) throw new VineError("INTERNAL", `library ${effect.library} is not known`);
    this.#say(effect.worker, deployMessage(effect, library, facts));
    workers.get(effect.worker)?.instances.set(effect.task, library);
  }

  #call(effect: EffectOf<"call">): void {
    const { facts, clock } = this.#parts;
    this.#say(effect.worker, callMessage(effect, this.#task(effect.task), facts, clock.nowMs()));
  }

  #task(id: TaskId): TaskSpec {
    const spec = this.#parts.facts.task(id);
    if (spec === undefined) throw new VineError("INTERNAL", `task ${id} is not known`);
    return spec;
  }

  #fetch(effect: EffectOf<"fetch">): void {
    const { files, facts, sources, workers } = this.#parts;
    const receiver = workers.get(effect.worker);
    const identity = facts.identity(effect.file);
    if (receiver === undefined || identity === undefined) return;
    const entry = files.known(effect.file);
    const source = sources.source(effect.source, entry, identity, receiver);
    this.#say(effect.worker, fetchMessage(effect, facts, { source, executable: entry.executable ?? false }));
    if (effect.source.type === "manager") this.#checkUnchanged(entry);
    this.#parts.onCopyStarted(effect.file, receiver.spec, this.#placeOf(effect.source));
  }

  #placeOf(source: TransferSource): CopySource {
    if (source.type !== "worker") return source.type;
    const peer = this.#parts.workers.get(source.worker);
    if (peer === undefined) throw new VineError("INTERNAL", `worker ${source.worker} is not connected`);
    return peer.spec;
  }

  /** Looked at beside the copy, so as not to make it wait: changed bytes that leave meanwhile are refused for their digest. */
  #checkUnchanged(entry: FileEntry): void {
    const { content, stamp, spec, small } = entry;
    if (content.type !== "path" || stamp === undefined || this.#checking.has(spec.id)) return;
    // What was read when it was named is what is sent.
    if (small !== undefined) return;
    this.#checking.add(spec.id);
    void changeSince(content.path, stamp).then((change) => {
      this.#checking.delete(spec.id);
      if (change === undefined) return;
      this.#parts.post({
        type: "source-changed",
        file: spec.id,
        error: change.code,
        message: change.message,
      });
    });
  }

  #retrieve(effect: EffectOf<"retrieve">): void {
    const { files, facts, workers, retrieval, post } = this.#parts;
    const { transfer, file, source } = effect;
    const peer = workers.get(source);
    const identity = facts.identity(file);
    if (peer === undefined || identity === undefined) {
      post({ type: "retrieval-failed", transfer, failure: isGone(source) });
      return;
    }
    void this.#withPinned(
      peer,
      retrieval.start({ transfer, file, entry: files.known(file), identity, peer }),
    );
  }

  #retrieveValue({ worker, task, attempt, cacheName, size }: EffectOf<"retrieve-value">): void {
    const { workers, callValues, post } = this.#parts;
    const peer = workers.get(worker);
    if (peer !== undefined) {
      void this.#withPinned(peer, callValues.bring({ task, attempt, cacheName, size, peer }));
      return;
    }
    post({ type: "value-lost", task, attempt, failure: isGone(worker) });
  }

  async #withPinned(peer: Session, retrieval: Promise<void>): Promise<void> {
    peer.pin();
    await retrieval;
    peer.unpin();
  }

  #forget(file: FileId): void {
    const { files, values, holdings, facts, note } = this.#parts;
    const entry = files.get(file);
    if (entry === undefined) return;
    const identity = facts.identity(file);
    if (identity !== undefined) holdings.withdraw(identity.cacheName);
    files.remove(file);
    values.drop(file);
    const { content, relayed } = entry;
    for (const path of [
      relayed,
      content.type === "path" && content.unlinkWhenDone ? content.path : undefined,
    ]) {
      if (path === undefined) continue;
      discard(path).catch((cause: unknown) =>
        note("warn", `${path} could not be removed: ${VineError.from(cause).message}`),
      );
    }
  }
}

function isGone(worker: WorkerId): TransferFailure {
  return { error: "WORKER_LOST", message: `worker ${worker} has gone`, fault: "source" };
}

function errorOf(code: string, message: string): VineError {
  return new VineError(Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : "INTERNAL", message);
}
