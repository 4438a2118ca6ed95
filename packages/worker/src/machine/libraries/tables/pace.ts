/** A call that takes longer than we thought changes our mind at once, quicker ones only by and by. */
const UPWARDS = 0.5;
const DOWNWARDS = 0.1;
/** A measure may be nonsense: no call is thought to take more than this. */
const LONGEST_US = 3_600_000_000;

/** What was seen of the calls of one function at one instance. */
export class FunctionPace {
  /** The name as it is written to the library. */
  readonly name: string;
  /** How long a call takes, about; undefined before the first has ended. */
  #meanUs: number | undefined;
  /** Its last value was too large to travel inline. */
  givesLarge = false;

  constructor(name: string) {
    this.name = name;
  }

  /** Undefined: nobody knows. */
  get expectedUs(): number | undefined {
    return this.#meanUs;
  }

  took(us: number): void {
    const seen = Math.min(Math.max(0, us), LONGEST_US);
    const mean = this.#meanUs ?? seen;
    this.#meanUs = mean + (seen - mean) * (seen > mean ? UPWARDS : DOWNWARDS);
  }
}
