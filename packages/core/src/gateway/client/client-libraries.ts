import type { LibrarySpec } from "../../libraries/library.js";
import { Task } from "../../manager/api/task.js";
import type { Tenant } from "../../manager/tenants/tenant.js";
import { VineError } from "../../model/errors.js";
import type { LibraryId } from "../../model/ids.js";
import { LIMITS } from "../../model/limits.js";
import type { DeclareLibrary } from "../client-message.js";
import { type ClientFiles, setEnv } from "./client-files.js";

const DEFAULT_START_TRIES = 3;
const DEFAULT_START_WITHIN_MS = 300_000;
const MOST_TRIES = 1_000;

/** The libraries of one client, under its own numbers. */
export class ClientLibraries {
  readonly #tenant: Tenant;
  readonly #files: ClientFiles;
  readonly #ids = new Map<number, LibraryId | VineError>();

  constructor(tenant: Tenant, files: ClientFiles) {
    this.#tenant = tenant;
    this.#files = files;
  }

  /** Throws where it cannot be right. */
  declare(message: DeclareLibrary): void {
    const { library: number } = message;
    if (this.#ids.has(number))
      throw new VineError("BAD_ARGUMENT", `the number ${number} belongs to another library already`);
    try {
      this.#ids.set(number, this.#tenant.declareLibrary(this.#draft(message)));
    } catch (thrown) {
      const error = VineError.from(thrown);
      this.#ids.set(number, error);
      throw error;
    }
  }

  /** Throws UNKNOWN_LIBRARY. */
  get(number: number): LibraryId {
    const id = this.#ids.get(number);
    if (id === undefined)
      throw new VineError("UNKNOWN_LIBRARY", `library ${number} was not declared, or was removed`);
    if (id instanceof VineError)
      throw new VineError(id.code, `library ${number} could not be declared: ${id.message}`, { cause: id });
    return id;
  }

  /** Those of `all` that are this client's, under its numbers. */
  list(all: readonly { readonly id: LibraryId }[]): unknown[] {
    const numbers = new Map([...this.#ids].map(([number, id]) => [id, number]));
    return all.flatMap(({ id, ...rest }) => {
      const library = numbers.get(id);
      return library === undefined ? [] : [{ library, ...rest }];
    });
  }

  remove(number: number): void {
    const id = this.#ids.get(number);
    this.#ids.delete(number);
    if (id !== undefined && !(id instanceof VineError)) this.#tenant.removeLibrary(id);
  }

  /** A library runs like a task, and is held to the same rules. */
  #draft(message: DeclareLibrary): Omit<LibrarySpec, "id"> {
    const task = new Task(message.command);
    this.#files.mount(task, message.inputs);
    setEnv(task, message.env);
    setResources(task, message.resources);
    for (const feature of message.features) task.feature(feature);
    const { command, inputs, env, resources, features } = this.#tenant.describe(task).spec;
    return {
      command,
      inputs,
      env,
      resources,
      features,
      name: labelOf("a library's name", message.name),
      slots: countOf("slots", message.slots, LIMITS.librarySlots),
      functions: message.functions,
      ...(message.maxInstances === undefined ? {} : { maxInstances: message.maxInstances }),
      startTries: countOf("start tries", message.startTries ?? DEFAULT_START_TRIES, MOST_TRIES),
      startWithinMs: message.startWithinMs ?? DEFAULT_START_WITHIN_MS,
    };
  }
}

export function setResources(task: Task, { cores, memory, disk, gpus }: LibrarySpec["resources"]): void {
  if (cores !== undefined) task.cores(cores);
  if (memory !== undefined) task.memory(memory);
  if (disk !== undefined) task.disk(disk);
  if (gpus !== undefined) task.gpus(gpus);
}

function labelOf(what: string, value: string): string {
  if (value !== "" && !/\p{Cc}/u.test(value)) return value;
  throw new VineError(
    "BAD_ARGUMENT",
    `${what} must be a text that is not empty, not ${JSON.stringify(value)}`,
  );
}

function countOf(what: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new VineError("BAD_ARGUMENT", `${what} must be a whole number from 1 to ${most}, not ${value}`);
}
