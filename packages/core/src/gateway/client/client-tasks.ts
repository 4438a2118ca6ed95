import { NameSet } from "../../manager/api/name-set.js";
import { Task } from "../../manager/api/task.js";
import {
  argumentName,
  argumentsFault,
  type BulkCalls,
  bulkCall,
  DEFAULT_CATEGORY,
  DEFAULT_RETRIES,
  functionInputs,
  valueOutput,
} from "../../manager/tenants/bulk-call.js";
import type { Tenant } from "../../manager/tenants/tenant.js";
import { VineError } from "../../model/errors.js";
import type { TaskId } from "../../model/ids.js";
import type { InputMount, OutputMount, TaskSpec } from "../../tasks/task.js";
import type {
  CallKind,
  CallPart,
  Calls,
  Cancel,
  ClientInput,
  ClientOutput,
  Submit,
} from "../client-message.js";
import { type ClientFiles, setEnv } from "./client-files.js";
import { type ClientLibraries, setResources } from "./client-libraries.js";

const NO_ENV = {};
const NO_RESOURCES = {};
const NO_INPUTS: Calls["inputs"][number] = [];
const NO_KIND = [undefined, undefined] as const;
const NO_FILES = [{ inputs: undefined, outputs: undefined }, undefined] as const;

interface FilesOfCall {
  readonly inputs: readonly InputMount[] | undefined;
  readonly outputs: readonly OutputMount[] | undefined;
}

export interface ClientTasksParts {
  readonly tenant: Tenant;
  readonly files: ClientFiles;
  readonly libraries: ClientLibraries;
  /** A task that cannot be right: nothing of it was submitted. */
  refuse(task: number, error: VineError): void;
}

/** The tasks of one client, under its own numbers. What comes in one batch is submitted at once. */
export class ClientTasks {
  readonly #parts: ClientTasksParts;
  /** Those that have not ended. */
  readonly #ids = new Map<number, TaskId>();
  #specs: TaskSpec[] = [];
  #numbers: number[] = [];

  constructor(parts: ClientTasksParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#ids.size;
  }

  submit(message: Submit): void {
    try {
      this.#checkFree(message.task);
      const spec = message.call === undefined ? this.#command(message) : this.#call(message, message.call);
      this.#take(message.task, { ...spec, number: message.task });
    } catch (thrown) {
      this.#parts.refuse(message.task, VineError.from(thrown));
    }
  }

  submitCalls(message: Calls): void {
    const { args, firstTask, tags, kinds } = message;
    const { tenant, refuse } = this.#parts;
    const shared = [message, ...message.others].map((kind) => attempt(() => this.#shared(kind)));
    for (const [at, bytes] of args.entries()) {
      const number = firstTask + at;
      const [kind, error] = shared[kinds[at] ?? 0] ?? NO_KIND;
      const [files, unusable] = this.#filesOf(message, kind, at);
      const fault = error ?? unusable ?? this.#faultOf(number, bytes.length);
      if (fault === undefined && kind !== undefined)
        this.#take(
          number,
          bulkCall(kind, { id: tenant.takeTaskId(), number, args: bytes, tag: tags[at], ...files }),
        );
      else if (fault !== undefined) refuse(number, fault);
    }
  }

  /** Hands over what has come since the last time. Before anything that is about tasks or files of earlier messages. */
  commit(): void {
    if (this.#specs.length === 0) return;
    const [specs, numbers] = [this.#specs, this.#numbers];
    [this.#specs, this.#numbers] = [[], []];
    this.#parts.tenant.submit(specs, numbers);
  }

  /** A task has ended. */
  forget(number: number): void {
    this.#ids.delete(number);
  }

  idOf(number: number): TaskId | undefined {
    return this.#ids.get(number);
  }

  cancel({ which }: Cancel): void {
    const { tenant } = this.#parts;
    if (which !== "all" && "tasks" in which) {
      for (const number of which.tasks) {
        const id = this.#ids.get(number);
        if (id !== undefined) tenant.cancel(id);
      }
      return;
    }
    tenant.cancelWhere((spec) => {
      if (which === "all") return true;
      return "tag" in which ? spec.tag === which.tag : spec.category === which.category;
    });
  }

  #take(number: number, spec: TaskSpec): void {
    this.#ids.set(number, spec.id);
    this.#specs.push(spec);
    this.#numbers.push(number);
  }

  #checkFree(number: number): void {
    if (this.#ids.has(number))
      throw new VineError("BAD_ARGUMENT", `the number ${number} belongs to another task already`);
  }

  #faultOf(number: number, argsBytes: number): VineError | undefined {
    if (this.#ids.has(number))
      return new VineError("BAD_ARGUMENT", `the number ${number} belongs to another task already`);
    return argumentsFault(argsBytes);
  }

  /** In the words of the API, which knows what can be right. */
  #command(message: Submit): TaskSpec {
    const { files, tenant } = this.#parts;
    const task = new Task(message.command);
    files.mount(task, message.inputs);
    for (const { file, name, when, watch, use } of message.outputs) {
      if (use !== undefined)
        throw new VineError("BAD_ARGUMENT", "only a function call has a value as output");
      task.output(files.get(file), name, { when, watch });
    }
    setEnv(task, message.env);
    setResources(task, message.resources);
    for (const feature of message.features) task.feature(feature);
    setLabels(task, message);
    setTimes(task, message);
    return tenant.describe(task).spec;
  }

  #call(message: Submit, call: CallPart): TaskSpec {
    const { libraries, tenant } = this.#parts;
    if (message.command !== "")
      throw new VineError("BAD_ARGUMENT", "a task is a command or a call, not both");
    if (Object.keys(message.env).length > 0)
      throw new VineError("BAD_ARGUMENT", "the environment of a call is that of its library");
    const fault = argumentsFault(call.args.length);
    if (fault !== undefined) throw fault;
    const names = new NameSet();
    const { wallTimeMs, endByMs, startAfterMs } = message;
    return {
      command: "",
      env: NO_ENV,
      tag: message.tag,
      category: message.category === "" ? DEFAULT_CATEGORY : message.category,
      priority: message.priority,
      retries: message.retries ?? DEFAULT_RETRIES,
      id: tenant.takeTaskId(),
      inputs: message.inputs.map((input) => this.#callInput(input, names)),
      outputs: message.outputs.map((output) => this.#callOutput(output, names)),
      resources: message.resources,
      features: message.features,
      call: { ...call, library: libraries.get(call.library) },
      ...(wallTimeMs === undefined ? {} : { wallTimeMs }),
      ...(endByMs === undefined ? {} : { endByMs }),
      ...(startAfterMs === undefined ? {} : { startAfterMs }),
      ...(message.policy === "" ? {} : { policy: message.policy }),
    };
  }

  #callInput({ file, name, use }: ClientInput, names: NameSet): InputMount {
    const { id } = this.#parts.files.get(file);
    if (use !== undefined) return { file: id, name, use };
    names.add(name);
    return { file: id, name };
  }

  #callOutput({ file, name, when, watch, use }: ClientOutput, names: NameSet): OutputMount {
    const declared = this.#parts.files.get(file);
    if (declared.type !== "temp" && declared.type !== "local")
      throw new VineError(
        "BAD_OUTPUT",
        `${declared.label} is of type ${declared.type} and cannot be written`,
      );
    if (use !== undefined) return { file: declared.id, name: "", when, watch: false, use };
    names.add(name);
    return { file: declared.id, name, when, watch };
  }

  /** Declares the file of a call's value, where it is to have one, and finds those that its arguments name. */
  #filesOf(
    { valueFiles, inputs, function: name }: Calls,
    kind: BulkCalls | undefined,
    at: number,
  ): Attempted<FilesOfCall> {
    const number = valueFiles[at];
    const own = inputs[at] ?? NO_INPUTS;
    if (number === undefined && own.length === 0) return NO_FILES;
    return attempt(() => {
      const { files } = this.#parts;
      const outputs =
        number === undefined ? undefined : valueOutput(files.declareValue(number, kind?.function ?? name).id);
      if (own.length === 0) return { outputs, inputs: undefined };
      const named = own.map(({ file, use }, n) => ({ file: files.get(file).id, name: argumentName(n), use }));
      return { outputs, inputs: [...(kind?.inputs ?? []), ...named] };
    });
  }

  #shared(message: CallKind): BulkCalls {
    const { files, libraries } = this.#parts;
    const { functionFile, memory, category, retries = DEFAULT_RETRIES, wallTimeMs } = message;
    return {
      library: libraries.get(message.library),
      function: message.function,
      encoding: message.encoding,
      inputs: functionInputs(functionFile === 0 ? undefined : files.get(functionFile).id),
      resources: memory === undefined ? NO_RESOURCES : { memory },
      tag: message.tag,
      category: category === "" ? DEFAULT_CATEGORY : category,
      priority: message.priority,
      retries,
      wallTimeMs,
      keep: message.keep,
    };
  }
}

function setLabels(task: Task, { tag, category, policy, priority, retries }: Submit): void {
  if (tag !== "") task.tag(tag);
  if (category !== "") task.category(category);
  if (policy !== "") task.policy(policy);
  task.priority(priority);
  if (retries !== undefined) task.retries(retries);
}

function setTimes(task: Task, { wallTimeMs, endByMs, startAfterMs }: Submit): void {
  if (wallTimeMs !== undefined) task.maxWallTime(wallTimeMs);
  if (endByMs !== undefined) task.endBy(endByMs);
  if (startAfterMs !== undefined) task.startAfter(startAfterMs);
}

type Attempted<T> = readonly [T, undefined] | readonly [undefined, VineError];

function attempt<T>(make: () => T): Attempted<T> {
  try {
    return [make(), undefined];
  } catch (thrown) {
    return [undefined, VineError.from(thrown)];
  }
}
