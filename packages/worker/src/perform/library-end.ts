import type { ProcessExit } from "../machine/libraries/tables/instance.js";
import type { RunEnd } from "../run/contract.js";

const STDERR_SHOWN = 500;

/**
 * The end of a library as an attempt: a library is not meant to end, so that an exit code of 0 is no success. What it wrote
 * is beside the message, in the attempt's standard error.
 */
export function libraryEnd(run: RunEnd, library: string): RunEnd {
  if (run.code !== "success" && run.code !== "signal") return run;
  return { ...run, code: "library-exit", message: `library ${library} ended: ${howItEnded(run)}` };
}

/** What its calls are told of it: they have no other way to hear what it wrote. */
export function exitOf(run: RunEnd): ProcessExit {
  const { exitCode, signal, exhausted, stderr } = run;
  const said = Buffer.from(stderr.tail.subarray(-STDERR_SHOWN)).toString("utf8").trim();
  const how = howItEnded(run);
  return {
    message: said === "" ? how : `${how}; its standard error ends with: ${said}`,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    ...(exhausted === undefined ? {} : { exhausted }),
  };
}

function howItEnded({ code, exitCode, signal, message }: RunEnd): string {
  const isOurs = code !== "success" && code !== "signal" && message !== undefined;
  const exit = exitCode === undefined ? code : `exit code ${exitCode}`;
  return isOurs ? message : (signal ?? exit);
}
