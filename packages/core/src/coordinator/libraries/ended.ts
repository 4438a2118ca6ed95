import type { AttemptOutcome } from "../../tasks/result.js";
import { hopelessness } from "../placing/unschedulable.js";
import type { InstanceRecord, LibraryRecord, Run, TaskRecord } from "../records.js";
import { depart } from "../tasks/depart.js";
import { move, WAITING } from "../tasks/move.js";
import type { World } from "../world.js";
import { dismiss } from "./instance.js";
import { failTooLarge, grow } from "./room/grow.js";

/** Exit code of a program that cannot do its work where it is (EX_CONFIG of sysexits.h). */
const UNFIT = 78;
/** Workers at which a library that never ran says so before no others are tried: what is missing there is missing everywhere. */
const MOST_UNFIT = 10;
/** Part of the cool-off time that passes before the second start; each further one takes twice as long. */
const FIRST_PAUSE = 1 / 16;
/** Bytes of what it printed that go into a message. */
const TAIL_BYTES = 2000;

/** The process of an instance has ended by itself. */
export function onInstanceEnded(
  world: World,
  instance: InstanceRecord,
  run: Run,
  outcome: AttemptOutcome,
): void {
  const { library, task } = instance;
  const why = endOf(outcome);
  const wasReady = instance.state === "ready" || instance.state === "retiring";
  const isExpected = instance.state === "retiring" && instance.held === 0;
  depart(world, task, run, { ended: outcome.code, outcome });
  if (!isExpected && !grow(world, library, run, outcome) && !failTooLarge(world, instance, outcome)) {
    // What was at work when it ended may be to blame; nothing else can be where it served nobody.
    if (wasReady && instance.served + instance.held > 0) crashed(world, library, why);
    else failedToStart(world, instance, why, outcome.exitCode === UNFIT);
  }
  move(world, task, WAITING);
  dismiss(world, instance);
}

/** How it ended, with the last lines of what it said. */
function endOf(outcome: AttemptOutcome): string {
  const { message, signal, exitCode, stderr, code } = outcome;
  const how =
    message ??
    (signal !== undefined
      ? `signal ${signal} ended it`
      : exitCode !== undefined
        ? `it exited with code ${exitCode}`
        : code);
  const said = new TextDecoder().decode(stderr.tail.subarray(-TAIL_BYTES)).trim();
  return said === "" ? how : `${how}; its standard error ends with:\n${said}`;
}

/**
 * A start came to nothing: the next one waits a while, and looks for another worker first. `isUnfit`: it will not do at
 * this worker however often it is tried; so nobody waits, and where no worker is left it is given up.
 */
export function failedToStart(world: World, instance: InstanceRecord, why: string, isUnfit = false): void {
  const { library, worker } = instance;
  library.failedStarts += 1;
  if (worker !== undefined) library.shunned.set(worker, world.nowMs + world.options.coolOffMs);
  tellFailure(world, instance, why);
  if (!isUnfit || worker === undefined) {
    keepQuiet(world, library, library.failedStarts);
    return;
  }
  library.shape.unfit.add(worker.id);
  const isEnough = library.shape.unfit.size >= MOST_UNFIT && library.pace.overallMs === undefined;
  library.isHopeless = isEnough || hopelessness(world, library.shape) !== undefined;
}

/** In full when it is news, and once more when it is seen to be no matter of one worker; else in few words. */
function tellFailure(world: World, { library, worker }: InstanceRecord, why: string): void {
  const { spec, failures } = library;
  const novelty = failures.add(why, worker?.id);
  const about = `library ${spec.name} did not start at ${worker?.spec.name ?? "a worker"}`;
  if (novelty === "news") world.note("warn", `${about}: ${why}`);
  else if (novelty === "everywhere")
    world.note("warn", `${about} either, nor at any other so far: ${failures.lastWords}`);
  else world.note("info", `${about}, in the same way as before`);
}

function crashed(world: World, library: LibraryRecord, why: string): void {
  library.crashes += 1;
  world.note("warn", `an instance of library ${library.spec.name} ended: ${why}`);
  if (library.crashes > 1) keepQuiet(world, library, library.crashes - 1);
}

/** No new instance for a while, longer each time. */
function keepQuiet(world: World, library: LibraryRecord, times: number): void {
  const { coolOffMs } = world.options;
  const ms = Math.min(coolOffMs, coolOffMs * FIRST_PAUSE * 2 ** (times - 1));
  library.quietUntilMs = Math.max(library.quietUntilMs, world.nowMs + ms);
}

/** What is learnt from the end of a call. */
export function noteEnd(library: LibraryRecord, task: TaskRecord, run: Run, outcome: AttemptOutcome): void {
  const { code, measured } = outcome;
  if (run.instance !== undefined) run.instance.served += 1;
  if (code !== "success" && code !== "exception") return;
  library.failedStarts = 0;
  library.crashes = 0;
  library.returns = 0;
  library.isHopeless = false;
  library.failures.settle();
  library.pace.note(task.spec.call?.function ?? "", measured.wallMs);
}
