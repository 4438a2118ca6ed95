import {
  Counts,
  type FaultPlan,
  generateWorkload,
  Random,
  type SimulationReport,
  Simulator,
  type Whims,
  type WorkerPlan,
  type WorkloadWishes,
} from "@taskvine/core/testing";
import { expect } from "chai";

const MB = 1_000_000;
const START_MS = 1_700_000_000_000;

/** Simulations of one kind: what goes wrong in them, and what must really have happened over all their seeds. */
export interface Family {
  readonly seeds: number;
  /** Further seeds, which once broke a promise. */
  readonly also?: readonly number[];
  readonly faults?: Partial<FaultPlan>;
  readonly whims?: Partial<Whims>;
  readonly wishes?: Partial<WorkloadWishes>;
  readonly silenceMs?: number;
  readonly delayMs?: number;
  /** Disk of the smaller workers, bytes. */
  readonly disk?: number;
  /** How often each of these must have happened over all seeds: a family that never meets its case proves nothing. */
  readonly happens: Readonly<Record<string, number>>;
}

/** SEED=n runs that seed only, and shows its story. */
const ONLY_SEED = process.env["SEED"] === undefined ? undefined : Number(process.env["SEED"]);

/** Runs all seeds of a family; throws at the first that breaks a promise, and where a case was never met. */
export function runFamily(family: Family, file: string): Counts {
  const counts = new Counts();
  const seeds = ONLY_SEED === undefined ? seedsOf(family) : [ONLY_SEED];
  for (const seed of seeds) counts.addAll(runSeed(family, seed, file).counts);
  if (ONLY_SEED === undefined) expectHappened(family, counts);
  return counts;
}

function seedsOf({ seeds, also = [] }: Family): number[] {
  return [...Array.from({ length: seeds }, (_, i) => i + 1), ...also];
}

/** One run. A failure says how to see it again. */
export function runSeed(family: Family, seed: number, file: string): SimulationReport {
  try {
    const report = simulatorOf(family, seed).run();
    if (ONLY_SEED !== undefined) console.log([...report.story, JSON.stringify(report.counts)].join("\n"));
    return report;
  } catch (cause) {
    const story = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`SEED=${seed} npx mocha test/dist/simulation/${file}\n${story}`, { cause });
  }
}

function simulatorOf(family: Family, seed: number): Simulator {
  const random = new Random(seed);
  const wishes: WorkloadWishes = {
    tasks: random.between(20, 70),
    ownFailures: 0.03,
    deadlines: 0,
    unusableSources: 0,
    retries: 1_000,
    startMs: START_MS,
    ...family.wishes,
  };
  return new Simulator({
    seed,
    workload: generateWorkload(random.fork("workload"), wishes),
    workers: clusterOf(random.fork("workers"), family.disk),
    batches: seed % 2 === 0,
    startMs: START_MS,
    ...(family.faults === undefined ? {} : { faults: { untilMs: 20_000, ...family.faults } }),
    ...(family.whims === undefined ? {} : { whims: family.whims }),
    ...(family.silenceMs === undefined ? {} : { silenceMs: family.silenceMs }),
    ...(family.delayMs === undefined ? {} : { delayMs: family.delayMs }),
  });
}

/** A few workers; the first one can run anything. */
function clusterOf(random: Random, disk = 8_000 * MB): WorkerPlan[] {
  const plans: WorkerPlan[] = [];
  const count = random.between(2, 7);
  for (let i = 0; i < count; i++) {
    const large = i === 0;
    plans.push({
      name: `worker-${i}`,
      hostId: `host-${random.int(count)}`,
      resources: {
        cores: large ? 8 : random.between(1, 8),
        memory: large ? 32_000 * MB : random.between(4, 32) * 1_000 * MB,
        disk: large ? 20_000 * MB : disk,
        gpus: large ? 2 : random.pick([0, 0, 1]),
      },
      features: large || random.chance(0.3) ? ["fast-disk"] : [],
      rate: random.pick([10_000, 100_000, 100_000]),
    });
  }
  return plans;
}

function expectHappened(family: Family, counts: Counts): void {
  for (const [what, least] of Object.entries(family.happens)) {
    expect(counts.of(what), `how often "${what}" happened`).to.be.at.least(least);
  }
}
