import { availableParallelism } from "node:os";
import { styleText } from "node:util";
import type { Manager, Result } from "@taskvine/core";
import { printBytes, printDuration } from "@taskvine/core/model";
import type { CallRate } from "./calls.js";
import type { Past } from "./past-runs.js";
import type { Identifiers, Workflow } from "./workflow.js";

export interface Outcome {
  readonly identifiers: Identifiers;
  readonly results: readonly Result[];
  readonly workflow: Workflow;
  readonly stats: ReturnType<Manager["stats"]>;
  readonly linkedBytes: number;
  /** From the submission of the graph to its last result. */
  readonly wallMs: number;
  readonly workers: number;
}

const BAR = 24;
const number = new Intl.NumberFormat("en").format;

function paint(style: "bold" | "dim" | "green", text: string): string {
  const { stdout } = process;
  return stdout.isTTY && stdout.hasColors() ? styleText(style, text) : text;
}

/** The most frequent identifiers, with a bar for each. */
export function table({ total, distinct, top }: Identifiers): string {
  const most = top[0]?.[1] ?? 1;
  const [wide, high] = [Math.max(...top.map(([name]) => name.length)), number(most).length];
  const rows = top.map(([name, times], at) => {
    const bar = "█".repeat(Math.max(1, Math.round((times / most) * BAR)));
    return `${String(at + 1).padStart(4)}  ${name.padEnd(wide)}  ${number(times).padStart(high)}  ${paint("green", bar)}`;
  });
  return `${rows.join("\n")}\n\n${number(total)} identifiers, ${number(distinct)} different ones`;
}

/** Processor time where it was measured, else the time that the task took. */
function workOf({ measured }: Result): number {
  return measured?.cpuMs ?? measured?.wallMs ?? 0;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}

/** How it went: time, and which way the bytes came. */
export function summary(outcome: Outcome): string {
  const { results, workflow, stats, linkedBytes, wallMs, workers } = outcome;
  const [tookMs, workMs] = [sum(results, ({ measured }) => measured?.wallMs ?? 0), sum(results, workOf)];
  const times = (ms: number): string => `${(ms / wallMs).toFixed(1)}×`;
  const rows: [string, string][] = [
    ["time", `${printDuration(wallMs)} for ${results.length} tasks on ${workers} workers`],
    ["task time", `${printDuration(tookMs)} in all, ${printDuration(workMs)} of them on a processor`],
    [
      "speed-up",
      `${times(tookMs)} by task time, ${times(workMs)} by processor time (${availableParallelism()} cores here)`,
    ],
    ["by manager", `${printBytes(stats.fromManager.bytes)} in ${number(stats.fromManager.copies)} copies`],
    ["by peers", `${printBytes(Math.max(0, stats.fromPeers.bytes - linkedBytes))} over the network`],
    ["by links", `${printBytes(linkedBytes)} between workers on this machine, without copying`],
    ["unpacked", `${printBytes(stats.made.bytes)} in ${number(stats.made.copies)} trees`],
    [
      "cache hits",
      `${number(stats.cacheHits)} of ${number(workflow.inputs)} inputs were at the worker already`,
    ],
  ];
  return rows.map(([name, words]) => `${paint("dim", name.padEnd(11))} ${words}`).join("\n");
}

/** A line for each language. */
export function callRates(rates: readonly CallRate[]): string {
  const lines = rates.map(({ language, leftOut, calls, firstMs, allMs, oneMs, instances }) => {
    const rate = `${number(calls)} calls in ${printDuration(allMs)}: ${number(Math.round((1_000 * calls) / allMs))}/s`;
    const one = `one at a time ${oneMs.toFixed(1)} ms`;
    const start = `first after ${printDuration(firstMs)}, ${instances} instance${instances === 1 ? "" : "s"}`;
    return `${paint("dim", language.padEnd(11))} ${leftOut ?? [rate, one, start].join("; ")}`;
  });
  return ["Calls of functions in libraries that were started for them", "", ...lines].join("\n");
}

/** What the runs before say about this one. */
export function comparison(outcome: Outcome, past: Past | undefined, folder: string): string {
  const took = printDuration(outcome.wallMs);
  if (past === undefined) {
    return `First run: ${took}. Run it again: the unpacked sources stay in the workers' caches in\n${folder} (--fresh forgets them).`;
  }
  const found = outcome.stats.made.copies === 0 && outcome.stats.fromManager.bytes < 1e6;
  const why = found
    ? "the unpacked sources were in the workers' caches still"
    : "not all was in the workers' caches any more";
  const which = past.runs === 1 ? "Second run" : `Run ${past.runs + 1}`;
  return paint("bold", `${which}: ${took}, the first took ${printDuration(past.firstMs)}: ${why}.`);
}
