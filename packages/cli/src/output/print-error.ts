import { type VineError } from "@taskvine/core/model";
import { oneLine } from "./log.js";

/** `vine: <sentence> [CODE]` and what to do next; the stack only for those who debug. */
export function printError(error: VineError, withStack: boolean): void {
  const lines = [`vine: ${oneLine(error.message)} [${error.code}]`];
  if (error.hint !== "") lines.push(`  hint: ${oneLine(error.hint)}`);
  if (withStack) lines.push(error.stack ?? "", ...causesOf(error));
  process.stderr.write(`${lines.join("\n")}\n`);
}

function causesOf(error: Error): string[] {
  const stacks: string[] = [];
  for (let cause = error.cause; cause instanceof Error && stacks.length < 5; cause = cause.cause) {
    stacks.push(`caused by: ${cause.stack ?? cause.message}`);
  }
  return stacks;
}
