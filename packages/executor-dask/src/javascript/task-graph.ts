import { VineError } from "@taskvine/core/executor";

/**
 * A graph in the manner of Dask: an array that begins with a function is a task, and so are those in its arguments; a text
 * that is a key stands for the value of that key, at any depth of arrays; all else is a value.
 */
export type TaskGraph = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;

/** Where the value of a task is to be put. */
class Reference {
  readonly task: number;

  constructor(task: number) {
    this.task = task;
  }
}

export interface ParsedTask {
  readonly function: string;
  /** With references where values of other tasks belong. */
  readonly args: readonly unknown[];
  readonly needs: readonly number[];
  readonly key: string;
}

export interface ParsedGraph {
  readonly tasks: readonly ParsedTask[];
  /** What was asked for, with references. */
  readonly wanted: unknown;
}

/** Throws BAD_ARGUMENT for keys that are not in the graph, and for keys that stand for themselves. */
export function parseGraph(graph: TaskGraph, keys: unknown): ParsedGraph {
  const parser = new Parser(graph instanceof Map ? graph : new Map(Object.entries(graph)));
  return { wanted: parser.wanted(keys), tasks: parser.tasks };
}

class Parser {
  readonly tasks: ParsedTask[] = [];
  readonly #graph: ReadonlyMap<string, unknown>;
  readonly #known = new Map<string, unknown>();
  readonly #open = new Set<string>();

  constructor(graph: ReadonlyMap<string, unknown>) {
    this.#graph = graph;
  }

  wanted(keys: unknown): unknown {
    if (Array.isArray(keys)) return keys.map((one) => this.wanted(one));
    if (typeof keys === "string" && this.#graph.has(keys)) return this.#valueOf(keys);
    throw new VineError("BAD_ARGUMENT", `the graph has no key ${JSON.stringify(keys)}`);
  }

  /** Chains may be long: what a key needs is parsed before it, without recursion. */
  #valueOf(key: string): unknown {
    const stack = [key];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const missing = this.#known.has(top) ? [] : this.#keysIn(this.#graph.get(top));
      if (missing.length === 0) {
        if (!this.#known.has(top)) this.#known.set(top, this.#parse(this.#graph.get(top), top));
        this.#open.delete(top);
        stack.pop();
        continue;
      }
      this.#open.add(top);
      for (const one of missing) {
        if (this.#open.has(one))
          throw new VineError("DEPENDENCY_CYCLE", `${one} needs its own value, by way of ${top}`);
        stack.push(one);
      }
    }
    return this.#known.get(key);
  }

  /** Keys in a value that have not been parsed. */
  #keysIn(value: unknown): string[] {
    if (typeof value === "string") return this.#graph.has(value) && !this.#known.has(value) ? [value] : [];
    return Array.isArray(value) ? value.flatMap((one) => this.#keysIn(one)) : [];
  }

  #parse(value: unknown, key: string): unknown {
    if (typeof value === "string" && this.#graph.has(value)) return this.#known.get(value);
    if (!Array.isArray(value)) return value;
    const [head, ...rest] = value as unknown[];
    if (typeof head !== "function") return value.map((one) => this.#parse(one, key));
    const args = rest.map((one) => this.#parse(one, key));
    const needs = [...new Set(referencesIn(args))];
    this.tasks.push({ function: nameOf(head, key), args, needs, key });
    return new Reference(this.tasks.length - 1);
  }
}

function nameOf(given: { readonly name: string }, key: string): string {
  if (given.name !== "") return given.name;
  throw new VineError("BAD_ARGUMENT", `the function of ${key} has no name`, {
    hint: "Tasks name functions that the module of the library exports.",
  });
}

/** The tasks whose values belong into this. */
export function referencesIn(value: unknown): number[] {
  if (value instanceof Reference) return [value.task];
  return Array.isArray(value) ? value.flatMap(referencesIn) : [];
}

/** The same with something else in place of each reference. */
export function replaceReferences(value: unknown, by: (task: number) => unknown): unknown {
  if (value instanceof Reference) return by(value.task);
  return Array.isArray(value) ? value.map((one) => replaceReferences(one, by)) : value;
}
