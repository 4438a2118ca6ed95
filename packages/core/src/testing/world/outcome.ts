import type { Lifetime } from "../../files/file.js";
import type { Allocation } from "../../model/resources.js";
import type { AttemptOutcome, ResultCode } from "../../tasks/result.js";
import type { OutputCondition, TaskSpec } from "../../tasks/task.js";
import { anOutcome } from "../builders.js";
import { type Content, contentOf } from "./content.js";
import type { Copy } from "./disk.js";
import type { OrderedOutput, OrderOf } from "./order.js";

type Assign = OrderOf<"assign">;

/** How and when an attempt will end if nothing comes between. */
export interface PlannedEnd {
  readonly code: ResultCode;
  readonly afterMs: number;
  readonly message?: string;
  readonly exhausted?: readonly string[];
}

export interface OutcomeWithCopies extends AttemptOutcome {
  /** What goes into the worker's cache. */
  readonly copies: readonly { readonly copy: Copy }[];
}

/** What a command makes of its inputs: the same wherever and whenever it runs. */
export function outputContent(
  command: string,
  inputs: ReadonlyMap<string, Content>,
  outputName: string,
): Content {
  const mounted = [...inputs].map(([name, content]) => `${name}=${content}`).sort();
  return contentOf("task", command, ...mounted, "->", outputName);
}

/** What a task computes: its command, or which function with which arguments. */
export function commandOf({ call, command }: TaskSpec): string {
  return call === undefined ? command : `${call.library}.${call.function}(${call.args.join()})`;
}

/** What is looked at of an attempt to tell how it will end; calls have no allocation. */
type Attempted = Pick<Assign, "spec" | "behaviour"> & { readonly allocation?: Allocation };

/** Which of its limits an attempt meets first, or that it ends by itself. */
export function plannedEnd({ spec, behaviour, allocation }: Attempted, nowMs: number): PlannedEnd {
  const starves = allocation !== undefined && behaviour.memory > allocation.memory;
  const own = ownEnd(starves, behaviour.runMs, behaviour.signal);
  const wallMs = spec.wallTimeMs ?? Infinity;
  const leftMs = Math.max(0, (spec.endByMs ?? Infinity) - nowMs);
  if (own.afterMs <= Math.min(wallMs, leftMs)) return own;
  if (wallMs <= leftMs) return { code: "max-wall-time", afterMs: wallMs, message: "ran longer than it may" };
  return { code: "max-end-time", afterMs: leftMs, message: "was not done in time" };
}

function ownEnd(starves: boolean, runMs: number, signal: string | undefined): PlannedEnd {
  if (starves) {
    return {
      code: "resource-exhaustion",
      afterMs: runMs / 2,
      message: "out of memory",
      exhausted: ["memory"],
    };
  }
  if (signal !== undefined) return { code: "signal", afterMs: runMs, message: signal };
  return { code: "success", afterMs: runMs };
}

/** What the worker reports of an attempt, and the files that it leaves. */
export function outcomeOf(
  order: Assign,
  end: PlannedEnd,
  inputs: ReadonlyMap<string, Content>,
): OutcomeWithCopies {
  const { spec, behaviour } = order;
  const well = end.code === "success" && behaviour.exitCode === 0;
  const due = order.outputs.filter((output) => isDue(output.when, well));
  const sizes = new Map(spec.outputs.map((output, i) => [output.file, behaviour.outputBytes[i]]));
  const left = end.code === "success" ? due.filter((output) => sizes.get(output.file) !== undefined) : [];
  const bytes = left.reduce((sum, output) => sum + (sizes.get(output.file) ?? 0), 0);
  if (bytes > order.allocation.disk) return withCopies(order, exhausted(), []);
  const complete = end.code !== "success" || left.length === due.length;
  const last = complete
    ? end
    : { ...end, code: "output-missing" as const, message: "an output was not left" };
  const copies = left.map((output) => copyOf(output, sizes.get(output.file) ?? 0, spec.command, inputs));
  return withCopies(order, last, copies);
}

function exhausted(): PlannedEnd {
  return { code: "sandbox-exhaustion", afterMs: 0, message: "sandbox full", exhausted: ["disk"] };
}

function isDue(when: OutputCondition, well: boolean): boolean {
  return when === "always" || (when === "success") === well;
}

interface Left {
  readonly output: OrderedOutput;
  readonly copy: Copy;
}

function copyOf(
  output: OrderedOutput,
  size: number,
  command: string,
  inputs: ReadonlyMap<string, Content>,
): Left {
  const content = outputContent(command, inputs, output.name);
  const lifetime: Lifetime = output.lifetime;
  return { output, copy: { cacheName: output.cacheName, content, size, kind: "file", lifetime } };
}

function withCopies(order: Assign, end: PlannedEnd, left: readonly Left[]): OutcomeWithCopies {
  const ended = end.code === "success" || end.code === "output-missing";
  const signal = end.code === "signal" ? order.behaviour.signal : undefined;
  return {
    ...anOutcome({
      code: end.code,
      ...(ended ? { exitCode: order.behaviour.exitCode } : {}),
      ...(signal === undefined ? {} : { signal }),
      ...(end.message === undefined ? {} : { message: end.message }),
      ...(end.exhausted === undefined ? {} : { exhausted: end.exhausted }),
      outputs: left.map(({ output, copy }) => ({
        file: output.file,
        cacheName: copy.cacheName,
        kind: copy.kind,
        size: copy.size,
        digest: copy.content,
      })),
      measured: { wallMs: end.afterMs },
    }),
    copies: left,
  };
}
