import {
  type Executor,
  type ExecutorHost,
  type ExecutorMessage,
  type ExecutorRequest,
  VineError,
} from "@taskvine/core/executor";
import { type Graph, resolveGraph } from "../graph/graph.js";
import { orderOf } from "../graph/order.js";
import { byPriority, inMode, type OrderMode } from "../graph/priority.js";
import { GraphRun } from "../run/graph-run.js";
import { RANK_MODES } from "../run/ranks.js";
import { Categories } from "../sizing/categories.js";
import { Sizing } from "../sizing/sizing.js";
import { type GraphRequest, readGraphRequest } from "./graph-request.js";
import { Libraries } from "./libraries.js";
import type { LibraryBody } from "./library-request.js";
import { News } from "./news.js";
import { PythonDialect } from "./python-dialect.js";
import { Shipment } from "./shipment.js";
import { Uploads } from "./uploads.js";
import { ValueFiles } from "./value-files.js";
import { valuesOf } from "./values-out.js";

/** A graph that a program has begun, and is shipping the nodes of. */
interface OpenGraph {
  readonly shipment: Shipment;
  readonly uploads: Uploads;
  readonly run: GraphRun;
}

interface BatchBody {
  readonly token: string;
  readonly count: number;
  /** The batch is the first of the parts, and no attachment. */
  readonly isFile: boolean;
  /** The batch's files: numbers of uploads, or -1 for the next of the request's. */
  readonly parts: readonly number[];
}

/** Added to the priority of nodes that cannot run anywhere: else they would wait until no other work is left there. */
const FEW_PLACES = 0.5;

interface PieceBody {
  readonly token: string;
  readonly upload: number;
  readonly at: number;
}

interface FetchBody {
  readonly token: string;
  readonly file: string;
}

/** Does what the Python package taskvine-dask asks: declares its library, and runs graphs. */
export class PythonExecutor implements Executor {
  readonly #host: ExecutorHost;
  readonly #libraries: Libraries;
  readonly #categories = new Categories();
  readonly #graphs = new Map<string, OpenGraph>();
  /** By the graph that they are of: what was told to the program, and may not have been read. */
  readonly #valueFiles = new Map<string, ValueFiles>();

  constructor(host: ExecutorHost) {
    this.#host = host;
    this.#libraries = new Libraries(host);
  }

  async *execute(request: ExecutorRequest): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    const { type } = (request.body ?? {}) as { readonly type?: unknown };
    switch (type) {
      case "library":
        return this.#declare(request.body as LibraryBody, request);
      case "batch":
        return this.#ship(request.body as BatchBody, request);
      case "piece":
        return this.#keep(request.body as PieceBody, request);
      case "fetch":
        return yield* this.#contents(request.body as FetchBody);
      case "taken":
        return this.#forget(request.body as { readonly token: string });
      case "graph":
        return yield* this.#runGraph(readGraphRequest(request), request.signal);
      default:
        throw new VineError(
          "BAD_ARGUMENT",
          "a request to this executor is a library, a graph, or a part of one",
        );
    }
  }

  async close(): Promise<void> {
    for (const { run } of this.#graphs.values()) run.close();
    await Promise.all([...this.#valueFiles.values()].map((files) => files.clear()));
  }

  async *#contents({ token, file }: FetchBody): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    const files = this.#valueFiles.get(token) ?? new ValueFiles(this.#host.runDirectory);
    yield* files.contents(file);
    return { body: {} };
  }

  async #forget({ token }: { readonly token: string }): Promise<ExecutorMessage> {
    const files = this.#valueFiles.get(token);
    this.#valueFiles.delete(token);
    await files?.clear();
    return { body: {} };
  }

  #declare(body: LibraryBody, { files }: ExecutorRequest): ExecutorMessage {
    this.#libraries.declare(body, files);
    return { body: {} };
  }

  async #keep({ token, upload, at }: PieceBody, { attachments }: ExecutorRequest): Promise<ExecutorMessage> {
    const open = this.#graphs.get(token);
    const [bytes] = attachments;
    if (open === undefined || bytes === undefined) return { body: { isWanted: false } };
    try {
      await open.uploads.put(upload, at, bytes);
    } catch (thrown) {
      // Its graph may have ended meanwhile.
      if (this.#graphs.get(token) === open) throw thrown;
    }
    return { body: { isWanted: this.#graphs.has(token) } };
  }

  #ship(body: BatchBody, { attachments, files }: ExecutorRequest): ExecutorMessage {
    const { token, count, isFile, parts } = body;
    const open = this.#graphs.get(token);
    if (open === undefined) return { body: { isWanted: false } };
    const next = files.values();
    const all = parts.map((part) => (part < 0 ? next.next().value : open.uploads.finish(part)));
    const known = all.filter((file) => file !== undefined);
    const [bytes = new Uint8Array(0)] = attachments;
    const file = (isFile ? known.shift() : undefined) ?? this.#host.declareBuffer(bytes);
    open.shipment.add(count, file, known);
    open.run.pump();
    return { body: { isWanted: true } };
  }

  async *#runGraph(
    request: GraphRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    const graph = resolveGraph(request.graph);
    const order = orderOf(graph);
    const news = new News(request.options.watched);
    const open = this.#open(request, { graph, order, news });
    const { run, shipment, uploads } = open;
    const files = new ValueFiles(this.#host.runDirectory);
    this.#graphs.set(request.token, open);
    this.#valueFiles.set(request.token, files);
    let isTold = false;
    signal.addEventListener("abort", () => news.cancel(), { once: true });
    try {
      yield { body: { type: "order" }, attachments: [Buffer.from(order.buffer)] };
      run.pump();
      for (let told = await news.next(); told !== undefined; told = await news.next()) {
        yield told.message;
        if (request.options.values) yield* valuesOf(told.finished, run.values, files);
      }
      const answer = yield* this.#answer({ graph, run, news, files });
      isTold = !files.isEmpty;
      return answer;
    } finally {
      if (!isTold) await this.#forget(request);
      this.#graphs.delete(request.token);
      run.close();
      for (const { file } of shipment.batches) this.#host.undeclare(file);
      uploads.clear();
    }
  }

  #open(
    request: GraphRequest,
    { graph, order, news }: { readonly graph: Graph; readonly order: Int32Array; readonly news: News },
  ): OpenGraph {
    const { options, classes, retries, homes, groups, groupNames, token } = request;
    const rank = RANK_MODES.find((mode) => mode === options.mode);
    const mode = rank === undefined ? (options.mode as OrderMode | undefined) : undefined;
    const wanted = mode === undefined ? order : inMode(order, graph, mode);
    const urgencies = urgenciesOf(request);
    const shipment = new Shipment(order, graph.count);
    const sizing = this.#sizingOf(request);
    const dialect = new PythonDialect({
      host: this.#host,
      graph,
      shipment,
      token,
      libraryOf: (node, memory) => {
        const key = request.libraries[classes?.[node] ?? 0] ?? "";
        return sizing === undefined ? this.#libraries.of(key) : this.#libraries.sized(key, memory);
      },
      retries: options.lostRetries,
      category: options.category,
      priorityOf: (node) => options.priority + (urgencies?.[node] ?? 0),
      label: (node) => groupNames[groups[node] ?? 0] ?? `node ${node}`,
      wallTimeMs: options.wallTimeMs,
    });
    const run = new GraphRun({
      host: this.#host,
      graph,
      order: urgencies === undefined ? wanted : byPriority(wanted, urgencies),
      dialect,
      groups,
      groupCount: groupNames.length,
      classes,
      sizing,
      priorities: urgencies,
      rank,
      isWatched: options.watched,
      alone: options.alone,
      maxPending: options.maxPending,
      maxPerTurn: options.maxPerTurn,
      pruneDepth: options.pruneDepth,
      keepsAll: options.values,
      homes,
      staysApart: options.staysApart,
      retriesOf: (node) => retriesOf(retries?.[node], options.retries),
      isShipped: (node) => shipment.isShipped(node),
      listener: news,
    });
    return { shipment, run, uploads: new Uploads(this.#host, token) };
  }

  #sizingOf({ options, libraries, classes, groups, groupNames }: GraphRequest): Sizing | undefined {
    const { resourcesMode: mode } = options;
    if (mode === undefined) return undefined;
    return new Sizing({
      mode,
      categories: this.#categories,
      libraries: libraries.map((key) => this.#libraries.limitsOf(key)),
      classes,
      groups,
      groupNames,
    });
  }

  async *#answer({
    graph,
    run,
    news,
    files,
  }: {
    readonly graph: Graph;
    readonly run: GraphRun;
    readonly news: News;
    readonly files: ValueFiles;
  }): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    const { end } = news;
    if (end?.type === "done") {
      const nodes = [...new Set(graph.requested)].filter((node) => run.values.place(node) !== undefined);
      yield* valuesOf(nodes, run.values, files);
      return { body: { state: "done", requested: graph.requested } };
    }
    if (end?.type !== "failed") throw new VineError("CANCELLED", "the graph was given up");
    const { node, error, exception, traceback } = end.failure;
    const { code, message, hint } = error;
    return {
      body: { state: "failed", node, code, message, hint, traceback },
      attachments: [exception],
    };
  }
}

/** What was said of nodes, and more for those that cannot run anywhere. */
function urgenciesOf({ priorities, classes }: GraphRequest): Float64Array | undefined {
  if (classes === undefined) return priorities;
  return Float64Array.from(classes, (one, node) => (priorities?.[node] ?? 0) + (one === 0 ? 0 : FEW_PLACES));
}

/** What was said of the node itself counts. */
function retriesOf(own: number | undefined, all: number): number {
  return own === undefined || own < 0 ? all : own;
}
