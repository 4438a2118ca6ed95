/** A promise of the coordinator that it did not keep. */
export class BrokenRule extends Error {
  override readonly name = "BrokenRule";
}

/** Ends the simulation unless the rule holds. */
export function demand(holds: boolean, rule: string | (() => string)): asserts holds {
  if (!holds) throw new BrokenRule(typeof rule === "string" ? rule : rule());
}
