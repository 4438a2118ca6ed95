import {
  ALLOCATION_MODES,
  type AllocationMode,
  type ExecutorRequest,
  VineError,
} from "@taskvine/core/executor";
import type { GivenGraph } from "../graph/graph.js";
import type { OrderMode } from "../graph/priority.js";
import type { RankMode } from "../run/ranks.js";

/** A graph as the Python side sends it: what is in JSON, and lists of numbers as attachments. */
export interface GraphRequest {
  readonly token: string;
  readonly graph: GivenGraph;
  /** Of each node: which are alike, by number; and what these are called. */
  readonly groups: Int32Array;
  readonly groupNames: readonly string[];
  /** Of each node, where some are special; retries below 0: like the others. */
  readonly priorities: Float64Array | undefined;
  readonly retries: Int32Array | undefined;
  readonly classes: Int32Array | undefined;
  /** 1 for nodes whose value is brought to the manager. */
  readonly homes: Uint8Array | undefined;
  /** Keys of libraries: one for each class. */
  readonly libraries: readonly string[];
  readonly options: GraphOptions;
}

export interface GraphOptions {
  /** Nodes are told as they start and end. */
  readonly watched: boolean;
  /** The value of every node is told. */
  readonly values: boolean;
  /** Further tries of nodes that raise; and of calls whose worker is lost. */
  readonly retries: number;
  readonly lostRetries: number;
  readonly category: string;
  readonly priority: number;
  readonly wallTimeMs?: number;
  /** Which of the ready nodes goes first, where it is not to be as their order says. */
  readonly mode?: OrderMode | RankMode;
  /** Each node goes out by itself. */
  readonly alone?: boolean;
  /** Nodes on their way at a time, at most. */
  readonly maxPending?: number;
  /** The same for one turn. */
  readonly maxPerTurn?: number;
  /** Steps behind a node that are done when its value goes; 0: it stays to the end. */
  readonly pruneDepth?: number;
  /** How the memory of each category of nodes is found. Left out: it is that of their library. */
  readonly resourcesMode?: AllocationMode;
  /** Workers do not give values to each other. */
  readonly staysApart?: boolean;
}

interface GraphBody extends GraphOptions {
  readonly token: string;
  readonly groups: readonly string[];
  readonly libraries: readonly string[];
  readonly lists: readonly string[];
}

const EMPTY = new Uint8Array(0);

/** Throws BAD_ARGUMENT for what is no graph. */
export function readGraphRequest({ body, attachments }: ExecutorRequest): GraphRequest {
  const { token, groups: groupNames, libraries, lists, ...options } = body as GraphBody;
  if (
    !Array.isArray(lists) ||
    !Array.isArray(groupNames) ||
    !Array.isArray(libraries) ||
    libraries.length === 0
  )
    throw new VineError("BAD_ARGUMENT", "a request for a graph names its lists, groups and libraries");
  const { resourcesMode } = options;
  if (resourcesMode !== undefined && !ALLOCATION_MODES.includes(resourcesMode))
    throw new VineError(
      "BAD_ARGUMENT",
      `resourcesMode is one of ${ALLOCATION_MODES.join(", ")}, not ${JSON.stringify(resourcesMode)}`,
    );
  const list = (name: string): Uint8Array | undefined => attachments[lists.indexOf(name)];
  const kinds = list("kinds") ?? EMPTY;
  const graph: GivenGraph = {
    kinds,
    counts: integers(list("counts")),
    dependencies: integers(list("dependencies")),
    requested: [...integers(list("requested"))],
  };
  const groups = integers(list("groups"));
  if (groups.length !== kinds.length)
    throw new VineError("BAD_ARGUMENT", "the lists of a graph do not fit each other");
  const optional = (name: string): Int32Array | undefined =>
    list(name) === undefined ? undefined : integers(list(name));
  const priorities = list("priorities");
  return {
    token,
    graph,
    groups,
    groupNames,
    libraries,
    options,
    priorities: priorities === undefined ? undefined : new Float64Array(aligned(priorities)),
    retries: optional("retries"),
    classes: optional("classes"),
    homes: list("homes"),
  };
}

function integers(bytes: Uint8Array | undefined): Int32Array {
  return bytes === undefined ? new Int32Array(0) : new Int32Array(aligned(bytes));
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
