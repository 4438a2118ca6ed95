import { constants, copyFile, cp, readFile, stat, writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { VineError } from "../../../model/errors.js";
import type { FileId } from "../../../model/ids.js";
import { checkedPath } from "../../api/declare.js";
import type { VineFile } from "../../api/vine-file.js";
import type { TaskRegister } from "../../body/task-register.js";
import type { FileRegister } from "../file-register.js";
import type { ValueStore } from "../value-store.js";
import { makeFolderFor, makeWritable } from "./place.js";
import type { Wants } from "./wants.js";

export interface ReaderOptions {
  readonly files: FileRegister;
  readonly tasks: TaskRegister;
  readonly values: ValueStore;
  readonly wants: Wants;
  /** Is it the output of no task that the coordinator knows? */
  isUnmade(file: FileId): boolean;
}

/** Gives the application the content of a file, wherever it is. */
export class Reader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async contents(file: VineFile): Promise<Buffer> {
    return this.use(file, async (content) =>
      content instanceof Uint8Array ? Buffer.from(content) : readWhole(content, file),
    );
  }

  async saveTo(file: VineFile, to: string): Promise<void> {
    const path = checkedPath(to);
    await makeFolderFor(path);
    await this.use(file, async (content) => {
      if (content instanceof Uint8Array)
        await writeFile(path, content, { flag: "wx" }).catch((cause: unknown) => occupied(path, cause));
      else await copy(content, path);
    });
  }

  /** For content that may be too large to hold: `read` gets the bytes, or the path where they lie until it has settled. */
  async use<T>(file: VineFile, read: (content: Uint8Array | string) => Promise<T>): Promise<T> {
    const content = await this.#content(file);
    return content === undefined ? this.#options.wants.use(file.id, read) : read(content);
  }

  /** Bytes, or a path here, or undefined: it must be brought. Waits for the task that makes it. */
  async #content(file: VineFile): Promise<Uint8Array | string | undefined> {
    const { files, values } = this.#options;
    const entry = files.get(file.id);
    if (entry === undefined) throw new VineError("UNKNOWN_FILE", `${file.label} was undeclared`);
    if (entry.content.type === "bytes") return entry.content.bytes;
    await this.#made(file);
    return entry.content.type === "path" ? entry.content.path : values.get(file.id);
  }

  /** Waits for the end of the task that makes it. Throws NEVER_MADE when there is none, nor in the statements after the one that asks. */
  async #made(file: VineFile): Promise<void> {
    if (this.#isNeverMade(file)) await setImmediate();
    if (this.#isNeverMade(file))
      throw new VineError(
        "NEVER_MADE",
        `${file.label} cannot be had: no task that makes it has been submitted`,
      );
    await this.#options.tasks.endOfProducer(file.id);
  }

  #isNeverMade({ id, type }: VineFile): boolean {
    const { tasks, isUnmade } = this.#options;
    return type === "temp" && tasks.endOfProducer(id) === undefined && isUnmade(id);
  }
}

async function readWhole(path: string, file: VineFile): Promise<Buffer> {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) return await readFile(path);
  } catch (cause) {
    throw new VineError("INPUT_MISSING", `${file.label} cannot be read: ${VineError.from(cause).message}`, {
      cause,
    });
  }
  throw new VineError("BAD_ARGUMENT", `${file.label} is a folder`, { hint: "Bring it with saveTo(path)." });
}

async function copy(from: string, to: string): Promise<void> {
  const stats = await stat(from);
  const fail = (cause: unknown): never => occupied(to, cause);
  if (stats.isDirectory())
    await cp(from, to, { recursive: true, errorOnExist: true, force: false }).catch(fail);
  else await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE).catch(fail);
  await makeWritable(to, stats.isDirectory() ? "tree" : "file");
}

/** Most often: there is something already. */
function occupied(to: string, cause: unknown): never {
  throw new VineError("OUTPUT_TRANSFER", `${to} cannot be written: ${VineError.from(cause).message}`, {
    cause,
  });
}
