import type { Effect } from "../../coordinator/effect.js";
import type { Event } from "../../coordinator/event.js";
import type { Alarm, FakeClock } from "../fake-clock.js";
import type { CoordinatorUnderTest } from "./coordinator.js";

export interface DeskPorts {
  readonly clock: FakeClock;
  readonly coordinator: CoordinatorUnderTest;
  /** Several events make one step; else each makes its own. */
  readonly batches: boolean;
  /** Sees what each step is about to be told. */
  readonly tell: (events: readonly Event[]) => void;
  /** Looks at each step, before its effects are performed. */
  readonly watch: (events: readonly Event[], effects: readonly Effect[]) => void;
  readonly perform: (effects: readonly Effect[]) => void;
}

const TURN_MS = 1;
/** Ticks that the coordinator may ask for without time moving on. */
const TICKS_WITHOUT_TIME = 1_000;

/** The virtual manager's turns: everything that came in since the last one is one step. */
export class Desk {
  readonly #ports: DeskPorts;
  readonly #inbox: Event[] = [];
  #turn: Alarm | undefined;
  #tick: Alarm | undefined;
  #tickedAtMs = 0;
  #ticks = 0;
  /** Steps taken. */
  steps = 0;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  post(...events: readonly Event[]): void {
    this.#inbox.push(...events);
    this.#turn ??= this.#ports.clock.after(TURN_MS, () => {
      this.#turn = undefined;
      const events = this.#inbox.splice(0);
      if (this.#ports.batches) this.step(events);
      else for (const event of events) this.step([event]);
    });
  }

  /** One step at once; returns its effects, which have been performed. */
  step(events: readonly Event[]): readonly Effect[] {
    const { clock, coordinator, tell, watch, perform } = this.#ports;
    this.steps += 1;
    tell(events);
    const effects = coordinator.step(events, clock.nowMs);
    watch(events, effects);
    perform(effects);
    this.#setTick(coordinator.nextDeadlineMs);
    return effects;
  }

  #setTick(deadlineMs: number | undefined): void {
    this.#tick?.cancel();
    this.#tick = undefined;
    if (deadlineMs === undefined) return;
    this.#tick = this.#ports.clock.at(deadlineMs, () => {
      this.#tick = undefined;
      this.#countTick();
      this.post({ type: "tick" });
    });
  }

  #countTick(): void {
    const { nowMs } = this.#ports.clock;
    this.#ticks = nowMs - this.#tickedAtMs < 10 ? this.#ticks + 1 : 0;
    if (this.#ticks === 0) this.#tickedAtMs = nowMs;
    if (this.#ticks > TICKS_WITHOUT_TIME) throw new Error("the coordinator asks for ticks without end");
  }
}
