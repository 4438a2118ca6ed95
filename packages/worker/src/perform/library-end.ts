import type { ProcessExit } from "../machine/libraries/tables/instance.js";
import type { RunEnd } from "../run/contract.js";

const STDERR_SHOWN = 500;

/** The end of a library as an attempt: a library is not meant to end, so that an exit code of 0 is no success. */
export function libraryEnd(run: RunEnd, library: string): RunEnd {
  if (run.code !== "success" && run.code !== "signal") return run;
  return { ...run, code: "library-exit", message: `library ${library} ended: ${wordsFor(run)}` };
}

/** What its calls are told of it. */
export function exitOf(run: RunEnd): ProcessExit {
  const { exitCode, signal } = run;
  return {
    message: wordsFor(run),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function wordsFor({ code, exitCode, signal, message, stderr }: RunEnd): string {
  const isOurs = code !== "success" && code !== "signal" && message !== undefined;
  const exit = exitCode === undefined ? code : `exit code ${exitCode}`;
  const how = isOurs ? message : (signal ?? exit);
  const said = Buffer.from(stderr.tail.subarray(-STDERR_SHOWN)).toString("utf8").trim();
  return said === "" ? how : `${how}; its standard error ends with: ${said}`;
}
