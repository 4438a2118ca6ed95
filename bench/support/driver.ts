import { Coordinator, type Effect, type Event } from "@taskvine/core/coordinator";

type Assign = Extract<Effect, { type: "assign" }>;
type Deploy = Extract<Effect, { type: "deploy" }>;
type Call = Extract<Effect, { type: "call" }>;
type Fetch = Extract<Effect, { type: "fetch" }>;
type TaskSpec = Extract<Event, { type: "tasks-submitted" }>["tasks"][number];
type FileSpec = Extract<Event, { type: "file-declared" }>["file"];
type Outcome = Extract<Event, { type: "task-ended" }>["outcome"];

const NOTHING: readonly never[] = [];
const VALUE = new Uint8Array(100);
const SILENT = { tail: new Uint8Array(), size: 0, truncated: false };
const PHASES = { queuedMs: 0, stagedMs: 0, ranMs: 0, collectedMs: 0 };
/** Events of one turn, as a busy manager collects them. */
const TURN = 1000;

const CALL = { library: 1, function: "f", args: new Uint8Array(8), encoding: "json", keep: false };
/** Of a no-op call in milliseconds. */
const CALL_MS = 0.005;

/** What a task reads and makes, by number of the file. */
export interface Uses {
  readonly reads: readonly number[];
  readonly makes: readonly number[];
}

/** No-op tasks `from`, `from + 1`… */
export function taskSpecs(from: number, count: number, uses?: (id: number) => Uses): TaskSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const id = from + index;
    const files = uses?.(id);
    return {
      id,
      command: "true",
      inputs: files?.reads.map((file) => ({ file, name: `i${file}` })) ?? NOTHING,
      outputs: files?.makes.map((file) => ({ file, name: "o", when: "success", watch: false })) ?? NOTHING,
      env: {},
      resources: {},
      features: NOTHING,
      tag: "",
      category: "default",
      priority: 0,
      retries: 1,
    } as unknown as TaskSpec;
  });
}

/** No-op calls `from`, `from + 1`… of library 1, with the values that they read and return by number of the file. */
export function callSpecs(from: number, count: number, uses?: (id: number) => Uses): TaskSpec[] {
  return taskSpecs(from, count).map((spec, index) => {
    const files = uses?.(from + index);
    const inputs = files?.reads.map((file) => ({ file, name: `i${file}`, use: "value" })) ?? NOTHING;
    const outputs =
      files?.makes.map((file) => ({ file, name: "", when: "success", watch: false, use: "value" })) ??
      NOTHING;
    return { ...spec, command: "", inputs, outputs, call: CALL } as unknown as TaskSpec;
  });
}

/** Files 1 to `count` that tasks make. */
export function temps(count: number): FileSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const common = {
      origin: { type: "temp" },
      lifetime: "workflow",
      peerTransfer: true,
      executable: false,
      label: "",
    };
    return { ...common, id: index + 1 } as unknown as FileSpec;
  });
}

/** A coordinator whose workers do everything at once: tasks end, copies arrive. */
export class Driver {
  readonly #coordinator = new Coordinator();
  #open: (Assign | Call | Deploy | Fetch)[] = [];
  #head = 0;
  #nowMs = 0;
  done = 0;

  declare(files: readonly FileSpec[]): void {
    this.#step(files.map((file) => ({ type: "file-declared", file })));
  }

  /** Library 1: one core and so many slots. */
  provide(slots: number): void {
    const library = {
      id: 1,
      name: "no-ops",
      command: "host",
      inputs: NOTHING,
      env: {},
      resources: { cores: 1 },
      features: NOTHING,
      slots,
      functions: NOTHING,
      startTries: 3,
      startWithinMs: 60_000,
    } as unknown as Extract<Event, { type: "library-declared" }>["library"];
    this.#step([{ type: "library-declared", library }]);
  }

  submit(tasks: readonly TaskSpec[]): void {
    this.#step([{ type: "tasks-submitted", tasks }]);
  }

  join(workers: number, cores: number): void {
    const resources = { cores, memory: cores * 4e9, disk: cores * 1e10, gpus: 0 };
    const events = Array.from({ length: workers }, (_, index) => {
      const worker = {
        id: index + 1,
        name: `w${index}`,
        host: "h",
        hostId: `h${index}`,
        resources,
        features: NOTHING,
        holds: NOTHING,
      };
      return { type: "worker-joined", worker } as unknown as Event;
    });
    this.#step(events);
  }

  /** The next answers of the workers. False: there is nothing more to answer. */
  turn(): boolean {
    const events: Event[] = [];
    while (events.length < TURN && this.#head < this.#open.length) {
      const effect = this.#open[this.#head] as Assign | Call | Deploy | Fetch;
      this.#head += 1;
      if (effect.type === "deploy") events.push(ready(effect));
      else events.push(effect.type === "fetch" ? arrived(effect) : ended(effect));
    }
    if (this.#head > 100_000) {
      this.#open = this.#open.slice(this.#head);
      this.#head = 0;
    }
    if (events.length > 0) this.#step(events);
    return events.length > 0;
  }

  runAll(): void {
    while (this.turn());
  }

  /** Seconds of processor time that something takes. */
  timed(work: () => void): number {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  }

  #step(events: readonly Event[]): void {
    this.#nowMs += 1;
    for (const effect of this.#coordinator.step(events, this.#nowMs)) {
      if (effect.type === "task-finished") this.done += 1;
      else if (effect.type === "assign" || effect.type === "call" || effect.type === "deploy")
        this.#open.push(effect);
      // Inputs arrive before the task that was sent with them ends.
      else if (effect.type === "fetch") this.#open.push(effect);
    }
  }
}

function ended(effect: Assign | Call): Event {
  const outputs = effect.outputs.map((output) => {
    const report = { ...output, kind: "file" as const, size: 100 };
    return effect.type === "call" ? { ...report, bytes: VALUE } : report;
  });
  const outcome: Outcome = {
    code: "success",
    exitCode: 0,
    stdout: SILENT,
    stderr: SILENT,
    outputs,
    measured: { wallMs: effect.type === "call" ? CALL_MS : 1 },
    phases: PHASES,
  };
  return { type: "task-ended", worker: effect.worker, task: effect.task, attempt: effect.attempt, outcome };
}

function ready({ worker, task, attempt }: Deploy): Event {
  return { type: "library-ready", worker, task, attempt, slots: 4 };
}

function arrived(effect: Fetch): Event {
  return { type: "replica-ready", worker: effect.worker, transfer: effect.transfer, size: 100, kind: "file" };
}
