import type { BenchRow } from "../../row.js";
import { type Pair, rowOf } from "../../support/rounds.js";
import type { Answer } from "./contender.js";
import type { Answers, ContenderName } from "./contest.js";

type AllAnswers = ReadonlyMap<ContenderName, Answers>;

/** What is taken from an answer, of so much work. */
export type Measure = (answer: Answer, count: number) => number;

/** One of ours beside all others, a row each. Ratios are of the same round. */
export function besideOthers(
  all: AllAnswers,
  labels: { readonly name: string; readonly unit: string; readonly lessIsBetter?: boolean },
  measured: {
    readonly ours: ContenderName;
    readonly measure: Measure;
    readonly others: readonly ContenderName[];
  },
): BenchRow[] {
  const ours = all.get(measured.ours);
  if (ours === undefined) return [];
  return measured.others.flatMap((other) => {
    const peer = all.get(other);
    if (peer === undefined) return [];
    const less = peer.count < ours.count ? `, ${peer.count} of them` : "";
    const peerName = `${peer.name}${less}${labels.lessIsBetter === true ? " (less is better)" : ""}`;
    const pairs = ours.rounds.map((answer, at): Pair => {
      const peerAnswer = peer.rounds[at];
      return {
        ours: measured.measure(answer, ours.count),
        peer: peerAnswer === undefined ? Number.NaN : measured.measure(peerAnswer, peer.count),
      };
    });
    return [rowOf({ name: labels.name, unit: labels.unit, peerName }, pairs)];
  });
}

/** One of ours beside a figure that was aimed at. */
export function besideAim(
  answers: Answers | undefined,
  labels: { readonly name: string; readonly unit: string; readonly lessIsBetter?: boolean },
  measured: { readonly measure: Measure; readonly aim: number },
): BenchRow[] {
  if (answers === undefined) return [];
  const peerName = `the aim, on four cores${labels.lessIsBetter === true ? " (less is better)" : ""}`;
  const pairs = answers.rounds.map((answer) => {
    return { ours: measured.measure(answer, answers.count), peer: measured.aim };
  });
  return [rowOf({ name: labels.name, unit: labels.unit, peerName }, pairs)];
}

export const perSecond: Measure = ({ seconds }, count) => count / seconds;

/** Microseconds of processor time for each call, of the processes that play this part; of all where none is named. */
export function cpuPerCall(role?: string): Measure {
  return ({ cpu }, count) => {
    const all = [...cpu].filter(([name]) => role === undefined || name === role);
    return all.reduce((sum, [, us]) => sum + us, 0) / count;
  };
}

/** Of `latency`: how long the given share of the calls took at most, microseconds. */
export function percentile(share: number): Measure {
  return ({ told }) => {
    const sorted = [...(told ?? [])].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  };
}
