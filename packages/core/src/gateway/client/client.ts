import type { RunningExecutor } from "../../executor/running-executor.js";
import type { House } from "../../manager/body/house.js";
import type { TaskSink } from "../../manager/body/task-register.js";
import type { StreamFiles } from "../../manager/content/arrivals/streams.js";
import { Tenant } from "../../manager/tenants/tenant.js";
import { VineError } from "../../model/errors.js";
import type { TaskId } from "../../model/ids.js";
import { never } from "../../model/never.js";
import type { TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { Link, LinkHandlers } from "../../transport/link.js";
import type { ClientMessage } from "../client-message.js";
import { decodeClientBatch } from "../codec/client-codec.js";
import type { Finished } from "../gateway-message.js";
import { ClientFiles } from "./client-files.js";
import { ClientLibraries } from "./client-libraries.js";
import { ClientTasks } from "./client-tasks.js";
import { finishedMessage, isKept, plainValue, refusedTask, runOf } from "./finished.js";
import { LargeValues } from "./large-values.js";
import { Outgoing, troubleOf } from "./outgoing.js";
import { Requests } from "./requests.js";
import { StatusLine, type TaskTally } from "./status-line.js";

const NO_BYTES = new Uint8Array(0);

export interface ClientParts {
  readonly house: House;
  readonly link: Link;
  readonly executors: Promise<readonly RunningExecutor[]>;
  onEnd(client: Client): void;
}

/** One program at the gateway: what it declared and submitted, and what it is to be told. */
export class Client implements TaskSink {
  readonly handlers: LinkHandlers = {
    onBatch: (batch) => this.#hear(batch),
    onEnd: () => this.#end(),
  };
  readonly outgoing: Outgoing;
  readonly #parts: ClientParts;
  readonly #tenant: Tenant;
  readonly #files: ClientFiles;
  readonly #libraries: ClientLibraries;
  readonly #tasks: ClientTasks;
  readonly #requests: Requests;
  readonly #status: StatusLine;
  readonly #values = new LargeValues();
  readonly #running = new Set<number>();
  #newlyRunning: number[] = [];
  #done = 0;
  #failed = 0;

  constructor(parts: ClientParts) {
    const { house, link } = parts;
    this.#parts = parts;
    this.outgoing = new Outgoing(link);
    this.#tenant = new Tenant(house, this);
    this.#files = new ClientFiles(this.#tenant);
    this.#libraries = new ClientLibraries(this.#tenant, this.#files);
    this.#tasks = new ClientTasks({
      tenant: this.#tenant,
      files: this.#files,
      libraries: this.#libraries,
      refuse: (task, error) => this.#refuse(task, error),
    });
    this.#requests = new Requests({
      house,
      tenant: this.#tenant,
      files: this.#files,
      libraries: this.#libraries,
      tasks: this.#tasks,
      values: this.#values,
      outgoing: this.outgoing,
      executors: parts.executors,
    });
    this.#status = new StatusLine(() => this.#tally(), house, this.outgoing);
  }

  /** Workers came or went. */
  noteChange(): void {
    this.#status.wake();
  }

  /** Is this one of its tasks, which has not ended? */
  owns(task: TaskId): boolean {
    return this.#parts.house.body.tasks.ofTenant(task)?.sink === this;
  }

  onFinished(number: number, spec: TaskSpec, record: TaskResult, files: StreamFiles): void {
    this.#tasks.forget(number);
    this.#running.delete(number);
    if (record.state === "done") this.#done += 1;
    else this.#failed += 1;
    this.#status.wake();
    const value = plainValue(spec, record);
    if (value !== undefined && record.outcome?.call !== undefined)
      this.outgoing.returned(record.outcome.call.encoding, number, value, runOf(spec, record));
    else if (record.outcome?.call !== undefined && isKept(spec, record))
      this.outgoing.returned(record.outcome.call.encoding, number, NO_BYTES, runOf(spec, record, true));
    else if (record.state === "done" && record.outcome?.call?.spilled !== undefined)
      void this.#tellLarge(number, finishedMessage(number, spec, record, files), files.valueFile);
    else this.outgoing.say(finishedMessage(number, spec, record, files));
  }

  /** Its value was brought here in a file. */
  async #tellLarge(number: number, finished: Finished, path: string | undefined): Promise<void> {
    try {
      if (path === undefined) throw new VineError("VALUE_LOST", "the worker took the value with it");
      const value = await this.#values.read(number, path);
      this.outgoing.say(value === undefined ? finished : { ...finished, value });
    } catch (thrown) {
      const trouble = troubleOf(VineError.from(thrown, "VALUE_LOST"));
      this.outgoing.say({ ...finished, state: "failed", code: "unknown", trouble });
    }
    if (this.#tenant.ended) await this.#values.clear();
  }

  onStarted(number: number): void {
    this.#running.add(number);
    this.#status.wake();
    this.#newlyRunning.push(number);
    if (this.#newlyRunning.length > 1) return;
    queueMicrotask(() => {
      const tasks = this.#newlyRunning;
      this.#newlyRunning = [];
      this.outgoing.say({ type: "running", tasks });
    });
  }

  #hear(batch: Uint8Array): void {
    for (const message of decodeClientBatch(batch)) this.#do(message);
    this.#tasks.commit();
    this.#status.wake();
  }

  #do(message: ClientMessage): void {
    switch (message.type) {
      case "calls":
        this.#tasks.submitCalls(message);
        break;
      case "submit":
        this.#tasks.submit(message);
        break;
      case "declare":
        this.#orRefuse({ file: message.file, library: 0 }, () => this.#files.declare(message));
        break;
      case "library":
        this.#orRefuse({ file: 0, library: message.library }, () => this.#libraries.declare(message));
        break;
      default:
        // All others may be about tasks that came before.
        this.#tasks.commit();
        this.#doLater(message);
    }
  }

  #doLater(message: Exclude<ClientMessage, { type: "calls" | "submit" | "declare" | "library" }>): void {
    switch (message.type) {
      case "remove-library":
        this.#libraries.remove(message.library);
        break;
      case "cancel":
        this.#tasks.cancel(message);
        break;
      case "prune":
        for (const file of message.files) this.#files.prune(file);
        break;
      case "undeclare":
        for (const file of message.files) this.#files.undeclare(file);
        break;
      case "fetch":
        this.#requests.fetch(message);
        break;
      case "query":
        this.#requests.query(message);
        break;
      case "execute":
        this.#requests.execute(message);
        break;
      case "abandon":
        this.#requests.abandon(message.request);
        break;
      case "bye":
        void this.#parts.link.close(new VineError("CLIENT_LEFT", "the client said goodbye"));
        break;
      default:
        never(message);
    }
  }

  #orRefuse(what: { readonly file: number; readonly library: number }, declare: () => void): void {
    try {
      declare();
    } catch (thrown) {
      this.outgoing.say({ type: "refusal", ...what, trouble: troubleOf(VineError.from(thrown)) });
    }
  }

  #refuse(task: number, error: VineError): void {
    this.#failed += 1;
    this.outgoing.say(refusedTask(task, error, Date.now()));
  }

  #tally(): TaskTally {
    const running = this.#running.size;
    return { waiting: this.#tasks.size - running, running, done: this.#done, failed: this.#failed };
  }

  /** Whatever the reason: what it submitted is of no use to anybody any more. */
  #end(): void {
    this.outgoing.end();
    this.#status.end();
    this.#requests.end();
    void this.#values.clear();
    this.#tenant.end();
    this.#parts.onEnd(this);
  }
}
