import { attempt, cacheName, fileId, libraryId, taskId, transferId, workerId } from "../../model/ids.js";
import { anInput, anOutcome, anOutput, aTask } from "../../testing/builders.js";
import { Random } from "../../testing/random.js";
import type { Effect } from "../effect.js";
import type { Event } from "../event.js";
import { anyLibrary, asCall, callFailed, callReturned, demise, readiness } from "./chaos-calls.test.kit.js";
import { anyFile } from "./chaos-files.test.kit.js";
import { aChain, ChaosLines } from "./chaos-lines.test.kit.js";
import { anyWorker, assignFailed } from "./chaos-workers.test.kit.js";
import { Stage } from "./stage.test.kit.js";

type Open = Extract<
  Effect,
  {
    type:
      | "assign"
      | "deploy"
      | "call"
      | "fetch"
      | "make"
      | "retrieve"
      | "retrieve-value"
      | "name"
      | "retract";
  }
>;

/** A cluster that does anything at all: answers well, badly, late, twice, or about things that never were. */
export class Chaos {
  readonly stage: Stage;
  readonly hits = new Map<string, number>();
  readonly #random: Random;
  /** Processes of libraries need more memory than they have, now and then. */
  readonly #isScarce: boolean;
  readonly #submitted = new Set<number>();
  #open: Open[] = [];
  readonly #lines: ChaosLines;
  #old: Event[] = [];
  #leaving: Event[] = [];
  #workers: number[] = [];
  /** Instances that were said to be ready. */
  #hosts: Extract<Effect, { type: "deploy" }>[] = [];
  #libraries = 0;
  #files = 0;
  #tasks = 0;
  #nextWorker = 0;

  readonly #withLibraries: boolean;
  /** Calls return large values, and copies of the same are not always the same. */
  readonly #isRich: boolean;
  /** Calls that read each other's values are submitted as chains. */
  readonly #hasChains: boolean;

  constructor(seed: number, withLibraries = seed % 2 === 0) {
    this.#withLibraries = withLibraries;
    this.#isRich = seed % 8 === 2;
    this.#hasChains = seed % 16 === 8 || seed % 16 === 12;
    this.#random = new Random(seed);
    this.#isScarce = seed % 10 === 0;
    const random = this.#random;
    this.stage = new Stage({
      coolOffMs: 1000,
      tempReplicas: random.chance(0.3) ? 2 : 1,
      prefetch: random.pick([0, 1, 2]),
      recoveryLimit: 100,
      policy: random.pick(["most-cached", "best-fit", "worst-fit", "random", "first-come"]),
      seed,
    });
    this.#lines = new ChaosLines(new Random(seed), this.stage);
  }

  /** One turn of up to three events. */
  turn(): void {
    const events = Array.from({ length: 1 + this.#random.int(3) }, () => this.#event()).flat();
    this.#apply(events);
    if (this.#random.chance(0.2)) this.stage.nowMs += this.#random.int(3000);
  }

  /** From now on everything goes well. Gives the tasks that never end. */
  calm(): number[] {
    this.#apply([this.#join(true)]);
    for (let turn = 0; turn < 2000 && this.stage.results.size < this.#submitted.size; turn += 1) {
      const open = this.#open.splice(0);
      this.#apply(open.flatMap((effect) => this.#goodAnswer(effect)));
      this.stage.nowMs += 500;
      this.#apply([{ type: "tick" }]);
    }
    return [...this.#submitted].filter((task) => !this.stage.results.has(task));
  }

  #apply(happened: Event[]): void {
    const events = [...happened, ...this.#leaving.splice(0)];
    for (const event of events) this.#hit(event.type);
    for (const effect of this.stage.step(...events)) {
      this.#hit(`effect ${effect.type}`);
      switch (effect.type) {
        case "call":
          if (effect.linked === true) this.#lines.add(effect);
          else this.#open.push(effect);
          break;
        case "kill":
          this.#lines.kill(effect);
          break;
        case "assign":
        case "deploy":
        case "fetch":
        case "make":
        case "retrieve":
        case "retrieve-value":
        case "name":
        case "retract":
          this.#open.push(effect);
          break;
        case "release":
          this.#leaving.push(...this.#lost(effect.worker));
          break;
        default:
      }
    }
    this.#old.push(...events.filter(({ type }) => !/^(file|tasks|worker)/.test(type)));
  }

  #hit(what: string): void {
    this.hits.set(what, (this.hits.get(what) ?? 0) + 1);
  }

  #event(): Event[] {
    if (this.#hasChains && this.#libraries > 0 && this.#lines.dice.chance(0.1)) return this.#submitChain();
    const roll = this.#random.int(100);
    if (this.#withLibraries && roll < 8) return this.#ofLibraries(roll);
    if (roll < 36) return this.#ofCluster(roll);
    if (roll < 47) return this.#ofFiles(roll);
    return roll < 51 ? this.#nonsense() : this.#answer();
  }

  #ofLibraries(roll: number): Event[] {
    if (roll < 2) return [anyLibrary(this.#random, (this.#libraries += 1), this.#anyFile(), this.#isScarce)];
    if (roll < 3)
      return [{ type: "library-removed", library: libraryId(1 + this.#random.int(this.#libraries + 1)) }];
    return this.#hosts.length === 0
      ? []
      : [demise(this.#random, this.#random.pick(this.#hosts), this.#isScarce)];
  }

  #ofCluster(roll: number): Event[] {
    if (roll < 12) return anyFile(this.#random, (this.#files += 1));
    if (roll < 24) return this.#submit();
    if (roll < 30 || this.#workers.length === 0) return [this.#join()];
    if (roll < 33) return this.#lost(this.#random.pick(this.#workers));
    if (roll < 34) return [{ type: "worker-draining", worker: workerId(this.#random.pick(this.#workers)) }];
    return [{ type: "task-cancelled", task: taskId(1 + this.#random.int(this.#tasks + 1)) }];
  }

  #ofFiles(roll: number): Event[] {
    if (roll < 40) return [{ type: "file-wanted", file: this.#anyFile() }];
    if (roll < 41) return [{ type: "file-pruned", file: this.#anyFile() }];
    if (roll < 43) return [{ type: "file-undeclared", file: this.#anyFile() }];
    if (roll < 44)
      return [{ type: "source-changed", file: this.#anyFile(), error: "INPUT_CHANGED", message: "changed" }];
    return this.#workers.length === 0 ? [] : this.#replicaGone();
  }

  #anyFile(): ReturnType<typeof fileId> {
    return fileId(1 + this.#random.int(this.#files + 1));
  }

  #submit(): Event[] {
    const random = this.#random;
    const specs = Array.from({ length: 1 + random.int(4) }, () => {
      const id = (this.#tasks += 1);
      const ins = [...new Set(Array.from({ length: random.int(4) }, () => this.#anyFile()))];
      const outs = [...new Set(Array.from({ length: random.int(3) }, () => this.#anyFile()))];
      this.#submitted.add(id);
      const spec = aTask({
        id,
        inputs: ins.map((file) => anInput(file)),
        outputs: outs.map((file) => anOutput(file, { name: `o${file}` })),
        retries: random.int(4),
        priority: random.int(3),
        resources: random.pick([
          {},
          {},
          { cores: 1 },
          { cores: 2 },
          { memory: 6e9 },
          { gpus: 1 },
          { disk: 2e10 },
        ]),
        features: random.chance(0.1) ? ["x"] : [],
        ...(random.chance(0.1) ? { startAfterMs: this.stage.nowMs + random.int(2000) } : {}),
        ...(random.chance(0.1) ? { endByMs: this.stage.nowMs + random.int(9000) } : {}),
      });
      return this.#libraries > 0 && random.chance(0.6) ? asCall(random, spec, this.#libraries) : spec;
    });
    return [{ type: "tasks-submitted", tasks: specs }];
  }

  #submitChain(): Event[] {
    const { dice } = this.#lines;
    const length = 2 + dice.int(6);
    const first = { file: this.#files + 1, task: this.#tasks + 1 };
    this.#files += length;
    this.#tasks += length;
    for (let at = 0; at < length; at += 1) this.#submitted.add(first.task + at);
    return aChain(dice, { ...first, length, library: 1 + dice.int(this.#libraries) });
  }

  #join(big = this.#workers.length === 0): Event {
    const id = (this.#nextWorker += 1);
    this.#workers.push(id);
    return {
      type: "worker-joined",
      worker: anyWorker(this.#random, { id, big, linksCalls: this.#hasChains }),
    };
  }

  #lost(worker: number): Event[] {
    this.#workers = this.#workers.filter((id) => id !== worker);
    this.#open = this.#open.filter(
      (effect) => effect.type === "retrieve-value" || !("worker" in effect) || effect.worker !== worker,
    );
    this.#hosts = this.#hosts.filter((effect) => effect.worker !== worker);
    this.#lines.lose(worker);
    return [{ type: "worker-lost", worker: workerId(worker), reason: "crash" }];
  }

  #replicaGone(): Event[] {
    const worker = workerId(this.#random.pick(this.#workers));
    const replicas = [...Array(this.#files).keys()].map((index) =>
      this.stage.coordinator.file(fileId(index + 1)),
    );
    const held = replicas.filter((file) => file?.replicas.includes(worker) === true);
    const file = held.length === 0 ? undefined : this.#random.pick(held);
    if (file?.cacheName === undefined) return [];
    return [{ type: "replica-gone", worker, cacheName: file.cacheName, reason: "evicted" }];
  }

  #nonsense(): Event[] {
    const random = this.#random;
    if (this.#old.length > 0 && random.chance(0.7)) return [random.pick(this.#old)];
    const worker = workerId(1 + random.int(this.#nextWorker + 1));
    const task = taskId(1 + random.int(this.#tasks + 1));
    const any = attempt(1 + random.int(2));
    return [
      random.pick([
        {
          type: "task-ended",
          worker,
          task,
          attempt: any,
          outcome: anOutcome({
            outputs: [{ file: this.#anyFile(), cacheName: cacheName("x"), kind: "file", size: 1 }],
          }),
        },
        { type: "task-started", worker, task, attempt: any },
        { type: "replica-ready", worker, transfer: transferId(random.int(50)), size: 5, kind: "tree" },
        { type: "retrieved", transfer: transferId(random.int(50)) },
      ] as const satisfies Event[]),
    ];
  }

  #answer(): Event[] {
    if (this.#open.length === 0) return [{ type: "tick" }];
    const position = this.#random.int(this.#open.length);
    const effect = this.#open[position] as Open;
    if (effect.type === "assign" && this.#random.chance(0.4)) {
      return [{ type: "task-started", worker: effect.worker, task: effect.task, attempt: effect.attempt }];
    }
    this.#open.splice(position, 1);
    return this.#random.chance(0.75) ? this.#goodAnswer(effect) : this.#badAnswer(effect);
  }

  #goodAnswer(effect: Open): Event[] {
    const random = this.#random;
    switch (effect.type) {
      case "deploy":
        this.#hosts.push(effect);
        return readiness(random, effect);
      case "call":
        return this.#afterCall(effect, callReturned(random, effect, this.#isRich && effect.task % 2 === 0));
      case "assign": {
        const { worker, task, outputs } = effect;
        const reports = outputs.map((output) => ({
          ...output,
          kind: "file" as const,
          size: 1 + random.int(1e6),
        }));
        return [
          {
            type: "task-ended",
            worker,
            task,
            attempt: effect.attempt,
            outcome: anOutcome({ outputs: reports }),
          },
        ];
      }
      case "fetch":
      case "make":
        return [
          {
            type: "replica-ready",
            worker: effect.worker,
            transfer: effect.transfer,
            size: 1000,
            kind: "file",
            ...(this.#isRich ? { digest: (effect.transfer % 5 === 0 ? "b" : "a").repeat(64) } : {}),
          },
        ];
      case "retrieve":
        return [{ type: "retrieved", transfer: effect.transfer }];
      case "retrieve-value":
        return [{ type: "value-retrieved", task: effect.task, attempt: effect.attempt }];
      case "name": {
        const identity = {
          cacheName: cacheName(`file-${effect.file}`),
          size: random.pick([10, 1e6]),
          kind: "file" as const,
        };
        return [{ type: "file-named", file: effect.file, identity }];
      }
      case "retract":
        return [
          {
            type: "task-returned",
            worker: effect.worker,
            task: effect.task,
            attempt: effect.attempt,
            reason: "retracted",
            message: "",
          },
        ];
    }
  }

  /** What waits behind the call begins, or is given back. */
  #afterCall(effect: Extract<Open, { type: "call" }>, news: Event): Event[] {
    const end = this.#hasChains ? this.#lines.hasten(news) : news;
    const { begun, returned } = this.#lines.after(effect, end);
    for (const _ of begun) this.#hit("linked call begun");
    this.#open.push(...begun);
    return [end, ...returned];
  }

  #badAnswer(effect: Open): Event[] {
    const random = this.#random;
    const fault = random.pick(["source", "source", "destination", "file"] as const);
    const error = random.pick(["TRANSFER_STALLED", "DIGEST_MISMATCH"]);
    const failure = { error, message: "bad luck", fault };
    switch (effect.type) {
      case "deploy":
        return random.chance(0.5)
          ? [demise(this.#random, effect, this.#isScarce)]
          : [{ ...idsOf(effect), type: "task-returned", reason: "no-room", message: "no room" }];
      case "call":
        return this.#afterCall(effect, callFailed(random, effect, this.#isScarce));
      case "assign":
        return [assignFailed(random, effect)];
      case "fetch":
      case "make":
        return [{ type: "transfer-failed", worker: effect.worker, transfer: effect.transfer, failure }];
      case "retrieve":
        return [{ type: "retrieval-failed", transfer: effect.transfer, failure }];
      case "retrieve-value":
        return [{ type: "value-lost", task: effect.task, attempt: effect.attempt, failure }];
      case "name":
        return [
          { type: "file-unusable", file: effect.file, error: "INPUT_MISSING", message: "no such file" },
        ];
      case "retract":
        return [];
    }
  }
}

function idsOf({ worker, task, attempt: number }: Extract<Open, { type: "deploy" }>) {
  return { worker, task, attempt: number };
}
