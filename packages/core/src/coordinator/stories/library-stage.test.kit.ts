import { libraryId, taskId } from "../../model/ids.js";
import type { AttemptOutcome } from "../../tasks/result.js";
import { aCall, aLibrary, anOutcome } from "../../testing/builders.js";
import type { Effect } from "../effect.js";
import type { LibraryView } from "../libraries/view.js";
import { Stage } from "./stage.test.kit.js";

type Deploy = Extract<Effect, { type: "deploy" }>;

/** A stage with libraries: their instances are numbered 1, 2, 3… in the order of their deploys. */
export class LibraryStage extends Stage {
  provide(different: Parameters<typeof aLibrary>[0] = {}): Effect[] {
    return this.step({ type: "library-declared", library: aLibrary(different) });
  }

  call(...calls: Parameters<typeof aCall>[0][]): Effect[] {
    return this.step({ type: "tasks-submitted", tasks: calls.map((call) => aCall(call)) });
  }

  /** So many calls, numbered from there. */
  calls(from: number, count: number, different: Parameters<typeof aCall>[0] = {}): Effect[] {
    return this.call(...Array.from({ length: count }, (_, index) => ({ ...different, id: from + index })));
  }

  deployed(instance = this.all("deploy").length): Deploy {
    const found = this.all("deploy")[instance - 1];
    if (found === undefined) throw new Error(`there were ${this.all("deploy").length} deploys`);
    return found;
  }

  /** Its process has begun, and takes calls. */
  ready(instance?: number, about: { slots?: number; functions?: readonly string[] } = {}): Effect[] {
    const { worker, task, attempt } = this.deployed(instance);
    const { slots = 4, functions } = about;
    return this.step(
      { type: "task-started", worker, task, attempt },
      {
        type: "library-ready",
        worker,
        task,
        attempt,
        slots,
        ...(functions === undefined ? {} : { functions }),
      },
    );
  }

  /** The process of an instance ends by itself. */
  exits(instance?: number, stderr = "", different: Partial<AttemptOutcome> = {}): Effect[] {
    const { worker, task, attempt } = this.deployed(instance);
    const tail = new TextEncoder().encode(stderr);
    const said = { tail, size: tail.length, truncated: false };
    const outcome = anOutcome({ exitCode: 1, stderr: said, ...different });
    return this.step({ type: "task-ended", worker, task, attempt, outcome });
  }

  /** The process of an instance ends under these calls, and before it has begun those. */
  crashes(instance: number, ran: readonly number[], others: readonly number[]): Effect[] {
    const { worker, task, attempt } = this.deployed(instance);
    const outcome = anOutcome({ code: "library-exit", message: "signal SIGSEGV ended it" });
    const at = (call: number) => ({ worker, task: taskId(call), attempt: this.sent(call).attempt });
    return this.step(
      ...ran.map((call) => ({ type: "task-ended", ...at(call), outcome }) as const),
      ...others.map(
        (call) =>
          ({ type: "task-returned", ...at(call), reason: "library-gone", message: "it ended" }) as const,
      ),
      {
        type: "task-ended",
        worker,
        task,
        attempt,
        outcome: anOutcome({ code: "signal", signal: "SIGSEGV" }),
      },
    );
  }

  /** The calls that an instance was given, in order. */
  dealtTo(instance: number): number[] {
    const { task } = this.deployed(instance);
    return this.all("call")
      .filter((effect) => effect.instance === task)
      .map((effect) => effect.task);
  }

  library(id = 1): LibraryView {
    const found = this.coordinator.libraries().find((view) => view.id === libraryId(id));
    if (found === undefined) throw new Error(`there is no library ${id}`);
    return found;
  }

  explain(task: number): string {
    return this.coordinator.explain(taskId(task));
  }
}
