/**
 * Every error that a user can meet: a stable code for programs, what it means, and what to do next.
 * docs/ERRORS.md is checked against this table. `retry` says whether the same thing may work at another time or place.
 */
// biome-ignore format: one code, one line
export const ERRORS = {
  BAD_ARGUMENT: { meaning: "An argument or option is not what it must be.", hint: "Correct it as the message says.", retry: false },
  BAD_NAME: { meaning: "A name in a sandbox or archive could reach outside of it, or is not a file name.", hint: "Use a relative path without '..'.", retry: false },
  DUPLICATE_NAME: { meaning: "Two files of a task have the same name in its sandbox.", hint: "Give each a name of its own.", retry: false },
  UNKNOWN_FILE: { meaning: "A task names a file that this manager has not declared, or that was undeclared.", hint: "Declare the file on the same manager.", retry: false },
  BAD_OUTPUT: { meaning: "A file that cannot be written was named as the output of a task.", hint: "Use declareTemp() or declareFile(path) for outputs.", retry: false },
  TWO_PRODUCERS: { meaning: "Two tasks make the same file.", hint: "Files are immutable: declare one for each task.", retry: false },
  DEPENDENCY_CYCLE: { meaning: "Tasks wait for each other in a circle.", hint: "Look at the inputs and outputs named in the message.", retry: false },
  INPUT_MISSING: { meaning: "An input does not exist or cannot be read.", hint: "Check the path.", retry: false },
  NEVER_MADE: { meaning: "A file was asked for that no task makes.", hint: "Submit the task that has it as an output first.", retry: false },
  INPUT_CHANGED: { meaning: "A local file is no longer what it was when it was declared.", hint: "Files are immutable: declare the new content as a new file.", retry: false },
  INPUT_DAMAGED: { meaning: "A task changed an input in a worker's cache while others may have used it.", hint: "The input is fetched anew, and whoever used it runs again with a copy.", retry: true },
  INPUT_LOST: { meaning: "All copies of an intermediate file were lost and it cannot be made again.", hint: "See the cause; consider replicating temps.", retry: false },
  OUTPUT_MISSING: { meaning: "The command ended without leaving an output that was declared.", hint: "Look at its standard error; check the output's name in the sandbox.", retry: false },
  OUTPUT_TRANSFER: { meaning: "An output could not be brought to the manager.", hint: "Check the free space and permissions where it is to be written.", retry: true },
  COMMAND_FAILED: { meaning: "The command of a task exited with another code than 0, or a signal ended it.", hint: "Look at its standard error.", retry: false },
  COMMAND_NOT_FOUND: { meaning: "The shell found no such command at the worker.", hint: "Declare the program as an input, or install it at the workers.", retry: false },
  UNKNOWN_LIBRARY: { meaning: "A function call names a library that was not declared on this manager, or that was removed.", hint: "Declare the library first, under this name; the message names those that there are.", retry: false },
  UNKNOWN_FUNCTION: { meaning: "A function call names a function that its library does not have.", hint: "Check the name; see those in the message.", retry: false },
  LIBRARY_EXIT: { meaning: "The process that ran a function call ended before the call did, or it cannot be started.", hint: "Look at what it wrote, in the message.", retry: true },
  FUNCTION_RAISED: { meaning: "The function of a call raised an exception.", hint: "See the remote traceback.", retry: false },
  VALUE_UNREADABLE: { meaning: "The value of a function call is written in a way that cannot be read here.", hint: "Read it where it was made, or have the function return what JSON can hold.", retry: false },
  VALUE_LOST: { meaning: "A large value was lost with its worker before it could be brought to the manager, as often as its call may be run again.", hint: "Call again; give values that must not be lost a file (call.value).", retry: true },
  UNSCHEDULABLE: { meaning: "No worker that has joined could ever run the task.", hint: "Ask for less, or start a larger worker.", retry: true },
  WORKER_LOST: { meaning: "The connection to a worker ended without a goodbye.", hint: "The tasks are run elsewhere; look at the worker's log.", retry: true },
  CLIENT_LOST: { meaning: "The connection to a client ended without a goodbye.", hint: "Look at the client's log.", retry: true },
  CLIENT_LEFT: { meaning: "A client said goodbye.", hint: "", retry: false },
  WORKER_LEFT: { meaning: "A worker said goodbye: it was told to end, its time was up, or it had nothing to do.", hint: "", retry: true },
  MAX_RETRIES: { meaning: "A task failed for reasons outside of it more often than its retries allow.", hint: "See the attempts in the result.", retry: false },
  RECOVERY_LIMIT: { meaning: "A lost file was made again too often.", hint: "Workers lose it as fast as it is made: replicate temps, or use steadier workers.", retry: false },
  CANCELLED: { meaning: "The application cancelled the task.", hint: "", retry: false },
  SIGNAL: { meaning: "A signal ended the command.", hint: "Look at its standard error; SIGKILL often means that memory ran out.", retry: false },
  FORSAKEN: { meaning: "Workers gave a task back unstarted again and again.", hint: "See the attempts in the result, and the workers' logs.", retry: true },
  WALL_TIME: { meaning: "A task ran longer than its wall-time limit.", hint: "Raise maxWallTime, or split the work.", retry: false },
  END_TIME: { meaning: "A task was not done by its end-by time.", hint: "", retry: false },
  RESOURCE_EXHAUSTED: { meaning: "A task used more of a resource than it was given.", hint: "Ask for more of it.", retry: true },
  SANDBOX_EXHAUSTED: { meaning: "A task's sandbox grew past its disk allocation.", hint: "Ask for more disk.", retry: true },
  DISK_FULL: { meaning: "There is no space left for a file.", hint: "Free some space, or give the worker a larger --disk.", retry: true },
  CACHE_FULL: { meaning: "The worker's cache budget is used up by files that are still needed.", hint: "Give the worker a larger --disk, or drop files earlier.", retry: true },
  TRANSFER_STALLED: { meaning: "A transfer moved no byte for too long.", hint: "Check the network between the two ends.", retry: true },
  TRANSFER_TRUNCATED: { meaning: "A transfer ended before the announced size.", hint: "It is tried again.", retry: true },
  TRANSFER_REFUSED: { meaning: "The other end refused to give a file.", hint: "See its reason in the message.", retry: true },
  TRANSFER_UNREACHABLE: { meaning: "The other end of a transfer could not be reached.", hint: "Check firewalls between workers; the manager is used as a source where it can be.", retry: true },
  WRONG_CERTIFICATE: { meaning: "The other end of a transfer does not show the certificate that the manager announced.", hint: "Nothing was sent to it; it is fetched from elsewhere.", retry: true },
  DIGEST_MISMATCH: { meaning: "What arrived is not what was announced.", hint: "It was thrown away and is fetched from elsewhere.", retry: true },
  URL_NOT_FOUND: { meaning: "The server says that there is no such URL (404 or 410).", hint: "Check the URL.", retry: false },
  URL_REFUSED: { meaning: "The server refuses the URL (another 4xx).", hint: "See the status; it may need credentials.", retry: false },
  URL_FAILED: { meaning: "The server of a URL failed (5xx) or could not be reached, also when asked again.", hint: "Try later.", retry: true },
  URL_CHANGED: { meaning: "The content of a URL changed while the workflow runs.", hint: "Use a URL that names a version.", retry: false },
  URL_UNSUPPORTED: { meaning: "The URL's scheme is not one that we can fetch.", hint: "Use http, https, file or data.", retry: false },
  ARCHIVE_UNSAFE: { meaning: "An archive holds an entry that could reach outside of its directory, or that is no file, folder or link.", hint: "Make the archive again without it.", retry: false },
  ARCHIVE_DAMAGED: { meaning: "An archive cannot be read to its end.", hint: "Check the file and its format.", retry: false },
  ARCHIVE_BOMB: { meaning: "An archive unpacks to more entries or bytes than allowed.", hint: "Raise the limit if it is meant to.", retry: false },
  MINI_TASK_FAILED: { meaning: "The command that makes a file failed.", hint: "Its standard error is in the message.", retry: false },
  TICKET_REFUSED: { meaning: "A data server was asked without a valid ticket.", hint: "Only peers that the manager sends may ask.", retry: false },
  NOT_HELD: { meaning: "A data server was asked for a file that it does not hold (any more).", hint: "", retry: true },
  TOO_LARGE: { meaning: "Something is over one of the bounds in limits.ts.", hint: "The message names the bound.", retry: false },
  BAD_FRAME: { meaning: "A peer sent something that is not our protocol, or out of turn.", hint: "The connection was closed; check the versions at both ends.", retry: false },
  VERSION_MISMATCH: { meaning: "The two ends speak no common version of the protocol.", hint: "Upgrade the older one.", retry: false },
  NOT_AUTHORISED: { meaning: "The other end does not have the key.", hint: "Use the connection file of this manager.", retry: false },
  CONNECTION_FILE: { meaning: "A connection file is missing, unreadable, damaged or open to others.", hint: "Use the one that the manager wrote, with mode 0600.", retry: false },
  ADDRESS_IN_USE: { meaning: "The port is taken.", hint: "Choose another, or 0 for any free one.", retry: false },
  NO_MANAGER: { meaning: "No manager was found within the connect time-out.", hint: "Check the address and that the manager runs.", retry: true },
  MANAGER_CLOSED: { meaning: "The manager has been closed.", hint: "", retry: false },
  MANAGER_LOST: { meaning: "The connection to the manager ended without a goodbye.", hint: "It is looked for again; see the manager's log.", retry: true },
  GPUS_UNKNOWN: { meaning: "nvidia-smi is there, but does not say which gpus the machine has.", hint: "Mend what it complains about, or say how many with --gpus.", retry: false },
  WORKDIR_UNUSABLE: { meaning: "A worker's directory cannot be made or written.", hint: "Give another --workdir: one that this user may write, on a disk with room.", retry: false },
  WORKDIR_IN_USE: { meaning: "Another worker uses this directory.", hint: "Give each worker its own --workdir.", retry: false },
  LAUNCHER_LOST: { meaning: "The process that starts tasks at the worker ended.", hint: "The tasks are run again.", retry: true },
  SPAWN_FAILED: { meaning: "The operating system could not start a process.", hint: "See the cause: too many processes, no memory, no shell.", retry: true },
  EXECUTOR_NOT_FOUND: { meaning: "There is no such executor, or its package cannot be loaded.", hint: "Install the package beside the program, or give the path of its module.", retry: false },
  BAD_EXECUTOR: { meaning: "What was loaded is no executor, or one for another version.", hint: "See docs/WRITING-AN-EXECUTOR.md.", retry: false },
  EXECUTOR_FAILED: { meaning: "An executor could not do what it was asked.", hint: "See the message; the executor's own documentation tells what it takes.", retry: false },
  INTERNAL: { meaning: "We did something wrong.", hint: "Please report it with the log.", retry: false },
} as const satisfies Record<string, { meaning: string; hint: string; retry: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** The one error class: code for programs, sentence for people, hint for what next, cause kept. */
export class VineError extends Error {
  override readonly name = "VineError";
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(
    code: ErrorCode,
    sentence: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? ERRORS[code].hint;
  }

  /** Whether the same thing may work at another time or place. */
  get retry(): boolean {
    return ERRORS[this.code].retry;
  }

  /** Any thrown value as a VineError; what is not ours becomes `fallback` with its cause kept. */
  static from(thrown: unknown, fallback: ErrorCode = "INTERNAL"): VineError {
    if (thrown instanceof VineError) return thrown;
    const sentence = thrown instanceof Error ? thrown.message : String(thrown);
    return new VineError(fallback, sentence, { cause: thrown });
  }
}
