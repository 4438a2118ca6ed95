import { type ErrorCode, VineError } from "../model/errors.js";

/** A copy that did not arrive, and who is to blame for it. */
export class FetchError extends VineError {
  readonly fault: "source" | "destination" | "file";

  constructor(code: ErrorCode, fault: "source" | "destination" | "file", sentence: string, cause?: unknown) {
    super(code, sentence, cause === undefined ? {} : { cause });
    this.fault = fault;
  }
}
