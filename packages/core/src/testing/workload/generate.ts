import type { FileSpec } from "../../files/file.js";
import type { FileId, LibraryId, TaskId } from "../../model/ids.js";
import type { ResourceRequest } from "../../model/resources.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { Random } from "../random.js";
import { type TaskDifference, WorkloadBuilder } from "./builder.js";
import type { Workload } from "./workload.js";

const MB = 1_000_000;

export interface WorkloadWishes {
  /** About how many tasks. */
  readonly tasks: number;
  /** Of a task to fail by itself: exit code, signal, missing output, starving. */
  readonly ownFailures: number;
  /** Of a task to have a latest end or an earliest start. */
  readonly deadlines: number;
  /** Of a source to be missing or broken. */
  readonly unusableSources: number;
  /** Retries of a task; few let a task fail because of lost workers. */
  readonly retries: number;
  /** How many libraries there are, and of a task to be a call of one of them. Default: none. */
  readonly libraries?: number;
  readonly calls?: number;
  /** Of a call to have another beside it that returns something large without a file of its own. Default: none. */
  readonly largeValues?: number;
  /** Of a call to take a fraction of a millisecond, and to return little. Default: none. */
  readonly quick?: number;
  /** Milliseconds since the epoch at which the workload begins. */
  readonly startMs: number;
}

/** A graph of tasks in which every kind of file, lifetime, shape and dependency may occur. */
export function generateWorkload(random: Random, wishes: WorkloadWishes): Workload {
  const maker = new Maker(random, wishes);
  maker.sources();
  maker.provide();
  while (maker.size < wishes.tasks) random.pick(SHAPES)(maker, random);
  return maker.finish();
}

class Maker {
  readonly builder = new WorkloadBuilder();
  readonly #random: Random;
  readonly #wishes: WorkloadWishes;
  /** Files that tasks may still take as an input. */
  readonly #offered: FileId[] = [];
  readonly #libraries: LibraryId[] = [];
  /** Those with lifetime `task` have one consumer. */
  readonly #single = new Set<FileId>();

  constructor(random: Random, wishes: WorkloadWishes) {
    this.#random = random;
    this.#wishes = wishes;
  }

  get size(): number {
    return this.builder.tasks.size;
  }

  sources(): void {
    const random = this.#random;
    const count = random.between(3, 8);
    for (let i = 0; i < count; i++) {
      const unusable = random.chance(this.#wishes.unusableSources);
      const file = this.builder.file(this.#sourceSpec(i), { size: random.between(1, 40) * MB, unusable });
      this.#offered.push(file);
      if (random.chance(0.4)) this.#offered.push(this.#derived(file));
    }
  }

  /** Some file that there is already, for one task. */
  some(): FileId {
    return this.take(this.#random.pick(this.#offered));
  }

  /** Some file that there is already, for any number of tasks. */
  shared(): FileId {
    return this.#random.pick(this.#offered.filter((file) => !this.#single.has(file)));
  }

  /** Notes that a task takes the file. */
  take(file: FileId): FileId {
    if (this.#single.has(file)) this.#offered.splice(this.#offered.indexOf(file), 1);
    return file;
  }

  /** A task that takes these files; returns the file that it makes, for one more task or for many. */
  task(inputs: readonly FileId[], use: "once" | "often" = "once"): FileId {
    const random = this.#random;
    if (this.#libraries.length > 0 && random.chance(this.#wishes.calls ?? 0)) return this.#call(inputs, use);
    const outputs = [use === "often" ? this.builder.file() : this.#output()];
    if (random.chance(0.15)) outputs.push(this.#output());
    this.builder.task([...new Set(inputs)], outputs, this.#difference(outputs.length));
    this.#offered.push(...outputs);
    return outputs[0] as FileId;
  }

  /** Libraries, some of which need a file that is there by now. */
  provide(): void {
    const random = this.#random;
    for (let i = 0; i < (this.#wishes.libraries ?? 0); i++) {
      const inputs = random.chance(0.5) ? [this.shared()] : [];
      const resources = random.pick([{ cores: 1 }, { cores: 1 }, { cores: 2 }, {}]);
      const maxInstances = random.pick([0, 0, 1, 3]);
      const library = this.builder.library(
        inputs,
        { slots: random.pick([1, 2, 4]), resources, ...(maxInstances === 0 ? {} : { maxInstances }) },
        { loadMs: 20 + random.exponential(400), broken: random.chance(this.#wishes.ownFailures) },
      );
      this.#libraries.push(library);
    }
  }

  #call(inputs: readonly FileId[], use: "once" | "often"): FileId {
    const random = this.#random;
    const result = use === "often" ? this.builder.file() : this.#value();
    const fails = random.chance(this.#wishes.ownFailures)
      ? random.pick(["raises", "crashes"] as const)
      : undefined;
    const spec = {
      priority: random.pick([0, 0, 0, 1, 5]),
      retries: fails === "crashes" ? 2 : this.#wishes.retries,
    };
    const behaviour = {
      runMs: random.pick([1, 5, 100]) * (0.5 + random.exponential(1)),
      outputBytes: [random.pick([100, 1_000, 1_000_000])],
      ...(fails === undefined ? {} : { fails }),
    };
    const call = { function: random.pick(["f", "g"]), keep: random.chance(0.2) };
    const values = [...new Set(inputs)];
    const given = this.#quickly(behaviour, call);
    this.builder.call(random.pick(this.#libraries), values, result, { spec, ...given });
    if ((this.#wishes.largeValues ?? 0) > 0 && random.chance(this.#wishes.largeValues ?? 0)) {
      const large = { ...behaviour, outputBytes: [1_000_000] };
      this.builder.call(random.pick(this.#libraries), values, undefined, { spec, behaviour: large });
    }
    this.#offered.push(result);
    return result;
  }

  /** Of a function that is quick, sometimes. */
  #quickly<B extends { readonly runMs: number }, C extends { readonly function: string }>(
    behaviour: B,
    call: C,
  ): { readonly behaviour: B; readonly call: C } {
    const { quick = 0 } = this.#wishes;
    if (quick === 0 || !this.#random.chance(quick)) return { behaviour, call };
    const runMs = 0.1 + this.#random.exponential(0.5);
    const outputBytes = [this.#random.chance(0.03) ? 1_000_000 : 100];
    return { behaviour: { ...behaviour, runMs, outputBytes }, call: { ...call, function: "q", keep: false } };
  }

  /** What a call returns: a temp that one more task takes, or many. */
  #value(): FileId {
    const lifetime = this.#random.pick(["workflow", "task"] as const);
    const file = this.builder.file({ lifetime });
    if (lifetime === "task") this.#single.add(file);
    return file;
  }

  finish(): Workload {
    const random = this.#random;
    const ids = [...this.builder.tasks.keys()];
    const order = random.chance(0.5) ? random.shuffled(ids) : ids;
    const batches: { afterMs: number; tasks: TaskId[] }[] = [];
    while (order.length > 0) {
      batches.push({ afterMs: random.int(800), tasks: order.splice(0, random.between(1, ids.length)) });
    }
    // An input may be made by a task that comes later in the list, not in a later list: its tasks go together.
    this.builder.submitInBatches(
      order === ids ? batches : [{ afterMs: 0, tasks: batches.flatMap((b) => b.tasks) }],
    );
    return this.builder.build();
  }

  #sourceSpec(i: number): Partial<FileSpec> {
    const random = this.#random;
    const peerTransfer = !random.chance(0.15);
    const lifetime = random.pick(["workflow", "workflow", "worker", "forever"] as const);
    const kind = random.pick(["local", "local", "buffer", "url", "url"] as const);
    const origin =
      kind === "url"
        ? ({ type: "url", url: `http://host-${random.int(2)}/data-${i}` } as const)
        : { type: kind };
    return { origin, lifetime, peerTransfer, label: `${kind}-${i}` };
  }

  #derived(file: FileId): FileId {
    const random = this.#random;
    const lifetime = random.pick(["workflow", "forever"] as const);
    const peerTransfer = !random.chance(0.3);
    const size = random.between(1, 60) * MB;
    const unusable = random.chance(this.#wishes.unusableSources / 2);
    if (random.chance(0.5)) {
      const origin = { type: "unpack", archive: file, format: "tar.gz" } as const;
      return this.builder.file(
        { origin, lifetime, peerTransfer, label: `unpacked-${file}` },
        { size, unusable },
      );
    }
    const inputs = [{ file, name: "in" }];
    const command = { command: `make it of ${file}`, inputs, env: {} };
    const origin = { type: "mini-task", command, output: "out" } as const;
    return this.builder.file({ origin, lifetime, peerTransfer, label: `mini-${file}` }, { size, unusable });
  }

  #output(): FileId {
    const random = this.#random;
    const peerTransfer = !random.chance(0.1);
    if (random.chance(0.12)) {
      return this.builder.file({ origin: { type: "local" }, label: `result-${this.size}`, peerTransfer });
    }
    const lifetime = random.pick(["workflow", "workflow", "workflow", "task", "worker", "forever"] as const);
    const file = this.builder.file({ lifetime, peerTransfer });
    if (lifetime === "task") this.#single.add(file);
    return file;
  }

  #difference(outputs: number): TaskDifference {
    const random = this.#random;
    const outputBytes: (number | undefined)[] = [];
    for (let i = 0; i < outputs; i++) outputBytes.push(random.between(1, 30) * MB);
    const behaviour = { runMs: 20 + random.exponential(600), outputBytes, exitCode: 0 };
    const spec = { ...this.#wishesOf(), retries: this.#wishes.retries };
    if (random.chance(this.#wishes.ownFailures)) return { spec, ...this.#ownFailure(behaviour) };
    return { spec, behaviour, ...(random.chance(0.1) ? { when: "always" as const } : {}) };
  }

  #wishesOf(): Partial<Omit<TaskSpec, "id">> {
    const random = this.#random;
    const { startMs, deadlines } = this.#wishes;
    return {
      priority: random.pick([0, 0, 0, 1, 5, -2]),
      resources: random.pick(REQUESTS),
      category: random.pick(["default", "default", "analysis"]),
      features: random.chance(0.1) ? ["fast-disk"] : [],
      ...(random.chance(deadlines) ? { endByMs: startMs + random.between(500, 20_000) } : {}),
      ...(random.chance(deadlines) ? { startAfterMs: startMs + random.between(0, 8_000) } : {}),
      ...(random.chance(deadlines) ? { wallTimeMs: random.between(200, 3_000) } : {}),
    };
  }

  #ownFailure(behaviour: {
    runMs: number;
    outputBytes: (number | undefined)[];
    exitCode: number;
  }): TaskDifference {
    const random = this.#random;
    const how = random.pick(["exit", "signal", "no-output", "starves"] as const);
    if (how === "exit")
      return {
        behaviour: { ...behaviour, exitCode: 3 },
        when: random.pick(["success", "failure", "always"]),
      };
    if (how === "signal") return { behaviour: { ...behaviour, signal: "SIGSEGV" } };
    if (how === "no-output")
      return { behaviour: { ...behaviour, outputBytes: behaviour.outputBytes.map(() => undefined) } };
    return { behaviour: { ...behaviour, memory: random.pick([3_000 * MB, 1_000_000 * MB]) } };
  }
}

const REQUESTS: readonly ResourceRequest[] = [
  {},
  {},
  { cores: 1 },
  { cores: 2 },
  { cores: 1, memory: 1_000 * MB, disk: 500 * MB },
  { cores: 0.5, memory: 500 * MB },
  { memory: 2_000 * MB },
  { gpus: 1 },
  { cores: 1, gpus: 1, disk: 200 * MB },
];

type Shape = (maker: Maker, random: Random) => void;

const SHAPES: readonly Shape[] = [
  function independent(maker, random) {
    for (let i = random.between(1, 10); i > 0; i--) maker.task(random.chance(0.3) ? [] : [maker.some()]);
  },
  function chain(maker, random) {
    let file = maker.some();
    for (let i = random.between(2, 8); i > 0; i--) file = maker.take(maker.task([file]));
  },
  function fanOut(maker, random) {
    const root = maker.task([maker.some()], "often");
    for (let i = random.between(2, 12); i > 0; i--) maker.task([root]);
  },
  function treeReduce(maker, random) {
    const shared = maker.shared();
    let level: FileId[] = [];
    for (let i = random.between(3, 12); i > 0; i--) level.push(maker.take(maker.task([shared])));
    while (level.length > 1) {
      const pairs: FileId[] = [];
      for (let i = 0; i < level.length; i += 3) pairs.push(maker.take(maker.task(level.slice(i, i + 3))));
      level = pairs;
    }
  },
  function anything(maker, random) {
    for (let i = random.between(1, 8); i > 0; i--) {
      const inputs = Array.from({ length: random.between(1, 4) }, () => maker.some());
      maker.task(inputs);
    }
  },
];
