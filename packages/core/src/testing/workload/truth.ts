import type { FileId, TaskId } from "../../model/ids.js";
import type { InputMount, TaskSpec } from "../../tasks/task.js";
import { type Content, contentOf } from "../world/content.js";
import { commandOf, outputContent } from "../world/outcome.js";
import type { Workload } from "./workload.js";

/** What every file holds in a world where nothing goes wrong. */
export class Truth {
  readonly #workload: Workload;
  readonly #producers = new Map<FileId, { readonly task: TaskSpec; readonly name: string }>();
  readonly #known = new Map<FileId, Content>();

  constructor(workload: Workload) {
    this.#workload = workload;
    for (const { spec } of workload.tasks.values()) {
      for (const output of spec.outputs) this.#producers.set(output.file, { task: spec, name: output.name });
    }
  }

  producerOf(file: FileId): TaskId | undefined {
    return this.#producers.get(file)?.task.id;
  }

  /** Without recursion: chains may be very long. */
  content(file: FileId): Content {
    const path = [file];
    const open = new Set<FileId>();
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const unknown = this.#known.has(last)
        ? []
        : this.partsOf(last).filter((part) => !this.#known.has(part));
      if (unknown.length === 0) {
        path.pop();
        if (!this.#known.has(last)) this.#known.set(last, this.#compute(last));
        continue;
      }
      if (open.has(last)) throw new Error(`the content of file ${last} depends on itself`);
      open.add(last);
      path.push(...unknown);
    }
    return this.#get(file);
  }

  /** The files that this one is made of, by a task or a recipe. */
  partsOf(file: FileId): FileId[] {
    const producer = this.#producers.get(file);
    if (producer !== undefined) return producer.task.inputs.map((input) => input.file);
    const origin = this.#workload.files.get(file)?.spec.origin;
    if (origin?.type === "unpack") return [origin.archive];
    if (origin?.type === "mini-task") return origin.command.inputs.map((input) => input.file);
    return [];
  }

  #compute(file: FileId): Content {
    const producer = this.#producers.get(file);
    if (producer !== undefined) {
      return outputContent(commandOf(producer.task), this.#mounted(producer.task.inputs), producer.name);
    }
    const spec = this.#workload.files.get(file)?.spec;
    if (spec === undefined) throw new Error(`file ${file} is not in the workload`);
    const { origin } = spec;
    if (origin.type === "unpack") return unpackedContent(this.#get(origin.archive), origin.format);
    if (origin.type === "mini-task") {
      return outputContent(origin.command.command, this.#mounted(origin.command.inputs), origin.output);
    }
    return contentOf("source", spec.label);
  }

  #mounted(inputs: readonly InputMount[]): Map<string, Content> {
    return new Map(inputs.map((input) => [input.name, this.#get(input.file)]));
  }

  #get(file: FileId): Content {
    const content = this.#known.get(file);
    if (content === undefined) throw new Error(`the content of file ${file} is not known yet`);
    return content;
  }
}

export function unpackedContent(archive: Content, format: string): Content {
  return contentOf("unpack", archive, format);
}
