/** How the process of a library ended. */
export interface ProcessEnd {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** With the end of what it wrote on standard error. */
  readonly message: string;
}

/** As Python and Node.js say it. */
const LACKS_MODULE = /\b(ModuleNotFoundError|ImportError|ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND)\b/;
const CRASHES: readonly string[] = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT"];
/** What a shell exits with where it finds no such command, or may not run it. */
const NO_COMMAND: readonly number[] = [126, 127];

/** What to do about it; undefined: nobody can tell. */
export function exitHint({ exitCode, signal, message }: ProcessEnd): string | undefined {
  if (signal === "SIGKILL")
    return "SIGKILL often means that memory ran out: ask for more of it, or for fewer calls at a time.";
  if (signal !== undefined && CRASHES.includes(signal))
    return `${signal} is a crash in native code, most often in a module that the function uses.`;
  if (signal !== undefined) return `Find out who sent ${signal} to it.`;
  if (LACKS_MODULE.test(message))
    return "Install the module that it lacks at the workers, or give it to the library as an input.";
  if (exitCode === undefined) return undefined;
  return NO_COMMAND.includes(exitCode)
    ? "Install the library's program at the workers, or give it to the library as an input."
    : "A function should return or raise, and not end its process.";
}
