import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { TaskResult } from "../../tasks/result.js";
import { Auditor } from "../audit/auditor.js";
import { demand } from "../audit/broken.js";
import { Verdict } from "../audit/verdict.js";
import { FakeClock } from "../fake-clock.js";
import { Fleet } from "../faults/fleet.js";
import { Injector } from "../faults/injector.js";
import { DrawnLuck } from "../faults/luck.js";
import type { CoordinatorUnderTest } from "../manager/coordinator.js";
import { Desk } from "../manager/desk.js";
import { Doors } from "../manager/doors.js";
import { Performer } from "../manager/performer.js";
import { Store } from "../manager/store.js";
import { Random } from "../random.js";
import { Application } from "../workload/application.js";
import { Truth } from "../workload/truth.js";
import { Network, type Node } from "../world/network.js";
import { VirtualWorker } from "../world/worker.js";
import { Counts } from "./counts.js";
import { SimulationFailure } from "./failure.js";
import { resolveOptions, type ResolvedOptions, type SimulatorOptions } from "./options.js";
import { Story } from "./story.js";

/** What came of a simulation in which every promise was kept. */
export interface SimulationReport {
  readonly seed: number;
  /** Virtual time from the start to the last result, milliseconds. */
  readonly makespanMs: number;
  readonly steps: number;
  readonly bytesMoved: number;
  /** How often each fault, whim, effect and end really happened. */
  readonly counts: Counts;
  /** Equal for two runs in which the same things happened. */
  readonly fingerprint: string;
  /** The last things that happened, for people. */
  readonly story: readonly string[];
}

/** Virtual time for what is left to be cleaned up after the last result. */
const CLOSING_MS = 120_000;
/** Only these may be told twice: they name the attempt or transfer that they are about. */
const REPEATABLE = new Set<Event["type"]>(["task-started", "task-ended", "task-returned", "replica-ready", "transfer-failed"]);

/**
 * A whole cluster in virtual time around a real coordinator: workers, disks, links, an application, and what goes wrong.
 * Every content that arrives anywhere is compared with that of a perfect world, every step with the coordinator's promises.
 */
export class Simulator {
  readonly counts = new Counts();
  readonly clock: FakeClock;
  readonly fleet: Fleet;
  readonly injector: Injector;
  readonly application: Application;
  readonly coordinator: CoordinatorUnderTest;
  readonly auditor: Auditor;
  readonly #options: ResolvedOptions;
  readonly #story: Story;
  readonly #random: Random;
  readonly #network: Network;
  readonly #luck: DrawnLuck;
  readonly #check: () => void;
  readonly #verdict: Verdict;
  readonly #desk: Desk;
  #lastResultMs = 0;

  constructor(options: SimulatorOptions) {
    this.#options = resolveOptions(options);
    const { seed, workload, faults, workers, startMs, silenceMs, managerRate, whims } = this.#options;
    const clock = (this.clock = new FakeClock(startMs));
    const random = (this.#random = new Random(seed));
    const counts = this.counts;
    const story = (this.#story = new Story(clock));
    const network = (this.#network = new Network(clock));
    const luck = (this.#luck = new DrawnLuck(faults, random.fork("luck"), counts));
    const { coordinator, check } = this.#options.coordinator();
    this.coordinator = coordinator;
    this.#check = check ?? (() => undefined);
    const truth = new Truth(workload);
    const manager: Node = { name: "the manager", upRate: managerRate, downRate: managerRate };
    const store = new Store(manager, workload, truth);
    this.auditor = new Auditor({ ...this.#options, truth, identity: (file) => coordinator.identity(file) });
    this.#verdict = new Verdict(this.auditor, (file) => store.has(file));
    const doors = this.#doors(manager);
    const post = (...events: readonly Event[]): void => { this.#desk.post(...events); };
    const performer = new Performer({
      clock, luck, network, workload, truth, store, doors, coordinator, post,
      random: random.fork("manager"),
      web: webServers(managerRate),
      finished: (result) => { this.#finished(result); },
      unobtainable: (file, error) => {
        counts.add("unobtainable");
        this.#verdict.judgeUnobtainable(file, error);
        this.application.answered(file);
      },
      cameHome: (file) => { this.application.answered(file); },
    });
    this.#desk = new Desk({
      clock,
      coordinator,
      watch: (events, effects) => { this.#watch(events, effects); },
      perform: (effects) => { performer.perform(effects); },
    });
    this.application = new Application({
      workload, truth, whims, clock, store, counts, post,
      random: random.fork("application"),
      gaveUp: (file) => { this.#verdict.gaveUp(file); },
    });
    const virtual = workers.map((plan) => new VirtualWorker(plan, { clock, network, luck }));
    const lateNews = (news: readonly Event[]): void => { this.#lateNews(news); };
    this.fleet = new Fleet({
      clock, network, manager, doors, luck, counts, story, silenceMs, lateNews,
      workers: virtual,
      random: random.fork("fleet"),
    });
    this.injector = new Injector({
      clock, network, luck, counts, story, silenceMs,
      plan: faults,
      random: random.fork("faults"),
      fleet: this.fleet,
    });
  }

  /** Runs to the end. Throws a SimulationFailure where a promise was broken or nothing moves any more. */
  run(): SimulationReport {
    try {
      this.fleet.start();
      this.application.start();
      this.injector.start();
      this.clock.after(this.#options.faults.untilMs, () => { this.application.calmDown(); });
      this.#runUntilDone();
      this.#close();
    } catch (thrown) {
      const sentence = thrown instanceof Error ? thrown.message : String(thrown);
      throw new SimulationFailure(this.#options.seed, sentence, this.#story.lines(), thrown);
    }
    return {
      seed: this.#options.seed,
      makespanMs: this.#lastResultMs - this.#options.startMs,
      steps: this.#desk.steps,
      bytesMoved: this.#network.bytesMoved,
      counts: this.counts,
      fingerprint: this.#story.fingerprint,
      story: this.#story.lines(),
    };
  }

  #runUntilDone(): void {
    const { startMs, faults, patienceMs } = this.#options;
    const limitMs = startMs + faults.untilMs + patienceMs;
    while (!this.application.isDone) {
      if (this.clock.nowMs > limitMs || !this.clock.runNext()) throw new Error(this.#stuck());
    }
  }

  /** Nothing is needed any more: the workers must be rid of everything that was not to stay. */
  #close(): void {
    this.application.undeclareAll();
    this.clock.advance(CLOSING_MS);
    const waiting = this.fleet.waitingForRelease;
    demand(waiting.length === 0, `${waiting.join(", ")} asked to leave and was never released`);
    this.#demandTidy();
  }

  #demandTidy(): void {
    if (!this.#options.audit) return;
    const { files } = this.#options.workload;
    for (const { spec } of files.values()) {
      if (spec.lifetime === "forever" || spec.lifetime === "worker") continue;
      const identity = this.coordinator.identity(spec.id);
      const left = identity === undefined ? 0 : this.auditor.ledger.holders(identity.cacheName);
      const alsoKept = [...files.values()].some(
        (other) => other.spec.lifetime !== "workflow" && this.coordinator.identity(other.spec.id)?.cacheName === identity?.cacheName,
      );
      demand(left === 0 || alsoKept, `file ${spec.id} (${spec.lifetime}) is still held by ${left} workers although nobody can need it`);
    }
  }

  #stuck(): string {
    const { unfinished, unanswered } = this.application;
    const tasks = unfinished.slice(0, 10).map((task) => `  task ${task}: ${this.coordinator.explain(task)}`);
    const files = unanswered.length > 0 ? [`  wanted and not answered: files ${unanswered.slice(0, 10).join(", ")}`] : [];
    return [`stuck: ${unfinished.length} tasks never finish`, ...tasks, ...files].join("\n");
  }

  #watch(events: readonly Event[], effects: readonly Effect[]): void {
    for (const event of events) this.#story.event(event);
    for (const effect of effects) {
      this.#story.effect(effect);
      this.counts.add(effect.type);
    }
    if (this.#options.audit) this.auditor.step(events, effects, this.clock.nowMs);
    this.#check();
  }

  #finished(result: TaskResult): void {
    this.counts.add(`finished-${result.state}`);
    this.#lastResultMs = this.clock.nowMs;
    if (this.#options.audit) this.#verdict.judge(result);
    this.application.finished(result.task);
  }

  #doors(manager: Node): Doors {
    const { delayMs } = this.#options;
    return new Doors({
      clock: this.clock,
      network: this.#network,
      random: this.#random.fork("messages"),
      manager,
      delayMs,
      post: (event) => { this.#newsArrived(event); },
      released: (worker) => { this.fleet.released(worker); },
    });
  }

  #newsArrived(event: Event): void {
    this.#desk.post(event);
    if (!REPEATABLE.has(event.type) || !this.#luck.newsTwice()) return;
    this.clock.after(this.#random.between(2, 500), () => { this.#deliverStale(event); });
  }

  #lateNews(news: readonly Event[]): void {
    for (const event of news) {
      if (event.type === "worker-joined" || !this.#luck.newsLate()) continue;
      this.clock.after(this.#random.between(10, 2_000), () => { this.#deliverStale(event); });
    }
  }

  /** News of what is over: with everything else settled, it must lead to nothing. */
  #deliverStale(event: Event): void {
    if (!this.#options.audit || !this.auditor.ledger.isStale(event)) return;
    for (let settled = false; !settled; ) settled = this.#desk.step([]).length === 0;
    this.counts.add("stale-news");
    const effects = this.#desk.step([event]);
    demand(effects.length === 0, `stale news (${event.type}) leads to ${effects.map((effect) => effect.type).join(", ")}`);
  }
}

/** One node for each host. */
function webServers(rate: number): (url: string) => Node {
  const nodes = new Map<string, Node>();
  return (url) => {
    const { host } = new URL(url);
    let node = nodes.get(host);
    if (node === undefined) nodes.set(host, (node = { name: host, upRate: rate, downRate: rate }));
    return node;
  };
}
