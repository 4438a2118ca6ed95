import type { ExecutorHost, LinkedCall, LinkedEnd, VineFile } from "@taskvine/core/executor";
import { VineError } from "@taskvine/core/executor";
import type { Graph } from "../graph/graph.js";
import type { Dialect, NodeResult, Report } from "../run/dialect.js";
import type { Unit } from "../run/unit.js";
import type { Values } from "../run/values.js";

/** What may happen to a unit, by chance. */
export interface Luck {
  /** From 0 to 99. */
  next(): number;
}

export const WORKER_MEMORY = 16_000;

/** A call that a host has been given. */
interface Given {
  readonly unit: Unit;
  readonly have: ReadonlyMap<number, number>;
  readonly file: VineFile;
  onEnd(end: LinkedEnd): void;
}

/**
 * Hosts of no language: the value of a node is one more than the sum of those that it needs. They check that a unit is given
 * all it needs, and now and then leave a value in a file, cannot write it, raise, or end.
 */
export class FakeHosts implements Dialect {
  readonly hasUnits = true;
  readonly files = new Set<VineFile>();
  readonly ran: number[] = [];
  units = 0;
  /** Units that had too little memory. */
  readonly starved: number[][] = [];
  /** What units had that are on their way. */
  get sizes(): (number | undefined)[] {
    return this.#given.map(({ unit }) => unit.memory);
  }
  readonly host: ExecutorHost;
  readonly #graph: Graph;
  readonly #luck: Luck;
  readonly #memoryOf: ((node: number) => number) | undefined;
  readonly #given: Given[] = [];
  readonly #inFiles = new Map<VineFile, Map<number, number>>();
  /** Written, and not handed over yet. */
  readonly #prepared: Omit<Given, "onEnd">[] = [];
  #numbers = 0;

  /** Memory of each worker, which has two cores; and what a node needs of it: units with less end for it. */
  constructor(graph: Graph, luck: Luck, memoryOf?: (node: number) => number) {
    this.#graph = graph;
    this.#luck = luck;
    this.#memoryOf = memoryOf;
    this.host = {
      declareTemp: () => this.#declare(),
      undeclare: (file: VineFile) => this.files.delete(file),
      workers: () => [{ name: "w", host: "h", resources: { cores: 2, memory: WORKER_MEMORY } }],
      onWorkerJoined: () => () => undefined,
      callEach: (calls: readonly LinkedCall[], onEnd: (index: number, end: LinkedEnd) => void) =>
        this.#take(calls, onEnd),
      note: () => undefined,
    } as unknown as ExecutorHost;
  }

  get busy(): number {
    return this.#given.length;
  }

  label(node: number): string {
    return `node ${node}`;
  }

  call(unit: Unit, values: Values, file: VineFile): LinkedCall {
    const own = new Set(unit.members.map(({ node }) => node));
    const have = new Map<number, number>();
    for (const { node } of unit.members)
      for (const need of this.#graph.dependencies.of(node))
        if (!own.has(need)) have.set(need, this.#read(need, values));
    this.#prepared.push({ unit, have, file });
    return { args: new Uint8Array(0) } as unknown as LinkedCall;
  }

  report(_: Unit, returned: Uint8Array): Report {
    return JSON.parse(Buffer.from(returned).toString(), (_key, value: unknown) =>
      Array.isArray(value) && value[0] === "bytes" ? Uint8Array.from(value.slice(1) as number[]) : value,
    ) as Report;
  }

  /** The value of a node that is there. */
  valueOf(node: number, values: Values): number {
    return this.#read(node, values);
  }

  /** Lets one of the units that it has come to its end. */
  step(): void {
    const [given] = this.#given.splice(this.#luck.next() % this.#given.length, 1);
    if (given === undefined) return;
    if (this.#luck.next() < 5) {
      const error = new VineError("LIBRARY_EXIT", "the process ended");
      given.onEnd({ type: "failed", error, exception: new Uint8Array(0), worker: "w" });
      return;
    }
    const need = Math.max(...given.unit.members.map(({ node }) => this.#memoryOf?.(node) ?? 0));
    if (need > (given.unit.memory ?? WORKER_MEMORY / 2)) {
      this.starved.push(given.unit.members.map(({ node }) => node));
      const error = new VineError("RESOURCE_EXHAUSTED", "the process needed too much");
      given.onEnd({ type: "failed", error, exception: new Uint8Array(0), worker: "w" });
      return;
    }
    given.onEnd(this.#run(given));
  }

  #run({ unit, have, file }: Given): LinkedEnd {
    const values = new Map(have);
    const results: unknown[] = [];
    let failure: unknown;
    for (const { node, isExported, isExtra } of unit.members) {
      if (!isExtra && this.#luck.next() < 3) {
        failure = {
          node,
          error: { code: "FUNCTION_RAISED", message: "by chance" },
          exception: [],
          traceback: "",
        };
        break;
      }
      const value = this.#compute(node, values);
      values.set(node, value);
      this.ran.push(node);
      if (!isExtra) results.push(this.#result(node, isExported, value, file));
    }
    const isInFile = results.some((result) => (result as NodeResult).place === "file");
    const report = { results, remarks: [], ...(failure === undefined ? {} : { failure }) };
    const value = Buffer.from(JSON.stringify(report));
    return { type: "returned", value, bytes: isInFile ? 1 : undefined, worker: "w" };
  }

  #compute(node: number, values: ReadonlyMap<number, number>): number {
    let sum = 1;
    for (const need of this.#graph.dependencies.of(node)) {
      const value = values.get(need);
      if (value === undefined) throw new Error(`node ${node} was not given ${need}`);
      sum = (sum + value) % 251;
    }
    return sum;
  }

  #result(node: number, isExported: boolean, value: number, file: VineFile): unknown {
    const common = { node, us: 100, bytes: 1, memory: this.#memoryOf?.(node) };
    if (!isExported) return { ...common, place: "nowhere" };
    const luck = this.#luck.next();
    if (luck < 10 && !this.#graph.requested.includes(node)) return { ...common, place: "unwritable" };
    if (luck > 30) return { ...common, place: "here", value: ["bytes", value] };
    const inFile = this.#inFiles.get(file) ?? new Map<number, number>();
    this.#inFiles.set(file, inFile.set(node, value));
    return { ...common, place: "file" };
  }

  #read(node: number, values: Values): number {
    const place = values.place(node);
    if (place === undefined) throw new Error(`the value of ${node} is nowhere`);
    if (place.type === "here") return place.bytes[0] ?? -1;
    const value = this.#inFiles.get(place.file.file)?.get(node);
    if (value === undefined || !this.files.has(place.file.file))
      throw new Error(`the file of ${node} is gone`);
    return value;
  }

  #declare(): VineFile {
    this.#numbers += 1;
    const file = { id: this.#numbers } as unknown as VineFile;
    this.files.add(file);
    return file;
  }

  #take(calls: readonly LinkedCall[], onEnd: (index: number, end: LinkedEnd) => void): { cancel(): void } {
    const next = this.#prepared.shift();
    if (calls.length !== 1 || next === undefined) throw new Error("one call at a time, please");
    const given: Given = { ...next, onEnd: (end) => onEnd(0, end) };
    this.#given.push(given);
    this.units += 1;
    return { cancel: () => undefined };
  }
}
