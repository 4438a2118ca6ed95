import { checkSandboxName } from "../../files/sandbox-name.js";
import { VineError } from "../../model/errors.js";
import { LIMITS } from "../../model/limits.js";

/** The names in one sandbox: each stands for one file, and none lies inside of another. */
export class NameSet {
  readonly #names = new Set<string>();
  /** Folders that hold a name. */
  readonly #folders = new Set<string>();

  /** Throws BAD_NAME, DUPLICATE_NAME or TOO_LARGE. */
  add(name: string): void {
    checkSandboxName(name);
    if (this.#names.size >= LIMITS.mountsPerTask) {
      throw new VineError("TOO_LARGE", `a task has more files than mountsPerTask (${LIMITS.mountsPerTask})`);
    }
    if (this.#names.has(name))
      throw new VineError("DUPLICATE_NAME", `two files of the task are called ${name}`);
    if (this.#folders.has(name))
      throw new VineError("DUPLICATE_NAME", `another file of the task lies inside of ${name}`);
    const folders = foldersOf(name);
    const outer = folders.find((folder) => this.#names.has(folder));
    if (outer !== undefined) {
      throw new VineError(
        "DUPLICATE_NAME",
        `${name} would lie inside of ${outer}, which is another file of the task`,
      );
    }
    this.#names.add(name);
    for (const folder of folders) this.#folders.add(folder);
  }
}

function foldersOf(name: string): string[] {
  const folders: string[] = [];
  for (let at = name.indexOf("/"); at > 0; at = name.indexOf("/", at + 1)) folders.push(name.slice(0, at));
  return folders;
}
