import type { FileId, TaskId } from "../../model/ids.js";
import type { ResultCode, TaskResult } from "../../tasks/result.js";
import type { TaskSpec } from "../../tasks/task.js";
import type { PlannedTask } from "../workload/workload.js";
import { demand } from "./broken.js";
import type { AuditView } from "./view.js";

/** Failed copies of one file after which giving it up is no surprise. */
const TRIES_BEFORE_GIVING_UP = 3;
/** Times a task may be given back before giving it up is no surprise. */
const RETURNS_BEFORE_GIVING_UP = 100;

/** Judges results: what the application is told must be what a perfect world gives, or there must be a good reason. */
export class Verdict {
  readonly #view: AuditView;
  /** Whether the manager has the content of a file. */
  readonly #atHome: (file: FileId) => boolean;
  readonly #asked = new Set<FileId>();

  constructor(view: AuditView, atHome: (file: FileId) => boolean) {
    this.#view = view;
    this.#atHome = atHome;
  }

  /** The application threw the copies of this file away, or will never name it again. */
  gaveUp(file: FileId): void {
    this.#asked.add(file);
  }

  judge(result: TaskResult): void {
    const planned = this.#view.options.workload.tasks.get(result.task);
    demand(planned !== undefined, `task ${result.task} was never submitted`);
    if (result.state === "done") this.#judgeDone(planned, result);
    else if (result.state === "cancelled") this.#judgeCancelled(result);
    else this.#judgeFailed(planned, result);
  }

  /** A wanted file that cannot be had must have a reason. */
  judgeUnobtainable(file: FileId, error: string): void {
    demand(
      this.#isSpoilt(file, new Set()) || this.#asked.has(file),
      `file ${file} is not to be had (${error}) for no reason`,
    );
  }

  #judgeDone({ spec, behaviour }: PlannedTask, { outcome, code }: TaskResult): void {
    const about = `task ${spec.id} is done`;
    demand(code === "success", `${about}, but its code is ${code}`);
    if (outcome === undefined) {
      const reusable = spec.outputs.every((output) => this.#lifetime(output.file) === "forever");
      demand(spec.outputs.length > 0 && reusable, `${about} without ever having run`);
      return;
    }
    if (spec.call !== undefined) demand(behaviour.fails === undefined, `${about}, but its function fails`);
    else
      demand(outcome.exitCode === behaviour.exitCode, `${about} with exit code ${String(outcome.exitCode)}`);
    for (const { file } of outcome.outputs) {
      const local = this.#view.options.workload.files.get(file)?.spec.origin.type === "local";
      demand(!local || this.#atHome(file), `${about}, but its output ${file} has not come home`);
    }
  }

  #judgeCancelled(result: TaskResult): void {
    demand(result.code === "cancelled", `task ${result.task} is cancelled, but its code is ${result.code}`);
    demand(
      this.#view.ledger.cancelled.has(result.task),
      `task ${result.task} is cancelled, but nobody asked for it`,
    );
  }

  #judgeFailed(planned: PlannedTask, result: TaskResult): void {
    const excuse = EXCUSES[result.code];
    const words = `task ${result.task} failed (${result.code}, ${String(result.error)}: ${String(result.message)})`;
    const good = excuse?.(planned, result, this.#view) ?? false;
    const input = result.code === "input-missing" && this.#lacksInput(planned);
    const library = result.code === "missing-library" && this.#isSpoiltLibrary(planned);
    demand(good || input || library, `${words} for no reason`);
  }

  #lacksInput({ spec }: PlannedTask): boolean {
    return spec.inputs.some(({ file }) => this.#isSpoilt(file, new Set()));
  }

  #isSpoiltLibrary({ spec }: PlannedTask): boolean {
    const library = spec.call?.library;
    const planned = library === undefined ? undefined : this.#view.options.workload.libraries.get(library);
    return planned?.spec.inputs.some(({ file }) => this.#isSpoilt(file, new Set())) ?? true;
  }

  /** Whether there is a reason for which nobody can have this file. */
  #isSpoilt(file: FileId, seen: Set<FileId>): boolean {
    const pending = [file];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (this.#isSpoiltItself(next)) return true;
      pending.push(...this.#view.options.truth.partsOf(next));
    }
    return false;
  }

  #isSpoiltItself(file: FileId): boolean {
    const { ledger, options } = this.#view;
    if (options.workload.files.get(file)?.unusable === true) return true;
    if ((ledger.failures.get(file) ?? 0) >= TRIES_BEFORE_GIVING_UP) return true;
    const producer = options.truth.producerOf(file);
    return producer !== undefined && this.#mayNotProduce(producer, file);
  }

  #mayNotProduce(producer: TaskId, file: FileId): boolean {
    const { ledger, options } = this.#view;
    const planned = options.workload.tasks.get(producer);
    if (planned === undefined) return true;
    const account = ledger.task(producer);
    const { spec } = planned;
    if (ledger.cancelled.has(producer)) return true;
    if (account.result !== undefined && account.result.state !== "done") return true;
    if (spec.endByMs !== undefined || spec.wallTimeMs !== undefined || account.losses > spec.retries)
      return true;
    return !leaves(planned, file) || mayNotStart(spec, this.#view);
  }

  #lifetime(file: FileId): string | undefined {
    return this.#view.options.workload.files.get(file)?.spec.lifetime;
  }
}

/** Whether a task leaves this output when it comes to its end undisturbed. */
function leaves({ spec, behaviour }: PlannedTask, file: FileId): boolean {
  const i = spec.outputs.findIndex((output) => output.file === file);
  const when = spec.outputs[i]?.when ?? "always";
  if (
    behaviour.signal !== undefined ||
    behaviour.fails !== undefined ||
    behaviour.outputBytes[i] === undefined
  )
    return false;
  return when === "always" || (when === "success") === (behaviour.exitCode === 0);
}

/** The library of a call has failed to start as often as it may. */
function mayNotStart({ call }: TaskSpec, { ledger, options }: AuditView): boolean {
  if (call === undefined) return false;
  const tries = options.workload.libraries.get(call.library)?.spec.startTries ?? 0;
  return (ledger.failedStarts.get(call.library) ?? 0) >= tries;
}

type Excuse = (planned: PlannedTask, result: TaskResult, view: AuditView) => boolean;

const EXCUSES: { readonly [Code in ResultCode]?: Excuse } = {
  signal: ({ behaviour }) => behaviour.signal !== undefined,
  "output-missing": ({ behaviour }) => behaviour.outputBytes.includes(undefined),
  "max-end-time": ({ spec }, { finishedAtMs }) => finishedAtMs >= (spec.endByMs ?? Infinity),
  "max-wall-time": ({ spec, behaviour }) => behaviour.runMs >= (spec.wallTimeMs ?? Infinity),
  "max-retries": ({ spec }, { task }, { ledger }) => {
    return ledger.task(task).lastAttempt > spec.retries;
  },
  "resource-exhaustion": (_planned, { task }, { ledger }) => ledger.task(task).exhaustions > 0,
  "sandbox-exhaustion": (_planned, { task }, { ledger }) => ledger.task(task).exhaustions > 0,
  exception: ({ behaviour }) => behaviour.fails === "raises",
  "library-exit": ({ spec }, { task }, view) => {
    return view.ledger.task(task).lastAttempt > spec.retries || mayNotStart(spec, view);
  },
  "output-transfer-error": ({ spec }, _result, { ledger }) => {
    return spec.outputs.some(({ file }) => (ledger.failures.get(file) ?? 0) >= TRIES_BEFORE_GIVING_UP);
  },
  forsaken: (_planned, { task }, { ledger }) => ledger.task(task).returns >= RETURNS_BEFORE_GIVING_UP,
};
