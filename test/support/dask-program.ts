import { join } from "node:path";
import type {
  Executor,
  ExecutorHost,
  ExecutorMessage,
  ExecutorPlugin,
  ExecutorRequest,
} from "@taskvine/core/executor";
import { executor } from "@taskvine/executor-dask";
import { ROOT } from "../house/snippets/markdown.js";

const REMOTE = join(ROOT, "packages/executor-dask/python/src/taskvine_dask/_remote/vine_dask");
const KEY = "dask-of-the-test";

/** `eval` or `exec` of a text, with whatever the node is given as its names. */
export interface OneNode {
  readonly run: "eval" | "exec";
  readonly text: string;
}

/**
 * The executor of Dask, and a program that is as small as can be: a request with one node is told as the Python package
 * tells graphs; all other requests go to the executor as they are.
 */
export const daskWithProgram: ExecutorPlugin = {
  ...executor,
  create: async (host, options) => new WithProgram(host, await executor.create(host, options)),
};

class WithProgram implements Executor {
  readonly #host: ExecutorHost;
  readonly #inner: Executor;
  #graphs = 0;

  constructor(host: ExecutorHost, inner: Executor) {
    this.#host = host;
    this.#inner = inner;
  }

  async *execute(request: ExecutorRequest): AsyncGenerator<ExecutorMessage, ExecutorMessage, undefined> {
    if (!isOneNode(request.body)) return yield* this.#inner.execute(request);
    this.#graphs += 1;
    const token = `graph-${this.#graphs}`;
    await this.#tell(request, this.#library());
    const steps = this.#inner.execute({ ...request, ...graphOf(token) });
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (step.done === true) return step.value;
      if (isOrder(step.value)) await this.#tell(request, batchOf(token, request.body));
      yield step.value;
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #tell(request: ExecutorRequest, more: Partial<ExecutorRequest>): Promise<void> {
    await this.#inner.execute({ ...request, ...more }).next();
  }

  #library(): Partial<ExecutorRequest> {
    const facts = {
      mode: "direct",
      slots: 1,
      functions: { run: "vine_dask:run" },
      imports: ["vine_dask"],
      path: ["."],
    };
    const body = {
      type: "library",
      key: KEY,
      command: 'exec "$VINE_PYTHON" "$VINE_PYTHON_HOST" library.json',
      inputs: ["vine_dask", "library.json"],
      env: {},
      cores: 1,
    };
    return { body, files: [this.#host.declareFile(REMOTE), this.#host.declareBuffer(JSON.stringify(facts))] };
  }
}

function isOneNode(body: unknown): body is OneNode {
  return typeof body === "object" && body !== null && "run" in body;
}

function isOrder({ body }: ExecutorMessage): boolean {
  return (body as { readonly type?: unknown }).type === "order";
}

function graphOf(token: string): Partial<ExecutorRequest> {
  const options = { watched: true, values: false, retries: 0, lostRetries: 5, category: "dask", priority: 0 };
  const lists = ["kinds", "counts", "dependencies", "groups", "requested"];
  const zero = Buffer.alloc(Int32Array.BYTES_PER_ELEMENT);
  return {
    body: { type: "graph", token, lists, groups: ["node"], libraries: [KEY], ...options },
    attachments: [Buffer.alloc(1), zero, Buffer.alloc(0), zero, zero],
  };
}

/** ("nodes", [(functools.partial(eval, "…"), ())], None) in the first protocol of pickle. */
function batchOf(token: string, { run, text }: OneNode): Partial<ExecutorRequest> {
  const partial = `cfunctools\npartial\n(c__builtin__\n${run}\ntR(c__builtin__\n${run}\n(V${text}\nt(dNtb`;
  const pickle = `(Vnodes\n(lp0\n(${partial}(ttaNt.`;
  return {
    body: { type: "batch", token, count: 1, isFile: false, parts: [] },
    attachments: [Buffer.from(pickle)],
  };
}
