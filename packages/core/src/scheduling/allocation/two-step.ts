import type { Completion } from "./completions.js";

/**
 * The first amount of works whose second try gets the largest amount seen: that with the highest expected throughput.
 * A room of that largest amount R holds R / a works of amount a; those that use no more than a end in it, the others once
 * more in one of R. So it is the a for which
 *
 *     ( P(use <= a) R / a  +  P(use > a) )  /  ( mean time  +  mean time spent again by those with use > a )
 *
 * is largest: the rule "max throughput" of Tovar et al., "A Job Sizing Strategy for High-Throughput Scientific Workflows",
 * IEEE TPDS 29(2), 2018. Of none it is 0.
 */
export function firstForThroughput(completions: readonly Completion[]): number {
  const sorted = [...completions].sort((a, b) => a.amount - b.amount);
  const largest = sorted.at(-1)?.amount ?? 0;
  const time = sorted.reduce((sum, one) => sum + one.time, 0);
  let best = { amount: largest, rate: 0 };
  let [above, timeAbove] = [sorted.length, time];
  sorted.forEach((one, index) => {
    above -= 1;
    timeAbove -= one.time;
    if (one.amount <= 0 || sorted[index + 1]?.amount === one.amount) return;
    const ended = ((sorted.length - above) * largest) / one.amount + above;
    const rate = ended / Math.max(Number.MIN_VALUE, time + timeAbove);
    if (rate > best.rate) best = { amount: one.amount, rate };
  });
  return best.amount;
}
