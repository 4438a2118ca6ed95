import { createInterface } from "node:readline";
import type { Request } from "../contest/contender.js";

/** Calls four threads. Where results can be arguments, chains and values are known beforehand, and stay where they are. */
export interface JavaScriptContender extends AsyncDisposable {
  increment(number: number): Promise<number>;
  /** So many increments, as fast as it can. */
  increments(count: number): Promise<readonly number[]>;
  /** Ends of chains of increments of 0. */
  chains(count: number, steps: number): Promise<readonly number[]>;
  /** Lengths of values of a megabyte. */
  lengths(count: number): Promise<readonly number[]>;
}

type Deed = (contender: JavaScriptContender, request: Request) => Promise<number[] | undefined>;

const DEEDS: Partial<Record<Request["do"], Deed>> = {
  calls: async (contender, request) => {
    const { count } = request as Extract<Request, { do: "calls" }>;
    const sum = (await contender.increments(count)).reduce((all, one) => all + one, 0);
    check(sum === (count * (count + 1)) / 2, "a wrong sum");
    return undefined;
  },
  latency: async (contender, request) => {
    const { count } = request as Extract<Request, { do: "latency" }>;
    const spent: number[] = [];
    for (let number = 0; number < count; number += 1) {
      const begun = performance.now();
      await contender.increment(number);
      spent.push(1000 * (performance.now() - begun));
    }
    return spent;
  },
  chains: async (contender, request) => {
    const { count, steps } = request as Extract<Request, { do: "chains" }>;
    const ends = await contender.chains(count, steps);
    check(ends.length === count && ends.every((end) => end === steps), "a wrong end of a chain");
    return undefined;
  },
  loop: async (contender, request) => {
    const { steps } = request as Extract<Request, { do: "loop" }>;
    let number = 0;
    for (let step = 0; step < steps; step += 1) number = await contender.increment(number);
    check(number === steps, "a wrong end of a loop");
    return undefined;
  },
  values: async (contender, request) => {
    const { count } = request as Extract<Request, { do: "values" }>;
    const sum = (await contender.lengths(count)).reduce((all, one) => all + one, 0);
    check(sum === count * 1_000_000, "a wrong sum of lengths");
    return undefined;
  },
};

function check(isRight: boolean, complaint: string): void {
  if (!isRight) throw new Error(complaint);
}

/** Answers requests from standard input until there are no more, as contest.py does. */
export async function contend(contender: JavaScriptContender): Promise<void> {
  await using _ends = contender;
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    const deed = DEEDS[request.do];
    if (deed === undefined) throw new Error(`there is no ${request.do} here`);
    const begun = performance.now();
    const told = await deed(contender, request);
    say({ seconds: (performance.now() - begun) / 1000, told: told ?? null });
  }
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
