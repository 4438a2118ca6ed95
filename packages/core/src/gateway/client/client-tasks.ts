import { NameSet } from "../../manager/api/name-set.js";
import { Task } from "../../manager/api/task.js";
import {
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
import type { CallPart, Calls, Cancel, ClientInput, ClientOutput, Submit } from "../client-message.js";
import { type ClientFiles, setEnv } from "./client-files.js";
import { type ClientLibraries, setResources } from "./client-libraries.js";

const NO_ENV = {};
const NO_RESOURCES = {};
const NO_OUTPUTS = [undefined, undefined] as const;

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
      this.#take(message.task, spec);
    } catch (thrown) {
      this.#parts.refuse(message.task, VineError.from(thrown));
    }
  }

  submitCalls(message: Calls): void {
    const { args, firstTask, tags } = message;
    const { tenant, refuse } = this.#parts;
    const [shared, error] = attempt(() => this.#shared(message));
    for (const [at, bytes] of args.entries()) {
      const number = firstTask + at;
      const [outputs, unwritable] = this.#valueOutput(message, at);
      const fault = error ?? unwritable ?? this.#faultOf(number, bytes.length);
      if (fault === undefined && shared !== undefined)
        this.#take(
          number,
          bulkCall(shared, { id: tenant.takeTaskId(), args: bytes, outputs, tag: tags[at] }),
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
    this.#specs.push(number === spec.id ? spec : { ...spec, number });
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

  /** Declares the file of a call's value, where it is to have one. */
  #valueOutput(
    { valueFiles, function: name }: Calls,
    at: number,
  ): Attempted<readonly OutputMount[] | undefined> {
    const number = valueFiles[at];
    if (number === undefined) return NO_OUTPUTS;
    return attempt(() => valueOutput(this.#parts.files.declareValue(number, name).id));
  }

  #shared(message: Calls): BulkCalls {
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
