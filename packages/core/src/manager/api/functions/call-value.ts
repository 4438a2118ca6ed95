import type { FileSpec } from "../../../files/file.js";
import type { Encoding } from "../../../tasks/task.js";
import { type FileOwner, VineFile } from "../vine-file.js";

/** The file of what a function call returns: an argument of other calls, or a file for tasks, as its library wrote it. */
export class CallValue extends VineFile {
  /** How it is written. */
  readonly encoding: Encoding;

  constructor(spec: FileSpec, owner: FileOwner, encoding: Encoding) {
    super(spec, owner);
    this.encoding = encoding;
  }
}
