/** Throws unless the claim holds; the story says what was found instead. */
export function claim(holds: boolean, story: () => string): asserts holds {
  if (!holds) throw new Error(`invariant broken: ${story()}`);
}

/** Amounts of resources are sums of fractions. */
export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}
