import type { Event } from "../../coordinator/event.js";
import type { FileOrigin } from "../../files/file.js";
import { VineError } from "../../model/errors.js";
import type { FileId } from "../../model/ids.js";
import type { Encoding } from "../../tasks/task.js";
import {
  type ArchiveOptions,
  archiveFormat,
  checkedPath,
  checkedUrl,
  type FileOptions,
  fileSpec,
  type LocalFileOptions,
} from "../api/declare.js";
import { bad } from "../api/draft.js";
import { CallValue } from "../api/functions/call-value.js";
import { NameSet } from "../api/name-set.js";
import type { Task } from "../api/task.js";
import { checkMiniTask, commandOf, type SpecSource } from "../api/task-spec.js";
import { type FileOwner, VineFile } from "../api/vine-file.js";
import type { Content, FileRegister } from "./file-register.js";
import { identifyBuffer } from "./naming.js";

export interface DeclarerOptions {
  readonly owner: FileOwner;
  readonly files: FileRegister;
  post(event: Event): void;
}

interface Declared {
  readonly origin: FileOrigin;
  readonly label: string;
  readonly options: FileOptions;
  readonly content: Content;
}

const TEMP = { type: "temp" } as const;
const NO_CONTENT = { type: "none" } as const;

/** Makes files of declarations. Each is an event for the coordinator; nothing is read yet. */
export class Declarer implements SpecSource {
  readonly #options: DeclarerOptions;

  constructor(options: DeclarerOptions) {
    this.#options = options;
  }

  get owner(): FileOwner {
    return this.#options.owner;
  }

  local(path: string, options: LocalFileOptions): VineFile {
    const absolute = checkedPath(path);
    const content = {
      type: "path",
      path: absolute,
      unlinkWhenDone: options.unlinkWhenDone ?? false,
    } as const;
    return this.#declare({ origin: { type: "local" }, label: path, options, content });
  }

  buffer(given: string | Uint8Array, options: FileOptions, label = "buffer"): VineFile {
    if (typeof given !== "string" && !(given instanceof Uint8Array))
      throw bad(`a buffer is a text or a Uint8Array, not ${typeof given}`);
    const bytes = typeof given === "string" ? Buffer.from(given) : Uint8Array.from(given);
    const file = this.#declare({
      origin: { type: "buffer" },
      label,
      options,
      content: { type: "bytes", bytes },
    });
    const identity = identifyBuffer(bytes, options.executable ?? false);
    this.#options.post({ type: "file-named", file: file.id, identity });
    return file;
  }

  url(given: string, options: FileOptions): VineFile {
    const url = checkedUrl(given);
    return this.#declare({
      origin: { type: "url", url },
      label: given,
      options,
      content: { type: "url", url },
    });
  }

  temp(options: FileOptions, label = "temp"): VineFile {
    return this.#declare({ origin: TEMP, label, options, content: NO_CONTENT });
  }

  /** What a call will return. */
  value(label: string, encoding: Encoding): CallValue {
    const { files, owner, post } = this.#options;
    const spec = fileSpec(files.nextId(), { type: "temp" }, `value of ${label}`, {});
    const file = new CallValue(spec, owner, encoding);
    files.add({ spec, file, content: { type: "none" } });
    post({ type: "file-declared", file: spec });
    return file;
  }

  unpack(archive: VineFile, options: ArchiveOptions): VineFile {
    this.#checkOurs(archive);
    const format = archiveFormat(this.#nameOf(archive), options.format);
    const origin = { type: "unpack", archive: archive.id, format } as const;
    return this.#declare({ origin, label: `unpacked ${archive.label}`, options, content: { type: "none" } });
  }

  miniTask(task: Task, output: string, options: FileOptions): VineFile {
    new NameSet().add(output);
    checkMiniTask(task.draft());
    const command = commandOf(task.draft(), this);
    task.markSubmitted();
    const label = `mini-task ${command.command}`;
    return this.#declare({
      origin: { type: "mini-task", command, output },
      label,
      options,
      content: { type: "none" },
    });
  }

  /** The bytes of an inputBuffer. */
  declareBytes(bytes: Uint8Array, label: string): FileId {
    return this.buffer(bytes, {}, label).id;
  }

  isDeclared(file: FileId): boolean {
    return this.#options.files.get(file) !== undefined;
  }

  #checkOurs(file: VineFile): void {
    if (file.owner === this.owner && this.isDeclared(file.id)) return;
    throw new VineError("UNKNOWN_FILE", `${file.label} was not declared on this manager, or was undeclared`);
  }

  /** Where a file comes from, whole; its label may have been cut for people. */
  #nameOf(file: VineFile): string {
    const content = this.#options.files.get(file.id)?.content;
    if (content?.type === "path") return content.path;
    return content?.type === "url" ? new URL(content.url).pathname : file.label;
  }

  #declare({ origin, label, options, content }: Declared): VineFile {
    const { files, owner, post } = this.#options;
    const spec = fileSpec(files.nextId(), origin, label, options);
    const file = new VineFile(spec, owner);
    files.add({ spec, file, content });
    post({ type: "file-declared", file: spec });
    return file;
  }
}
