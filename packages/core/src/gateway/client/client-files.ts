import { ARCHIVE_FORMATS, type ArchiveFormat } from "../../files/file.js";
import type { FileOptions } from "../../manager/api/declare.js";
import { Task } from "../../manager/api/task.js";
import type { VineFile } from "../../manager/api/vine-file.js";
import type { Tenant } from "../../manager/tenants/tenant.js";
import { VineError } from "../../model/errors.js";
import { never } from "../../model/never.js";
import type { ClientEnv, ClientInput, Declare, DeclaredOrigin } from "../client-message.js";

/** The files of one client, under its own numbers. */
export class ClientFiles {
  readonly #tenant: Tenant;
  /** What could not be declared is remembered, for the sentence of those who name it. */
  readonly #files = new Map<number, VineFile | VineError>();

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  /** Throws where it cannot be right. */
  declare(message: Declare): void {
    const { file: number, origin } = message;
    this.#checkFree(number);
    try {
      this.#files.set(number, this.#make(origin, message));
    } catch (thrown) {
      const error = VineError.from(thrown);
      this.#files.set(number, error);
      throw error;
    }
  }

  /** The file of what a call of this function will return. Throws when the number is taken. */
  declareValue(number: number, name: string): VineFile {
    this.#checkFree(number);
    const file = this.#tenant.declare((declarer) => declarer.temp({}, `value of ${name}`));
    this.#files.set(number, file);
    return file;
  }

  #checkFree(number: number): void {
    if (this.#files.has(number))
      throw new VineError("BAD_ARGUMENT", `the number ${number} belongs to another file already`);
  }

  /** Throws UNKNOWN_FILE. */
  get(number: number): VineFile {
    const file = this.#files.get(number);
    if (file === undefined)
      throw new VineError("UNKNOWN_FILE", `file ${number} was not declared, or was undeclared`);
    if (file instanceof VineError)
      throw new VineError(file.code, `file ${number} could not be declared: ${file.message}`, {
        cause: file,
      });
    return file;
  }

  undeclare(number: number): void {
    const file = this.#files.get(number);
    this.#files.delete(number);
    if (file !== undefined && !(file instanceof VineError)) this.#tenant.undeclare(file);
  }

  prune(number: number): void {
    const file = this.#files.get(number);
    if (file !== undefined && !(file instanceof VineError)) this.#tenant.prune(file);
  }

  #make(origin: DeclaredOrigin, message: Declare): VineFile {
    const options = optionsOf(message);
    const { unlinkWhenDone } = message;
    return this.#tenant.declare((declarer) => {
      switch (origin.type) {
        case "path":
          return declarer.local(origin.path, { ...options, unlinkWhenDone });
        case "buffer":
          return declarer.buffer(origin.bytes, options, message.label === "" ? undefined : message.label);
        case "url":
          return declarer.url(origin.url, options);
        case "temp":
          return declarer.temp(options, message.label === "" ? undefined : message.label);
        case "mini-task":
          return declarer.miniTask(this.#miniTask(origin), origin.output, options);
        case "unpack":
          return declarer.unpack(this.get(origin.archive), { ...options, ...formatOf(origin.format) });
        default:
          return never(origin);
      }
    });
  }

  #miniTask(origin: Extract<DeclaredOrigin, { type: "mini-task" }>): Task {
    const task = new Task(origin.command);
    this.mount(task, origin.inputs);
    setEnv(task, origin.env);
    return task;
  }

  /** Puts inputs into a task's sandbox. */
  mount(task: Task, inputs: readonly ClientInput[]): void {
    for (const { file, name, use } of inputs) {
      if (use !== undefined)
        throw new VineError("BAD_ARGUMENT", `${name}: only a function call can have an input as a ${use}`);
      task.input(this.get(file), name);
    }
  }
}

export function setEnv(task: Task, env: ClientEnv): void {
  for (const name of Object.keys(env)) task.env(name, env[name] ?? null);
}

function optionsOf({ lifetime, peerTransfer, executable }: Declare): FileOptions {
  return { peerTransfer, executable, ...(lifetime === undefined ? {} : { lifetime }) };
}

function formatOf(word: string): { readonly format?: ArchiveFormat } {
  if (word === "") return {};
  const format = ARCHIVE_FORMATS.find((known) => known === word);
  if (format !== undefined) return { format };
  throw new VineError(
    "BAD_ARGUMENT",
    `an archive is ${ARCHIVE_FORMATS.join(", ")}, not ${JSON.stringify(word)}`,
  );
}
