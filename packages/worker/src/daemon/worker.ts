import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { VineError } from "@taskvine/core/model";
import type { WelcomeFacts } from "@taskvine/core/transport";
import { findManager } from "../link/find-manager.js";
import type { Route } from "../link/route.js";
import { Session, type SessionEnd } from "../link/session.js";
import type { WorkerEvent } from "../machine/event.js";
import { hasNothingToDo, isIdle } from "../machine/world.js";
import { NewsFeed } from "../news.js";
import { IdleWatch, WallTime } from "./deadlines.js";
import { introductionOf } from "./introduction.js";
import { type ResolvedOptions, resolveOptions, type WorkerOptions } from "./options.js";
import { type Equipment, setUp } from "./setup.js";

const SOFTWARE = "taskvine-worker 0.1.0";
const TICK_MS = 5_000;
/** Of a stop: for killed tasks to end and their fate to be told. */
const FAREWELL_MS = 1_200;
/** Of a leave without haste: for the manager to copy what only we have. */
const RELEASE_MS = 10_000;

/** How a worker ended. */
export interface WorkerEnd {
  readonly reason: string;
  /** It ended because of this. */
  readonly error?: VineError;
}

/** A worker in this process. */
export interface Worker {
  readonly name: string;
  readonly workdir: string;
  readonly events: Pick<NewsFeed, "listen">;
  /** Resolves when everything it had is given up. Never rejects. */
  readonly ended: Promise<WorkerEnd>;
  /** Gives tasks back, says goodbye, leaves nothing behind; takes about a second at most. */
  stop(reason?: string): Promise<WorkerEnd>;
}

/** Starts a worker, which then looks for its manager by itself. Rejects with what is wrong with its options or directory. */
export async function startWorker(options: WorkerOptions, events = new NewsFeed()): Promise<Worker> {
  const resolved = resolveOptions(options);
  const daemon = new Daemon(resolved, events);
  await daemon.start();
  return daemon;
}

class Daemon implements Worker {
  readonly ended: Promise<WorkerEnd>;
  readonly events: NewsFeed;
  readonly #options: ResolvedOptions;
  readonly #abort = new AbortController();
  #equipment!: Equipment;
  #resolve!: (end: WorkerEnd) => void;
  #session: Session | undefined;
  #instance: string | undefined;
  /** Who it was on its last connection to that manager: the digest of what it was told there. */
  #proof: Uint8Array | undefined;
  #stopping: string | undefined;
  /** Why the last manager let it go. */
  #farewellWords: string | undefined;
  #idle: IdleWatch | undefined;
  #wallTime: WallTime | undefined;
  #tick: NodeJS.Timeout | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(options: ResolvedOptions, events: NewsFeed) {
    this.#options = options;
    this.events = events;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get name(): string {
    return this.#options.name;
  }

  get workdir(): string {
    return this.#equipment.store.directory;
  }

  async start(): Promise<void> {
    this.#equipment = await setUp(this.#options, this.events, (news) => this.#onTurn(news));
    const { idleTimeoutMs, wallTimeMs } = this.#options;
    const { resources, features, data } = this.#equipment;
    if (idleTimeoutMs !== undefined) {
      const drain = (): void => void this.#drain("it had nothing to do");
      this.#idle = new IdleWatch(
        idleTimeoutMs,
        () => hasNothingToDo(this.#equipment.body.parts.world),
        drain,
      );
    }
    if (wallTimeMs !== undefined) {
      const drain = (): void => void this.#drain("its wall time is nearly over");
      this.#wallTime = new WallTime(wallTimeMs, drain, () => void this.stop("its wall time is over"));
    }
    this.#tick = setInterval(() => this.#post({ type: "tick" }), TICK_MS);
    const held = this.#equipment.body.parts.world.cache.size;
    const about = { name: this.name, pid: process.pid, workdir: this.workdir, resources, features, held };
    this.events.tell({ type: "ready", ...about, dataPort: data.port });
    void this.#run();
  }

  async stop(reason = "it was told to end"): Promise<WorkerEnd> {
    if (this.#stopping === undefined) {
      this.#stopping = reason;
      await this.#farewell(reason);
      this.#abort.abort();
    }
    return this.ended;
  }

  async #run(): Promise<void> {
    let error: VineError | undefined;
    try {
      await this.#serveManagers();
    } catch (thrown) {
      if (this.#stopping === undefined) error = VineError.from(thrown);
    }
    const reason = this.#stopping ?? error?.message ?? this.#farewellWords ?? "its manager ended";
    this.#stopping ??= reason;
    await this.#tearDown().catch((thrown: unknown) => {
      error ??= VineError.from(thrown);
    });
    this.events.tell({ type: "ended", reason });
    this.#resolve({ reason, ...(error === undefined ? {} : { error }) });
  }

  /** One manager after the other, until one lets us go or none is found. */
  async #serveManagers(): Promise<void> {
    for (let isFirst = true; this.#stopping === undefined; isFirst = false) {
      await findManager({
        place: this.#options.manager,
        timeoutMs: this.#options.connectTimeoutMs,
        signal: this.#abort.signal,
        isFirst,
        attempt: (route, timeoutMs) => this.#join(route, timeoutMs),
        onFailure: ({ code, message }, restMs) =>
          this.events.tell({ type: "searching", code, message, restMs }),
      });
      const end = await this.#session?.ended;
      if (end !== undefined) this.#onSessionEnd(end);
      if (end?.type === "released") this.#farewellWords = `released by its manager: ${end.reason}`;
      if (this.#options.singleShot || end?.type === "released") return;
    }
  }

  async #join(route: Route, connectTimeoutMs: number): Promise<void> {
    const { address } = route;
    this.events.tell({ type: "connecting", address });
    const { body, data, outlet } = this.#equipment;
    const session = new Session({
      route,
      software: SOFTWARE,
      connectTimeoutMs,
      signal: this.#abort.signal,
      introduce: (welcome) => this.#introduce(welcome),
      onOpen: (link, introduction, welcome) => {
        outlet.open(link, introduction);
        const manager = welcome.managerName;
        this.events.tell({ type: "joined", address, manager, secure: route.keys !== undefined });
      },
      onSetup: (setup) => {
        this.#proof = createHash("sha256").update(setup.ticketKey).digest();
        data.trust(setup.ticketKey);
        body.parts.receiver = setup.workerName;
      },
      onWork: (messages) => body.receive(messages),
      onClock: (clockMs) => data.clock.heard(clockMs, performance.now()),
    });
    data.clock.reset();
    await data.prepare();
    await session.open();
    this.#session = session;
  }

  #introduce(welcome: WelcomeFacts): ReturnType<typeof introductionOf> {
    if (this.#instance !== undefined && this.#instance !== welcome.managerInstance) this.#forgetManager();
    this.#instance = welcome.managerInstance;
    const endsWithinMs = this.#wallTime?.restMs;
    return introductionOf(this.#equipment, this.#options, {
      software: SOFTWARE,
      endsWithinMs,
      resumes: this.#proof,
    });
  }

  #onSessionEnd({ type, reason }: SessionEnd): void {
    if (type === "local" || type === "released") return;
    this.#session = undefined;
    this.#equipment.outlet.close();
    this.events.tell({ type: type === "goodbye" ? "manager-ended" : "manager-lost", reason });
    if (type === "goodbye") this.#forgetManager();
    else this.#post({ type: "manager-lost", policy: this.#options.onManagerLost });
  }

  #forgetManager(): void {
    this.#instance = undefined;
    this.#proof = undefined;
    this.#equipment.outlet.forget();
    this.#equipment.body.changeManager();
  }

  /** Takes nothing new, lets what runs end, and waits for the manager's leave to go. */
  async #drain(reason: string): Promise<void> {
    if (this.#stopping !== undefined) return;
    this.events.tell({ type: "leaving", reason });
    this.#equipment.outlet.say({ type: "leaving", reason });
    this.#post({ type: "leave", kill: false, message: `the worker leaves: ${reason}` });
    if (this.#session !== undefined)
      await wait(RELEASE_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    await this.stop(reason);
  }

  async #farewell(reason: string): Promise<void> {
    const { outlet } = this.#equipment;
    this.events.tell({ type: "leaving", reason });
    outlet.say({ type: "leaving", reason });
    this.#post({ type: "leave", kill: true, message: `the worker leaves: ${reason}` });
    await this.#emptied(FAREWELL_MS);
    outlet.flush();
    await this.#session?.close(new VineError("WORKER_LEFT", `worker ${this.name} leaves: ${reason}`));
  }

  /** Resolves when nothing runs any more, or when time is up. */
  async #emptied(timeoutMs: number): Promise<void> {
    const { world } = this.#equipment.body.parts;
    if (isIdle(world)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#onEmpty = () => {
        if (!isIdle(world)) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #tearDown(): Promise<void> {
    this.#idle?.close();
    this.#wallTime?.close();
    clearInterval(this.#tick);
    await this.#session?.close(new VineError("WORKER_LEFT", `worker ${this.name} leaves`));
    await this.#equipment.close();
  }

  #post(event: WorkerEvent): void {
    this.#equipment.body.post([event]);
  }

  #onTurn(news: readonly WorkerEvent[]): void {
    if (news.some((event) => event.type !== "tick")) this.#idle?.note();
    this.#onEmpty?.();
  }
}
