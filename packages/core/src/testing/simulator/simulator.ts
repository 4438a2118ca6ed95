import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { CacheName } from "../../model/ids.js";
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
import type { PlannedFile } from "../workload/workload.js";
import type { Content } from "../world/content.js";
import { Network, type Node } from "../world/network.js";
import { VirtualWorker } from "../world/worker.js";
import { Counts } from "./counts.js";
import { SimulationFailure } from "./failure.js";
import { type ResolvedOptions, resolveOptions, type SimulatorOptions } from "./options.js";
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
const REPEATABLE = new Set<Event["type"]>([
  "task-started",
  "task-ended",
  "task-returned",
  "replica-ready",
  "transfer-failed",
]);

/** What every part of the virtual world shares. */
interface Shared {
  readonly clock: FakeClock;
  readonly network: Network;
  readonly luck: DrawnLuck;
  readonly counts: Counts;
  readonly story: Story;
  readonly truth: Truth;
  readonly store: Store;
  readonly random: Random;
}

/**
 * A whole cluster in virtual time around a real coordinator: workers, disks, links, an application, and what goes wrong.
 * Every content that arrives anywhere is compared with that of a perfect world, every step with the coordinator's promises.
 */
export class Simulator {
  readonly coordinator: CoordinatorUnderTest;
  readonly auditor: Auditor;
  readonly application: Application;
  readonly fleet: Fleet;
  readonly injector: Injector;
  readonly #options: ResolvedOptions;
  readonly #shared: Shared;
  readonly #check: () => void;
  readonly #verdict: Verdict;
  readonly #desk: Desk;
  readonly #doors: Doors;
  #lastResultMs = 0;

  constructor(options: SimulatorOptions) {
    this.#options = resolveOptions(options);
    const { workload } = this.#options;
    const shared = (this.#shared = share(this.#options));
    const { coordinator, check } = this.#options.coordinator();
    this.coordinator = coordinator;
    this.#check = check ?? (() => undefined);
    const { truth, store } = shared;
    this.auditor = new Auditor({
      ...this.#options,
      workload,
      truth,
      identity: (file) => coordinator.identity(file),
    });
    this.#verdict = new Verdict(this.auditor, (file) => store.has(file));
    this.#doors = this.#makeDoors();
    this.#desk = this.#makeDesk(this.#makePerformer());
    this.application = this.#makeApplication();
    this.fleet = this.#makeFleet();
    this.injector = new Injector({
      ...shared,
      plan: this.#options.faults,
      silenceMs: this.#options.silenceMs,
      random: shared.random.fork("faults"),
      fleet: this.fleet,
    });
  }

  get clock(): FakeClock {
    return this.#shared.clock;
  }

  get counts(): Counts {
    return this.#shared.counts;
  }

  /** Runs to the end. Throws a SimulationFailure where a promise was broken or nothing moves any more. */
  run(): SimulationReport {
    try {
      this.fleet.start();
      this.application.start();
      this.injector.start();
      this.clock.after(this.#options.faults.untilMs, () => {
        this.application.calmDown();
      });
      this.#runUntilDone();
      this.#close();
    } catch (thrown) {
      const sentence = thrown instanceof Error ? thrown.message : String(thrown);
      throw new SimulationFailure(this.#options.seed, sentence, this.#shared.story.lines(), thrown);
    }
    return {
      seed: this.#options.seed,
      makespanMs: this.#lastResultMs - this.#options.startMs,
      steps: this.#desk.steps,
      bytesMoved: this.#shared.network.bytesMoved,
      counts: this.counts,
      fingerprint: this.#shared.story.fingerprint,
      story: this.#shared.story.lines(),
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
    const { instances } = this.auditor.ledger;
    const left = this.#options.audit ? [...instances.values()].map(({ library }) => library) : [];
    demand(left.length === 0, `instances of libraries ${left.join(", ")} outlive them`);
    this.#check();
  }

  #demandTidy(): void {
    if (!this.#options.audit) return;
    const kept = this.auditor.ledger.kept();
    const files = [...this.#options.workload.files.values()];
    const nameOf = ({ spec }: PlannedFile): CacheName | undefined =>
      this.coordinator.identity(spec.id)?.cacheName;
    const stays = ({ spec }: PlannedFile): boolean =>
      spec.lifetime === "forever" || spec.lifetime === "worker";
    const mayStay = new Set(files.filter(stays).map(nameOf));
    for (const file of files) {
      const name = nameOf(file);
      const isLeft = name !== undefined && !mayStay.has(name) && kept.has(name);
      const { id, lifetime } = file.spec;
      demand(!isLeft, `file ${id} (${lifetime}) is still held by a worker although nobody can need it`);
    }
  }

  #stuck(): string {
    const { unfinished, unanswered } = this.application;
    const tasks = unfinished.slice(0, 10).map((task) => `  task ${task}: ${this.coordinator.explain(task)}`);
    const files =
      unanswered.length > 0 ? [`  wanted and not answered: files ${unanswered.slice(0, 10).join(", ")}`] : [];
    return [`stuck: ${unfinished.length} tasks never finish`, ...tasks, ...files].join("\n");
  }

  #watch(events: readonly Event[], effects: readonly Effect[]): void {
    for (const effect of effects) {
      this.#shared.story.effect(effect);
      this.counts.add(effect.type);
      if (effect.type === "call" && effect.linked === true) this.counts.add("linked");
      const again = effect.type === "assign" && this.auditor.ledger.task(effect.task).result !== undefined;
      if (again) this.counts.add("recoveries");
    }
    if (this.#options.audit)
      this.counts.add("resumed", this.auditor.step(events, effects, this.clock.nowMs).resumed);
    if (this.#options.check === "each-step") this.#check();
  }

  /** Small values come to the manager with the news of their calls. */
  #keepValues(event: Event): void {
    if (event.type !== "task-ended" || this.auditor.ledger.isStale(event)) return;
    for (const { file, bytes, digest, cacheName, size } of event.outcome.outputs) {
      if (bytes === undefined) continue;
      const content = digest as Content;
      this.#shared.store.keepValue(file, { cacheName, content, size, kind: "file", lifetime: "task" });
      this.application.answered(file);
    }
  }

  #finished(result: TaskResult): void {
    this.counts.add(`finished-${result.state}`);
    this.#lastResultMs = this.clock.nowMs;
    if (this.#options.audit) this.#verdict.judge(result);
    this.application.finished(result.task);
  }

  #makeDoors(): Doors {
    const { clock, network, random, store } = this.#shared;
    return new Doors({
      clock,
      network,
      random: random.fork("messages"),
      manager: store.node,
      delayMs: this.#options.delayMs,
      post: (event) => {
        this.#newsArrived(event);
      },
      released: (worker) => {
        this.fleet.released(worker);
      },
    });
  }

  #makePerformer(): Performer {
    const { random, counts } = this.#shared;
    const { workload, managerRate } = this.#options;
    return new Performer({
      ...this.#shared,
      workload,
      coordinator: this.coordinator,
      doors: this.#doors,
      random: random.fork("manager"),
      web: webServers(managerRate),
      post: (...events) => {
        this.#desk.post(...events);
      },
      finished: (result) => {
        this.#finished(result);
      },
      cameHome: (file) => {
        this.application.answered(file);
      },
      unobtainable: (file, error) => {
        counts.add("unobtainable");
        if (this.#options.audit) this.#verdict.judgeUnobtainable(file, error);
        this.application.answered(file);
      },
    });
  }

  #makeDesk(performer: Performer): Desk {
    return new Desk({
      clock: this.clock,
      coordinator: this.coordinator,
      batches: this.#options.batches,
      tell: (events) => {
        for (const event of events) {
          this.#shared.story.event(event);
          this.#keepValues(event);
          if (event.type === "value-lost") this.counts.add(event.type);
          if ("failure" in event && event.failure.message.endsWith("has another digest"))
            this.counts.add("another-digest");
          if (this.auditor.ledger.isStale(event)) this.counts.add("stale-news");
        }
      },
      watch: (events, effects) => {
        this.#watch(events, effects);
      },
      perform: (effects) => {
        performer.perform(effects);
      },
    });
  }

  #makeApplication(): Application {
    const { workload, whims } = this.#options;
    return new Application({
      ...this.#shared,
      workload,
      whims,
      random: this.#shared.random.fork("application"),
      post: (...events) => {
        this.#desk.post(...events);
      },
      gaveUp: (file) => {
        this.#verdict.gaveUp(file);
      },
    });
  }

  #makeFleet(): Fleet {
    const { clock, network, luck, random, store } = this.#shared;
    return new Fleet({
      ...this.#shared,
      manager: store.node,
      doors: this.#doors,
      silenceMs: this.#options.silenceMs,
      workers: this.#options.workers.map((plan) => new VirtualWorker(plan, { clock, network, luck })),
      random: random.fork("fleet"),
      lateNews: (news) => {
        this.#lateNews(news);
      },
    });
  }

  #newsArrived(event: Event): void {
    this.#desk.post(event);
    if (!REPEATABLE.has(event.type) || !this.#shared.luck.newsTwice()) return;
    this.clock.after(this.#shared.random.between(2, 500), () => {
      this.#deliverStale(event);
    });
  }

  #lateNews(news: readonly Event[]): void {
    for (const event of news) {
      if (event.type === "worker-joined" || !this.#shared.luck.newsLate()) continue;
      this.clock.after(this.#shared.random.between(10, 2_000), () => {
        this.#deliverStale(event);
      });
    }
  }

  /** News of what is over: with everything else settled, it must lead to nothing. */
  #deliverStale(event: Event): void {
    if (!this.#options.audit || !this.auditor.ledger.isStale(event)) return;
    for (let settled = false; !settled; ) settled = this.#desk.step([]).length === 0;
    const effects = this.#desk.step([event]);
    const lasting = effects.filter((effect) => effect.type !== "drop");
    demand(
      lasting.length === 0,
      `stale news (${event.type}) leads to ${lasting.map((effect) => effect.type).join(", ")}`,
    );
  }
}

function share({ seed, startMs, faults, workload, managerRate }: ResolvedOptions): Shared {
  const clock = new FakeClock(startMs);
  const random = new Random(seed);
  const counts = new Counts();
  const truth = new Truth(workload);
  const manager: Node = { name: "the manager", upRate: managerRate, downRate: managerRate };
  return {
    clock,
    random,
    counts,
    truth,
    network: new Network(clock),
    luck: new DrawnLuck(faults, random.fork("luck"), counts),
    story: new Story(clock),
    store: new Store(manager, workload, truth),
  };
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
