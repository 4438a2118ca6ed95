import { expect } from "chai";
import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { FaultPlan } from "../faults/plan.js";
import { Random } from "../random.js";
import { generateWorkload } from "../workload/generate.js";
import { realCoordinator } from "./real-coordinator.js";
import { Simulator } from "./simulator.js";

const MB = 1_000_000;
const SEEDS = [1, 2, 3, 4, 5, 6];

interface Plant {
  readonly hears?: (event: Event) => boolean;
  readonly asks?: (effect: Effect) => Effect[];
  readonly faults?: Partial<FaultPlan>;
}

/** The real coordinator with something wrong between it and the world. */
function simulate(
  seed: number,
  { hears = () => true, asks = (effect) => [effect], faults = {} }: Plant,
): void {
  const random = new Random(seed);
  const wishes = { tasks: 30, ownFailures: 0, deadlines: 0, unusableSources: 0, retries: 1_000, startMs: 0 };
  const { coordinator } = realCoordinator({ runNonce: "planted" });
  const step = coordinator.step.bind(coordinator);
  coordinator.step = (events, nowMs) => step(events.filter(hears), nowMs).flatMap(asks);
  new Simulator({
    seed,
    workload: generateWorkload(random, wishes),
    workers: [1, 2, 3].map((i) => ({
      name: `worker-${i}`,
      hostId: `host-${i}`,
      resources: { cores: 4, memory: 32_000 * MB, disk: 20_000 * MB, gpus: 1 },
      features: ["fast-disk"],
      rate: 50_000,
    })),
    coordinator: () => ({ coordinator }),
    faults: { untilMs: 5_000, ...faults },
  }).run();
}

/** How many of the seeds find it. */
function found(plant: Plant): number {
  const finds = SEEDS.filter((seed) => {
    try {
      simulate(seed, plant);
      return false;
    } catch {
      return true;
    }
  });
  return finds.length;
}

/** Releases the worker that was just given a task. */
function releaseOf({ worker }: Extract<Effect, { type: "assign" }>): Effect[] {
  return [{ type: "release", worker }];
}

describe("The simulator finds planted faults", () => {
  it("finds none where none is planted", () => {
    expect(found({ faults: { everyMs: { crash: 1_000 } } })).to.equal(0);
  });

  it("a coordinator that does not hear of lost workers", () => {
    const plant = {
      hears: (event: Event) => event.type !== "worker-lost",
      faults: { everyMs: { crash: 500 } },
    };
    expect(found(plant)).to.be.at.least(3);
  });

  it("a coordinator that does not hear of copies that failed", () => {
    expect(
      found({ hears: (event) => event.type !== "transfer-failed", faults: { transferFails: 0.2 } }),
    ).to.be.at.least(3);
  });

  it("a coordinator that does not hear of entries that went away", () => {
    const plant = {
      hears: (event: Event) => event.type !== "replica-gone",
      faults: { everyMs: { damage: 50 } },
    };
    expect(found(plant)).to.be.at.least(3);
  });

  it("a coordinator that finishes a task twice", () => {
    const twice = (effect: Effect): Effect[] =>
      effect.type === "task-finished" ? [effect, effect] : [effect];
    expect(found({ asks: twice })).to.equal(SEEDS.length);
  });

  it("a coordinator that never drops anything, and one that releases who has work", () => {
    expect(found({ asks: (effect) => (effect.type === "drop" ? [] : [effect]) })).to.equal(SEEDS.length);
    const careless = (effect: Effect): Effect[] =>
      effect.type === "assign" ? [effect, ...releaseOf(effect)] : [effect];
    expect(found({ asks: careless })).to.equal(SEEDS.length);
  });

  it("a coordinator that forgets to send one task in ten", () => {
    const loses = (effect: Effect): Effect[] =>
      effect.type === "assign" && effect.task % 10 === 0 ? [] : [effect];
    expect(found({ asks: loses })).to.equal(SEEDS.length);
  });

  it("a coordinator that lets a task change the same file again", () => {
    const forgets = (effect: Effect): Effect[] => {
      if (effect.type !== "assign") return [effect];
      const { copyInputs: _, ...rest } = effect;
      return [rest];
    };
    expect(found({ asks: forgets, faults: { inputSpoils: 0.5 } })).to.equal(SEEDS.length);
  });
});
