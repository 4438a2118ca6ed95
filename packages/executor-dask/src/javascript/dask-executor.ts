import {
  decodeValue,
  EXECUTOR_API,
  type Executor,
  type ExecutorHost,
  type ExecutorMessage,
  type ExecutorRequest,
  type Library,
  type LibraryHandle,
  type Manager,
  type RunningExecutor,
  startExecutor,
  VineError,
} from "@taskvine/core/executor";
import { type Graph, NODE, resolveGraph } from "../graph/graph.js";
import { orderOf } from "../graph/order.js";
import { GraphRun } from "../run/graph-run.js";
import type { Values } from "../run/values.js";
import { JavaScriptDialect } from "./javascript-dialect.js";
import {
  type ParsedGraph,
  parseGraph,
  referencesIn,
  replaceReferences,
  type TaskGraph,
} from "./task-graph.js";

export interface DaskExecutorOptions {
  /** Has the functions that graphs name: those of a JavaScript module, or of any program that answers calls. */
  readonly library: Library;
}

export interface GetOptions {
  readonly signal?: AbortSignal;
  /** Further tries of tasks whose function throws. Default 0. */
  readonly retries?: number;
  /** Called with the keys of tasks that are done. */
  onDone?(keys: readonly string[]): void;
}

interface GetBody {
  readonly parsed: ParsedGraph;
  readonly options: GetOptions;
}

/**
 * Runs graphs in the manner of Dask over the functions of one library:
 * `await executor.get({ x: 1, y: [inc, "x"], z: [add, "y", 10] }, "z")`.
 */
export class DaskExecutor implements AsyncDisposable {
  readonly #running: Promise<RunningExecutor>;

  constructor(manager: Manager, { library }: DaskExecutorOptions) {
    const create = (host: ExecutorHost): Executor => new GraphExecutor(host, library);
    this.#running = startExecutor({ name: "dask", api: EXECUTOR_API, create }, manager);
    this.#running.catch(() => undefined);
  }

  /** The values of keys, in the shape of `keys`. Rejects with what a function threw; with CANCELLED when given up. */
  async get(graph: TaskGraph, keys: unknown, options: GetOptions = {}): Promise<unknown> {
    const body: GetBody = { parsed: parseGraph(graph, keys), options };
    const running = await this.#running;
    const { signal } = options;
    const answer = await running.execute(body, signal === undefined ? {} : { signal });
    return answer.body;
  }

  /** Gives up what runs, and ends the library. */
  async close(): Promise<void> {
    await (await this.#running).close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

class GraphExecutor implements Executor {
  readonly #host: ExecutorHost;
  readonly #library: LibraryHandle;

  constructor(host: ExecutorHost, library: Library) {
    this.#host = host;
    this.#library = host.declareLibrary(library);
  }

  // Nothing is told before the end.
  async *execute({
    body,
    signal,
  }: ExecutorRequest): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    const { parsed, options } = body as GetBody;
    const graph = graphOf(parsed);
    const dialect = new JavaScriptDialect(this.#library, parsed.tasks);
    let run: GraphRun | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        run = new GraphRun({
          host: this.#host,
          graph,
          order: orderOf(graph),
          dialect,
          groups: new Int32Array(graph.count),
          groupCount: 1,
          retriesOf: () => options.retries ?? 0,
          isShipped: () => true,
          listener: {
            onStarted: () => undefined,
            onFinished: (results) => options.onDone?.(results.map(({ node }) => dialect.label(node))),
            onRemarks: () => undefined,
            onDone: resolve,
            onFailed: ({ error }) => reject(error),
          },
        });
        signal.addEventListener("abort", () => reject(givenUp()), { once: true });
        run.pump();
      });
      return { body: run === undefined ? undefined : await collect(parsed.wanted, run.values) };
    } finally {
      run?.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function givenUp(): VineError {
  return new VineError("CANCELLED", "the graph was given up");
}

function graphOf({ tasks, wanted }: ParsedGraph): Graph {
  return resolveGraph({
    kinds: new Uint8Array(tasks.length).fill(NODE.task),
    counts: Int32Array.from(tasks, ({ needs }) => needs.length),
    dependencies: Int32Array.from(tasks.flatMap(({ needs }) => needs)),
    requested: [...new Set(referencesIn(wanted))],
  });
}

async function collect(wanted: unknown, values: Values): Promise<unknown> {
  const found = new Map<number, unknown>();
  for (const node of new Set(referencesIn(wanted))) {
    const place = values.place(node);
    if (place === undefined) throw new VineError("INTERNAL", `the value of task ${node} is nowhere`);
    found.set(node, decodeValue(place.type === "here" ? place.bytes : await place.file.file.contents()));
  }
  return replaceReferences(wanted, (node) => found.get(node));
}
