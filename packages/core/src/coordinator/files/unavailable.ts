import { taskNumber } from "../../tasks/task.js";
import type { FileRecord } from "../records.js";
import { describe } from "../tasks/finish.js";
import { describeFailure } from "../transfers/lies.js";

/** Why the file cannot be had now. */
export function whyUnavailable(file: FileRecord): string {
  if (file.failure !== undefined) return file.failure.message;
  if (file.producer !== undefined)
    return `task ${taskNumber(file.producer.spec)}, which makes it, is ${file.producer.state.name}${lastFailure(file)}`;
  if (file.spec.origin.type === "temp") return "no task that makes it has been submitted";
  const part = file.ingredients.find((ingredient) => !ingredient.available);
  if (part !== undefined) return `it is made from ${describe(part)}, which cannot be had yet`;
  return "its digest or validators are being found out";
}

export function lastFailure(...files: readonly FileRecord[]): string {
  const failure = files.find(({ content }) => content?.lastFailure !== undefined)?.content?.lastFailure;
  return failure === undefined ? "" : `; ${describeFailure(failure)}`;
}
