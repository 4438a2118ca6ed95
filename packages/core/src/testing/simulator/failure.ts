/** A simulation in which a promise was broken: what was seen, the last things that happened, and how to see it again. */
export class SimulationFailure extends Error {
  override readonly name = "SimulationFailure";
  readonly seed: number;
  readonly story: readonly string[];

  constructor(seed: number, sentence: string, story: readonly string[], cause?: unknown) {
    const shown = story.map((line) => `  ${line}`).join("\n");
    super(`${sentence}\nreplay with SEED=${seed}\n${shown}`, cause === undefined ? undefined : { cause });
    this.seed = seed;
    this.story = story;
  }
}
