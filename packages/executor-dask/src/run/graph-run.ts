import { join } from "node:path";
import { type CallRun, type ExecutorHost, type LinkedEnd, VineError } from "@taskvine/core/executor";
import type { Graph } from "../graph/graph.js";
import type { Sizing } from "../sizing/sizing.js";
import type { Dialect, NodeFailure, NodeResult, Report } from "./dialect.js";
import { Estimates } from "./estimates.js";
import { NodeStates } from "./node-states.js";
import { pruner } from "./pruning.js";
import { type RankMode, Ranks } from "./ranks.js";
import { ownOf, type Unit, UnitBuilder, type UnitLimits } from "./unit.js";
import { SharedFile, Values } from "./values.js";

export interface GraphRunOptions {
  readonly host: ExecutorHost;
  readonly graph: Graph;
  /** Wanted nodes, the most urgent first. */
  readonly order: Int32Array;
  readonly dialect: Dialect;
  /** Of each node: which are alike, from 0 on; and how many kinds there are. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  readonly classes?: Int32Array | undefined;
  readonly keepsAll?: boolean;
  /** 1 for nodes whose value is brought to the manager. */
  readonly homes?: Uint8Array | undefined;
  /** Of each node: nodes go out together only with such as are at least as urgent. */
  readonly priorities?: Float64Array | undefined;
  /** Which of the ready nodes goes first. Default: as `order` says. */
  readonly rank?: RankMode | undefined;
  /** Somebody wants to hear of nodes soon after they have ended. */
  readonly isWatched?: boolean;
  /** Each node goes out by itself. */
  readonly alone?: boolean | undefined;
  /** Nodes on their way at a time, at most. */
  readonly maxPending?: number | undefined;
  /** The same for one turn: before more go, what has come meanwhile is heard. */
  readonly maxPerTurn?: number | undefined;
  /** Steps behind a node that are done when its value goes: see `pruner`. Default 1. */
  readonly pruneDepth?: number | undefined;
  /** Finds how much memory nodes get. Left out: as much as their library. */
  readonly sizing?: Sizing | undefined;
  /** Workers do not give values to each other. */
  readonly staysApart?: boolean | undefined;
  /** Further tries of a node that raised. */
  readonly retriesOf: (node: number) => number;
  /** Whether a node can be sent by now. */
  isShipped(node: number): boolean;
  readonly listener: GraphListener;
}

/** Told of everything, each node once. */
export interface GraphListener {
  /** Those that run first of what is on its way; what follows them in their processes is told when it has finished. */
  onStarted(nodes: readonly number[]): void;
  /** `worker`: the name of the one where they ran. */
  onFinished(results: readonly NodeResult[], worker: string): void;
  onRemarks(remarks: readonly unknown[]): void;
  /** All that was asked for is there, until `close`. */
  onDone(): void;
  onFailed(failure: NodeFailure): void;
}

interface Flight {
  readonly unit: Unit;
  readonly file: SharedFile;
  calls: CallRun | undefined;
}

/** Units of one worker's core that are on their way at the same time, and how many while nobody knows the workers. */
const UNITS_PER_CORE = 4;
const LEAST_UNITS = 16;
const MOST_NODES = 256;
/** Short nodes go together for about so long, microseconds. */
const SPAN_US = 20_000;
/** Long ones of a chain: of a unit nothing is heard before its end, and somebody may look on. */
const CHAIN_US = 5_000_000;
const WATCHED_CHAIN_US = 1_000_000;
const NO_BYTES = new Uint8Array(0);
const nowMs = (): number => performance.now();

/** One graph on its way: takes ready nodes, sends them in units, and keeps values as long as they are needed. */
export class GraphRun {
  readonly values: Values;
  readonly #options: GraphRunOptions;
  readonly #states: NodeStates;
  readonly #estimates: Estimates;
  readonly #ranks: Ranks | undefined;
  readonly #units: UnitBuilder;
  readonly #flights = new Set<Flight>();
  readonly #tries = new Map<number, number>();
  readonly #told: Uint8Array;
  /** Nodes on their way. */
  #pending = 0;
  /** The same of this turn. */
  #sent = 0;
  /** More may be on its way then. */
  readonly #unwatch: () => void;
  #isPumping = false;
  #ended = false;

  constructor(options: GraphRunOptions) {
    const { host, graph, order, keepsAll = false, groups, groupCount, rank } = options;
    this.#options = options;
    this.values = new Values((file) => host.undeclare(file));
    const estimates = new Estimates(groupCount);
    this.#estimates = estimates;
    const ranks = rank === undefined ? undefined : new Ranks({ mode: rank, graph, estimates, groups, nowMs });
    this.#ranks = ranks;
    const rankOf = ranks === undefined ? undefined : (node: number): number => ranks.of(node);
    const onRelease = pruner({
      graph,
      depth: options.pruneDepth ?? 1,
      isAskedFor: (node) => this.#states.isAskedFor(node),
      drop: (node) => this.values.release(node),
    });
    const states = new NodeStates({ graph, order, keepsAll, rankOf, onRelease });
    this.#states = states;
    this.#told = new Uint8Array(graph.count);
    const ends = options.staysApart === true ? undefined : options.homes;
    const { sizing } = options;
    const mayShare = sizing && ((one: number, other: number): boolean => sizing.mayShare(one, other));
    this.#units = new UnitBuilder({ ...options, mayShare, states, estimates, ends });
    this.#unwatch = host.onWorkerJoined(() => this.pump());
  }

  /** Begins, or goes on after more was shipped. */
  pump(): void {
    if (this.#isPumping || this.#ended) return;
    this.#isPumping = true;
    queueMicrotask(() => {
      this.#isPumping = false;
      if (this.#ended) return;
      try {
        this.#sendAll();
      } catch (thrown) {
        this.#fail({ node: -1, error: VineError.from(thrown), exception: NO_BYTES, traceback: "" });
      }
    });
  }

  /** Nothing of it goes on, and no value is kept. */
  close(): void {
    this.#ended = true;
    this.#unwatch();
    for (const { calls } of this.#flights) calls?.cancel();
    this.values.clear();
  }

  #sendAll(): void {
    if (this.#states.tasksLeft === 0) {
      this.#ended = true;
      this.#options.listener.onDone();
      return;
    }
    const { host, sizing } = this.#options;
    const workers = host.workers();
    sizing?.look(workers);
    const cores = workers.reduce((sum, { resources }) => sum + resources.cores, 0);
    const most = Math.max(LEAST_UNITS, UNITS_PER_CORE * cores);
    const sent: Flight[] = [];
    this.#sent = 0;
    while (this.#flights.size < most && this.#mayPend > 0) {
      const node = sizing === undefined ? this.#states.nextReady() : sizing.next(this.#states);
      if (node === undefined || !this.#options.isShipped(node)) break;
      sent.push(this.#prepare(this.#units.build(node, this.#limits(cores))));
    }
    if (sent.length > 0) this.#send(sent);
    if (this.#sent >= (this.#options.maxPerTurn ?? Number.POSITIVE_INFINITY)) setImmediate(() => this.pump());
  }

  #limits(cores: number): UnitLimits {
    const { dialect, alone, isWatched } = this.#options;
    if (!dialect.hasUnits || alone === true) return { nodes: 1, spanUs: 0, chainUs: 0 };
    const share = Math.ceil(this.#states.tasksLeft / (3 * Math.max(1, cores)));
    const nodes = Math.max(1, Math.min(MOST_NODES, share, this.#mayPend));
    return { nodes, spanUs: SPAN_US, chainUs: isWatched === true ? WATCHED_CHAIN_US : CHAIN_US };
  }

  /** Further nodes that may go now. */
  get #mayPend(): number {
    const { maxPending = Number.POSITIVE_INFINITY, maxPerTurn = Number.POSITIVE_INFINITY } = this.#options;
    return Math.min(maxPending - this.#pending, maxPerTurn - this.#sent);
  }

  #prepare(unit: Unit): Flight {
    const peerTransfer = this.#options.staysApart !== true;
    const file = new SharedFile(this.#options.host.declareTemp({ peerTransfer }));
    const memory = this.#options.sizing?.begin(ownOf(unit));
    const flight: Flight = { unit: { ...unit, memory }, file, calls: undefined };
    this.#flights.add(flight);
    this.#pending += unit.members.length;
    this.#sent += unit.members.length;
    return flight;
  }

  #send(flights: readonly Flight[]): void {
    const { host, dialect, listener } = this.#options;
    const calls = flights.map(({ unit, file }) => dialect.call(unit, this.values, file.file));
    listener.onStarted(flights.flatMap(({ unit }) => this.#firstUntold(unit)));
    flights.forEach((flight, index) => {
      const call = calls[index];
      if (call !== undefined) flight.calls = host.callEach([call], (_, end) => this.#onEnd(flight, end));
    });
  }

  /** Of a unit one node runs at a time. */
  #firstUntold({ members }: Unit): number[] {
    const first = members.find(({ node, isExtra }) => !isExtra && this.#told[node] === 0);
    return first === undefined ? [] : [first.node];
  }

  #onEnd(flight: Flight, end: LinkedEnd): void {
    this.#flights.delete(flight);
    this.#pending -= flight.unit.members.length;
    this.#options.sizing?.end(ownOf(flight.unit));
    if (!this.#ended) this.#take(flight, end);
    this.values.letGo(flight.file);
    this.pump();
  }

  #take(flight: Flight, end: LinkedEnd): void {
    if (end.type === "failed") this.#onLost(flight, end);
    else this.#onReturned(flight, end);
  }

  #onReturned(flight: Flight, end: Extract<LinkedEnd, { type: "returned" }>): void {
    const { dialect, listener } = this.#options;
    let report: Report;
    try {
      report = dialect.report(flight.unit, end.value, end.bytes !== undefined);
    } catch (thrown) {
      const error = VineError.from(thrown);
      this.#fail({ node: firstOf(flight.unit), error, exception: NO_BYTES, traceback: "" });
      return;
    }
    if (report.remarks.length > 0) listener.onRemarks(report.remarks);
    const kept = this.#settle(flight, report);
    if (kept.length > 0) listener.onFinished(kept, end.worker);
    if (report.failure !== undefined) this.#onRaised(report.failure);
  }

  /** Marks what is done. */
  #settle({ unit, file }: Flight, { results }: Report): NodeResult[] {
    const kept = this.#keptOf(unit, new Map(results.map((result) => [result.node, result])));
    const told: NodeResult[] = [];
    for (const { node, isExtra } of unit.members) {
      const result = kept.get(node);
      if (result === undefined) {
        if (!isExtra) this.#states.giveBack(node);
        continue;
      }
      this.#finish(result, file);
      if (this.#told[node] === 0) told.push(result);
      this.#told[node] = 1;
    }
    return told;
  }

  /** All but those whose value was for others of the unit alone, which did not come to run. */
  #keptOf({ members }: Unit, results: ReadonlyMap<number, NodeResult>): ReadonlyMap<number, NodeResult> {
    const kept = new Map<number, NodeResult>();
    for (const { node, isExtra } of [...members].reverse()) {
      const result = results.get(node);
      if (isExtra || result === undefined) continue;
      if (result.place !== "nowhere" || this.#isServed(node, kept)) kept.set(node, result);
    }
    return kept;
  }

  #isServed(node: number, kept: ReadonlyMap<number, unknown>): boolean {
    for (const consumer of this.#options.graph.consumers.of(node))
      if (!kept.has(consumer) && !this.#states.isDone(consumer)) return false;
    return true;
  }

  #finish({ node, us, bytes, place, value, memory }: NodeResult, file: SharedFile): void {
    this.#options.sizing?.learn(node, us, memory);
    this.#estimates.learn(this.#options.groups[node] ?? 0, us, bytes);
    this.#ranks?.learn(node, bytes);
    if (place === "unwritable" && this.#states.isAskedFor(node)) {
      const sentence = `the value of ${this.#options.dialect.label(node)} cannot be pickled`;
      const error = new VineError("EXECUTOR_FAILED", sentence);
      this.#fail({ node, error, exception: NO_BYTES, traceback: "" });
    }
    if (place === "here" && value !== undefined) this.values.putHere(node, value);
    if (place === "file") {
      this.values.putInFile(node, file);
      if (this.#options.homes?.[node] === 1) this.#bringHome(file);
    }
    this.#states.finish(node, place === "unwritable");
  }

  /** What is to be kept by the manager, too. Where that does not succeed, the value stays where it is. */
  #bringHome(shared: SharedFile): void {
    const { host } = this.#options;
    const temp = shared.file;
    const path = join(host.runDirectory, `dask-kept-${temp.id}`);
    temp
      .saveTo(path)
      .then(() => this.values.move(shared, host.declareFile(path, { unlinkWhenDone: true })))
      .catch((cause: unknown) => {
        if (!this.#ended)
          host.note("warn", `a value stays with the workers: ${VineError.from(cause).message}`);
      });
  }

  #onRaised(failure: NodeFailure): void {
    const tries = (this.#tries.get(failure.node) ?? 0) + 1;
    this.#tries.set(failure.node, tries);
    if (tries > this.#options.retriesOf(failure.node)) this.#fail(failure);
  }

  /** No process has come to the end of the unit. Where it had several nodes, each shows by itself whether it was the cause. */
  #onLost({ unit }: Flight, end: Extract<LinkedEnd, { type: "failed" }>): void {
    if (end.error.code === "FUNCTION_RAISED") {
      for (const { node } of unit.members) this.#states.giveBack(node);
      this.#onRaised({ node: firstOf(unit), error: end.error, exception: end.exception, traceback: "" });
      return;
    }
    const own = ownOf(unit);
    const isExhausted = end.error.code === "RESOURCE_EXHAUSTED";
    if (isExhausted && this.#options.sizing?.grow(own, unit.memory, end.worker) === true) {
      for (const node of own) this.#states.giveBack(node);
      return;
    }
    const isTheProgram = end.error.code === "LIBRARY_EXIT" || isExhausted;
    if (!isTheProgram || own.length === 1) {
      const { error, exception } = end;
      this.#fail({ node: firstOf(unit), error, exception, traceback: "" });
      return;
    }
    for (const node of own) {
      this.#units.isolate(node);
      this.#states.giveBack(node);
    }
  }

  #fail(failure: NodeFailure): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.listener.onFailed(failure);
  }
}

function firstOf({ members }: Unit): number {
  return members.find(({ isExtra }) => !isExtra)?.node ?? -1;
}
