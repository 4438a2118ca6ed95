import {
  decodeValue,
  encodeArguments,
  type LibraryHandle,
  type LinkedCall,
  type LinkedInput,
  VineError,
  type VineFile,
} from "@taskvine/core/executor";
import type { Dialect, Report } from "../run/dialect.js";
import type { Unit } from "../run/unit.js";
import type { Values } from "../run/values.js";
import { type ParsedTask, replaceReferences } from "./task-graph.js";

/** Tasks as calls of the functions that a library offers by name: one call for each. */
export class JavaScriptDialect implements Dialect {
  readonly hasUnits = false;
  readonly #library: LibraryHandle;
  readonly #tasks: readonly ParsedTask[];

  constructor(library: LibraryHandle, tasks: readonly ParsedTask[]) {
    this.#library = library;
    this.#tasks = tasks;
  }

  label(node: number): string {
    return this.#tasks[node]?.key ?? `task ${node}`;
  }

  call({ members }: Unit, values: Values, file: VineFile): LinkedCall {
    const task = this.#tasks[members[0]?.node ?? -1];
    if (task === undefined) throw new VineError("INTERNAL", "a unit without a task");
    const inputs = new Map<VineFile, LinkedInput>();
    const nameOf = (given: VineFile): string => {
      const input = inputs.get(given) ?? { file: given, name: `argument-${inputs.size}`, use: "value" };
      inputs.set(given, input);
      return input.name;
    };
    const args = replaceReferences(task.args, (node) => valueOf(node, values)) as readonly unknown[];
    const encoding = this.#library.encoding;
    return {
      library: this.#library,
      function: task.function,
      args: encodeArguments(args, {}, { encoding, fileOf: () => undefined, nameOf }),
      inputs: [...inputs.values()],
      value: file,
      category: "dask",
    };
  }

  report({ members }: Unit, returned: Uint8Array, isInFile: boolean): Report {
    const node = members[0]?.node ?? -1;
    const common = { node, us: 0, bytes: returned.length };
    const result = isInFile
      ? { ...common, place: "file" as const }
      : { ...common, place: "here" as const, value: Uint8Array.from(returned) };
    return { results: [result], remarks: [] };
  }
}

/** What is here, itself; for what is in the cluster its file, which the call gets the value of. */
function valueOf(node: number, values: Values): unknown {
  const place = values.place(node);
  if (place === undefined) throw new VineError("INTERNAL", `the value of task ${node} is nowhere`);
  return place.type === "here" ? decodeValue(place.bytes) : place.file.file;
}
