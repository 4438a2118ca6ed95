import type { RunBench } from "../row.js";
import { type ContenderName, Contest } from "./contest/contest.js";
import { besideAim, besideOthers, perSecond } from "./contest/rows.js";

const STEPS = 1_000;
const CHAINS = 64;
const STEPS_OF_EACH = 300;
const QUICK = 10;
const ONE_AIM = 3_000;
const MANY_AIM = 50_000;
const OTHERS: readonly ContenderName[] = ["pool", "dask", "parsl"];
const OURS = ["direct", "javascript"] as const;

/** Calls of which each needs the one before it: the manager knows them all, or the client goes from one to the next. */
export const run: RunBench = async (options) => {
  await using contest = await Contest.start([...OURS, ...OTHERS], options);
  const isQuick = options.quick === true;
  const known = await contest.askAll(isQuick ? QUICK : STEPS, (steps) => ({ do: "chains", count: 1, steps }));
  const looped = await contest.askAll(isQuick ? QUICK : STEPS, (steps) => ({ do: "loop", steps }));
  const many = await contest.askAll(isQuick ? CHAINS : CHAINS * STEPS_OF_EACH, (steps) => {
    return { do: "chains", count: CHAINS, steps: Math.max(1, Math.round(steps / CHAINS)) };
  });
  return OURS.flatMap((ours) => {
    const language = ours === "direct" ? "Python" : "JavaScript";
    const labels = (name: string) => ({ name: `${language}, ${name}`, unit: "steps/s" });
    const beside = { ours, measure: perSecond, others: OTHERS };
    const one = labels("one chain known to the manager");
    const all = labels(`${CHAINS} chains known to the manager`);
    return [
      ...besideAim(known.get(ours), one, { measure: perSecond, aim: ONE_AIM }),
      ...besideOthers(known, one, beside),
      ...besideAim(many.get(ours), all, { measure: perSecond, aim: MANY_AIM }),
      ...besideOthers(many, all, beside),
      ...besideOthers(looped, labels("one chain, step by step"), beside),
    ];
  });
};
